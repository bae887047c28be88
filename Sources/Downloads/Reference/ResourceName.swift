/// An AIR, the resource name that Civitai uses:
/// `[urn:][air:][{ecosystem}:][{type}:]{source}:{id}[@{version}][+{file}][.{format}]`
/// (Civitai developer documentation, guide "AIR").
struct ResourceName: Equatable {
  var source: String
  var id: String
  var version: String?
  var fileID: Int?

  /// Nil for a text that is no such name.
  init?(_ text: String) {
    guard text.utf8.count <= 512, !text.hasASCII("://"), text.utf8.allSatisfy(Self.isAllowed) else {
      return nil
    }
    var fields = text.split(separator: ":", omittingEmptySubsequences: false)[...]
    for prefix in ["urn", "air"] where fields.first?.lowercased() == prefix {
      fields.removeFirst()
    }
    guard (2...4).contains(fields.count), !fields.contains(where: \.isEmpty) else { return nil }
    var rest = fields.removeLast()
    source = fields.removeLast().lowercased()
    fileID = Self.takeFileID(from: &rest)
    let parts = rest.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count <= 2, !parts.contains(where: \.isEmpty), !rest.contains("+") else {
      return nil
    }
    id = String(parts[0])
    version = parts.count == 2 ? Self.withoutFormat(parts[1]) : nil
    if version == nil, source == "civitai" { id = Self.withoutFormat(parts[0]) }
  }

  /// Takes `+{file}` off the end, with the format behind it.
  private static func takeFileID(from text: inout Substring) -> Int? {
    guard let plus = text.lastIndex(of: "+"),
      let id = CivitaiLink.id(text[text.index(after: plus)...].prefix { $0 != "." })
    else { return nil }
    text = text[..<plus]
    return id
  }

  /// A number is followed by nothing but a format.
  private static func withoutFormat(_ text: Substring) -> String {
    let number = text.prefix { $0 != "." }
    return CivitaiLink.id(number) == nil ? String(text) : String(number)
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "_-/.:@+".utf8.contains(byte)
    }
  }
}
