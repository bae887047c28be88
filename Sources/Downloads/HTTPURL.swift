/// An absolute http or https URL, read strictly.
///
/// RFC 3986 without user information: a URL such as `https://huggingface.co@evil.example/` is
/// refused, as are control characters and spaces. The path and query stay as they were written.
public struct HTTPURL: Sendable, Hashable, CustomStringConvertible {
  /// Scheme, host and port: what decides whether a secret may travel.
  public struct Origin: Sendable, Hashable {
    public let scheme: String
    public let host: String
    public let port: Int
  }

  public let origin: Origin
  /// Begins with `/`; percent-encoded.
  public let path: String
  /// Without `?`; nil when there is none; percent-encoded.
  public let query: String?

  public var scheme: String { origin.scheme }
  public var host: String { origin.host }
  public var port: Int { origin.port }

  /// Nil when the text is no absolute http or https URL. A fragment is dropped.
  public init?(_ text: String) {
    let text = text[..<(text.utf8.firstIndex(of: UInt8(ascii: "#")) ?? text.endIndex)]
    guard text.utf8.count <= 8192, text.utf8.allSatisfy(Self.isAllowed),
      let scheme = Self.scheme(of: text)
    else { return nil }
    let rest = text.dropFirst(scheme.count + 3)
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    guard let (host, port) = Self.hostAndPort(authority) else { return nil }
    let tail = rest[authority.endIndex...]
    let path = tail.prefix { $0 != "?" }
    let afterPath = tail[path.endIndex...]
    origin = Origin(scheme: scheme, host: host, port: port ?? (scheme == "https" ? 443 : 80))
    self.path = path.isEmpty ? "/" : String(path)
    query = afterPath.isEmpty ? nil : String(afterPath.dropFirst())
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case ...0x20, 0x7F..., UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "<"),
      UInt8(ascii: ">"):
      false
    default: true
    }
  }

  private init(origin: Origin, path: String, query: String?) {
    self.origin = origin
    self.path = path
    self.query = query
  }

  /// The URL a `Location` header means from here: absolute, `//host/…`, `/path` or relative.
  public func resolving(_ location: String) -> HTTPURL? {
    let location = Self.encodingUnsafe(location)
    if location.hasPrefix("//") { return HTTPURL("\(scheme):\(location)") }
    if location.contains("://"), Self.scheme(of: location[...]) != nil { return HTTPURL(location) }
    guard !location.contains("://") || location.hasPrefix("/") || location.hasPrefix("?") else {
      return nil
    }
    if location.hasPrefix("/") { return HTTPURL(originText + location) }
    if location.hasPrefix("?") { return HTTPURL(originText + path + location) }
    let directory = path[...(path.lastIndex(of: "/") ?? path.startIndex)]
    return HTTPURL(originText + directory + location)
  }

  /// The URL with another query.
  public func withQuery(_ query: String?) -> HTTPURL {
    HTTPURL(origin: origin, path: path, query: query)
  }

  /// The items of the query in their order, percent-decoded.
  public var queryItems: [(name: String, value: String)] {
    guard let query else { return [] }
    return query.split(separator: "&").map { item in
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let value = parts.count > 1 ? String(parts[1]) : ""
      return (
        PercentEncoding.decode(String(parts[0])) ?? String(parts[0]),
        PercentEncoding.decode(value) ?? value
      )
    }
  }

  /// The URL without its query, fit for messages: signatures and tokens live in queries.
  public var withoutQuery: String { originText + path }

  public var description: String { originText + path + (query.map { "?" + $0 } ?? "") }

  /// The host, with its port where that is not the scheme's.
  public var authority: String { hasUsualPort ? host : "\(host):\(port)" }

  /// True when the port is the one of the scheme.
  public var hasUsualPort: Bool { port == (scheme == "https" ? 443 : 80) }

  /// Scheme, host and, unless it is the scheme's own, the port.
  public var originText: String { "\(scheme)://\(authority)" }

  private static func scheme(of text: Substring) -> String? {
    let head = text.prefix(8).lowercased()
    if head.hasPrefix("https://") { return "https" }
    if head.hasPrefix("http://") { return "http" }
    return nil
  }

  private static func hostAndPort(_ authority: Substring) -> (String, Int?)? {
    guard !authority.utf8.contains(UInt8(ascii: "@")) else { return nil }
    if authority.hasPrefix("[") {
      guard let close = authority.firstIndex(of: "]") else { return nil }
      let inside = authority[authority.index(after: authority.startIndex)..<close]
      guard inside.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }), !inside.isEmpty,
        let port = self.port(authority[authority.index(after: close)...])
      else { return nil }
      return ("[\(inside.lowercased())]", port.value)
    }
    let host = authority.prefix { $0 != ":" }
    guard isHostName(host), let port = self.port(authority[host.endIndex...]) else { return nil }
    return (host.lowercased(), port.value)
  }

  private static func isHostName(_ host: Substring) -> Bool {
    !host.isEmpty && host.utf8.count <= 253 && !host.hasPrefix(".") && !host.hasASCII("..")
      && host.allSatisfy { ($0.isASCII && ($0.isLetter || $0.isNumber)) || "-._".contains($0) }
  }

  /// Reads `:8080`; an empty text is no port, and nil is no valid one.
  private static func port(_ text: Substring) -> (value: Int?, Void)? {
    guard !text.isEmpty else { return (nil, ()) }
    let digits = text.dropFirst()
    guard text.first == ":", digits.count <= 5, digits.allSatisfy({ ("0"..."9").contains($0) }),
      let port = Int(digits), (1...65535).contains(port)
    else { return nil }
    return (port, ())
  }

  /// Storage hosts send raw spaces, quotes and non-ASCII letters in `Location`.
  private static func encodingUnsafe(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x7F || "\"<>\\".utf8.contains($0) })
    else { return text }
    return text.utf8.reduce(into: "") { result, byte in
      if byte == 0x20 || byte >= 0x7F || "\"<>\\".utf8.contains(byte) {
        result += PercentEncoding.escape(byte)
      } else {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      }
    }
  }
}
