/// Rules for names of files and folders that come from outside.
public enum FileName {
  /// Linux's NAME_MAX, in bytes.
  public static let maximumBytes = 255

  /// True when the text can be one component of a path on every system ComfyUI runs on.
  public static func isSafe(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= maximumBytes && !name.hasPrefix(".")
      && !name.hasSuffix(" ") && !name.hasSuffix(".")
      && !name.unicodeScalars.contains(where: isForbidden)
  }

  /// A safe name as close to the given one as possible: the last path component, forbidden
  /// characters replaced by `_`, shortened before the extension. Nil when nothing is left.
  public static func sanitized(_ text: String) -> String? {
    let last = text.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
    var scalars = String.UnicodeScalarView()
    for scalar in last.unicodeScalars {
      scalars.append(isForbidden(scalar) ? "_" : scalar)
    }
    var name = String(scalars)
    while let first = name.first, first == "." || first == " " { name.removeFirst() }
    while let end = name.last, end == "." || end == " " { name.removeLast() }
    name = shortened(name)
    return isSafe(name) ? name : nil
  }

  /// `name` with a number before its extension: `x.safetensors`, 2 → `x (2).safetensors`.
  public static func numbered(_ name: String, _ number: Int) -> String {
    let (stem, suffix) = split(name)
    let mark = " (\(number))"
    return truncated(stem, toBytes: maximumBytes - suffix.utf8.count - mark.utf8.count) + mark
      + suffix
  }

  private static func shortened(_ name: String) -> String {
    guard name.utf8.count > maximumBytes else { return name }
    let (stem, suffix) = split(name)
    return truncated(stem, toBytes: maximumBytes - suffix.utf8.count) + suffix
  }

  private static func split(_ name: String) -> (stem: String, suffix: String) {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex,
      name[dot...].utf8.count <= 16
    else { return (name, "") }
    return (String(name[..<dot]), String(name[dot...]))
  }

  private static func truncated(_ text: String, toBytes limit: Int) -> String {
    var text = text
    while text.utf8.count > limit, !text.isEmpty { text.removeLast() }
    return text
  }

  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
      || "/\\:*?\"<>|".unicodeScalars.contains(scalar) || PlainText.isInvisible(scalar)
  }
}
