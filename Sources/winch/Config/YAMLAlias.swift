/// An alias in a text of YAML, or what could be one.
struct YAMLAlias: Equatable {
  /// Counted from 1.
  let line: Int

  /// The first `*name` of a text that has `&name` as well; nil where there is none. Who looks only at
  /// these need not know where values begin and end.
  init?(in text: String) {
    let bytes = Array(text.utf8)
    let anchors = Set(Self.names(after: UInt8(ascii: "&"), in: bytes).map(\.name))
    guard !anchors.isEmpty else { return nil }
    let aliases = Self.names(after: UInt8(ascii: "*"), in: bytes)
    guard let alias = aliases.first(where: { anchors.contains($0.name) }) else { return nil }
    line = 1 + bytes[..<alias.place].count { $0 == UInt8(ascii: "\n") }
  }

  private static func names(
    after sign: UInt8, in bytes: [UInt8]
  ) -> [(name: ArraySlice<UInt8>, place: Int)] {
    bytes.indices.filter { bytes[$0] == sign }.compactMap { place in
      let name = bytes[(place + 1)...].prefix(while: isNameByte)
      return name.isEmpty ? nil : (name, place)
    }
  }

  /// As libyaml has it.
  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
