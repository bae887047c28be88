/// Paths as Python's `os.path` understands them on Linux and macOS, because ComfyUI's files are written
/// for it. Nothing here looks at the disk.
public struct PythonPath: Sendable {
  private let environment: [String: String]
  private let home: @Sendable (_ user: String?) -> String?

  /// - Parameter home: the home folder of a user, or of the one who asks for nil; nil where it is unknown.
  public init(
    environment: [String: String], home: @escaping @Sendable (_ user: String?) -> String?
  ) {
    self.environment = environment
    self.home = home
  }

  /// `expanduser`, then `expandvars`.
  public func expanded(_ path: String) -> String { withVariables(withHome(path)) }

  /// `~` and `~user` at the beginning; what is unknown stays.
  public func withHome(_ path: String) -> String {
    guard path.hasPrefix("~") else { return path }
    let user = path.dropFirst().prefix { $0 != "/" }
    guard var folder = home(user.isEmpty ? nil : String(user)) else { return path }
    while folder.hasSuffix("/") { folder.removeLast() }
    let rest = path.dropFirst(1 + user.count)
    return folder.isEmpty && rest.isEmpty ? "/" : folder + rest
  }

  /// `$NAME` and `${NAME}`; what is not set stays as it is.
  private func withVariables(_ path: String) -> String {
    var result = ""
    var rest = Substring(path)
    while let dollar = rest.firstIndex(of: "$") {
      result += rest[..<dollar]
      rest = rest[dollar...]
      let after = rest.dropFirst()
      let (name, length): (Substring, Int)
      if after.first == "{", let end = after.firstIndex(of: "}") {
        name = after[after.index(after: after.startIndex)..<end]
        length = name.count + 3
      } else {
        name = after.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        length = name.count + 1
      }
      let text = rest.prefix(length)
      result += name.isEmpty ? String(text) : environment[String(name)] ?? String(text)
      rest = rest.dropFirst(length)
    }
    return result + rest
  }

  /// `normpath(join(base, path))`: absolute, without `.`, `..`, and doubled or trailing slashes.
  ///
  /// - Parameter base: absolute; what a relative path begins at.
  public static func absolute(_ path: String, from base: String) -> String {
    var parts: [Substring] = []
    for part in (path.hasPrefix("/") ? path : base + "/" + path).split(separator: "/") {
      switch part {
      case ".": continue
      case "..": _ = parts.popLast()
      default: parts.append(part)
      }
    }
    return "/" + parts.joined(separator: "/")
  }
}
