/// An engine on another machine that is reached through SSH:
/// `ssh://[user@]host[:port][/path/of/socket]`.
struct SSHAddress: Sendable, Equatable {
  var user: String?
  /// A name, an alias of the user's ssh configuration, or an address without brackets.
  var host: String
  var port: Int?
  /// The engine's socket there; nil where the machine is to be asked.
  var socket: String?

  static let scheme = "ssh://"

  /// Nil for what is none, and for all that ssh or a shell could read as something else.
  init?(_ text: String) {
    guard text.lowercased().hasPrefix(Self.scheme) else { return nil }
    let rest = text.dropFirst(Self.scheme.count)
    let authority = rest.prefix { $0 != "/" }
    var path = String(rest.dropFirst(authority.count))
    while path.hasSuffix("/") { path.removeLast() }
    if !path.isEmpty {
      guard Self.isSocketPath(path) else { return nil }
      socket = path
    }
    var name = authority
    if let at = authority.lastIndex(of: "@") {
      user = String(authority[..<at])
      name = authority[authority.index(after: at)...]
    }
    guard let (host, port) = Self.hostAndPort(name), Self.isWord(host) else { return nil }
    // No password: others can see the arguments of ssh.
    if let user, !Self.isWord(user) || user.contains(":") { return nil }
    self.host = host
    self.port = port
  }

  /// The same as a URL, always written alike.
  var text: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return Self.scheme + (user.map { $0 + "@" } ?? "") + name + (port.map { ":\($0)" } ?? "")
      + (socket ?? "")
  }

  /// As ssh takes it.
  var destination: String { (user.map { $0 + "@" } ?? "") + host }

  /// An absolute path without what has a meaning in a forwarding: `:`, `%`, `$`; or in quotes.
  static func isSocketPath(_ text: String) -> Bool {
    text.hasPrefix("/") && text.utf8.count <= 107
      && text.unicodeScalars.allSatisfy { scalar in
        scalar.value > 0x20 && scalar.value != 0x7F && !":%$'\"\\`".unicodeScalars.contains(scalar)
      }
  }

  private static func hostAndPort(_ text: Substring) -> (String, Int?)? {
    var (host, rest) = (text, Substring())
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else { return nil }
      host = text[text.index(after: text.startIndex)..<end]
      rest = text[text.index(after: end)...]
    } else if let colon = text.lastIndex(of: ":") {
      (host, rest) = (text[..<colon], text[colon...])
    }
    guard !rest.isEmpty else { return (String(host), nil) }
    guard rest.first == ":", let port = Int(rest.dropFirst()), (1...65535).contains(port) else {
      return nil
    }
    return (String(host), port)
  }

  /// Nothing that ssh takes for an option.
  private static func isWord(_ text: String) -> Bool {
    (1...255).contains(text.utf8.count) && !text.hasPrefix("-")
      && text.wholeMatch(of: /[A-Za-z0-9._+:\-]+/) != nil
  }
}
