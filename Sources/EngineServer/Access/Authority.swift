/// A host and its port, as `Host` headers, request targets and origins name them (RFC 3986,
/// section 3.2). User information is none of it.
struct Authority: Sendable, Equatable {
  /// In lower case, without brackets and without the dot that may end a full name.
  let host: String
  let port: Int?

  /// Nil for everything else than `name`, `name:port`, `[address]` and `[address]:port`.
  init?(_ text: some StringProtocol) {
    let text = text.lowercased()
    let rest: Substring
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else { return nil }
      host = String(text[text.index(after: text.startIndex)..<end])
      rest = text[text.index(after: end)...]
      guard Self.isIPv6(host) else { return nil }
    } else {
      let name = text.prefix { $0 != ":" }
      rest = text[name.endIndex...]
      host = String(name.last == "." ? name.dropLast() : name)
      guard Self.isName(host) else { return nil }
    }
    guard !rest.isEmpty else {
      port = nil
      return
    }
    guard let number = Self.number(rest.dropFirst(), through: 65535) else { return nil }
    port = number
  }

  /// Whether the host is an address rather than a name, which somebody's name server answers for.
  var isAddress: Bool { Self.isIPv6(host) || Self.isIPv4(host) }

  /// The port, or the one that is meant where none is written.
  func port(defaultOf scheme: String) -> Int { port ?? (scheme == "https" ? 443 : 80) }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
          UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }

  private static func isIPv4(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { number($0, through: 255) != nil }
  }

  private static func isIPv6(_ text: String) -> Bool {
    text.contains(":")
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "0")...UInt8(ascii: ":"),
          UInt8(ascii: "."):
          true
        default: false
        }
      }
  }

  /// Digits alone: what reads numbers elsewhere takes signs too.
  private static func number(_ text: Substring, through most: Int) -> Int? {
    guard (1...5).contains(text.utf8.count),
      text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let value = Int(text), value <= most
    else { return nil }
    return value
  }
}
