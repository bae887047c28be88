import HTTPTypes
import HummingbirdCore

/// Who may talk to a server on a TCP port: holders of the key, and no web page of another origin.
struct AccessPolicy: Sendable {
  /// The name the server was told to listen on.
  private let host: String
  private let key: [UInt8]

  /// Nil when the key is empty, which would let everybody in.
  init?(host: String, key: String) {
    guard !key.isEmpty else { return nil }
    self.host = host.lowercased()
    self.key = Array(key.utf8)
  }

  /// - Throws: 403 for a foreign host or origin, 401 for a missing or wrong key.
  func check(_ request: HTTPRequest) throws(Refusal) {
    guard isOwnHost(request) else { throw Self.foreignHost }
    guard isOwnOrigin(request) else { throw Self.foreignOrigin }
    guard keys(of: request).contains(where: isKey) else { throw Self.noKey }
  }

  private static let foreignHost = Refusal(
    .forbidden, "FORBIDDEN_HOST",
    "The Host header must be an IP address, localhost, or the name the engine listens on.")
  private static let foreignOrigin = Refusal(
    .forbidden, "FORBIDDEN_ORIGIN", "Pages of another origin may not use this engine.")
  private static let noKey = Refusal(
    .unauthorized, "UNAUTHORIZED", "The engine's key is missing or wrong.",
    details: ["hint": "Run 'winch serve --show-key' on the engine's machine."])

  // MARK: Host and origin

  /// DNS rebinding points a name of the attacker's at this machine. It needs a name, so addresses
  /// pass, and of names only the own ones do.
  private func isOwnHost(_ request: HTTPRequest) -> Bool {
    // The first Host header is the authority; a second one only serves to confuse.
    guard request.headerFields[values: .host].isEmpty, let authority = request.authority,
      let name = Self.hostName(of: authority)
    else { return false }
    return name == host || name == "localhost" || Self.isAddress(name)
  }

  private func isOwnOrigin(_ request: HTTPRequest) -> Bool {
    let origins = request.headerFields[values: .origin]
    guard let authority = request.authority?.lowercased() else { return origins.isEmpty }
    return origins.allSatisfy {
      $0.lowercased() == "http://\(authority)" || $0.lowercased() == "https://\(authority)"
    }
  }

  /// The host of `host`, `host:port`, `[address]` or `[address]:port`, in lower case.
  private static func hostName(of authority: String) -> String? {
    let authority = authority.lowercased()
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else { return nil }
      guard isPort(authority[authority.index(after: end)...]) else { return nil }
      return String(authority[authority.index(after: authority.startIndex)..<end])
    }
    let name = authority.prefix { $0 != ":" }
    guard !name.isEmpty, isPort(authority[name.endIndex...]) else { return nil }
    return String(name)
  }

  private static func isPort(_ text: Substring) -> Bool {
    text.isEmpty || (text.first == ":" && UInt16(text.dropFirst()) != nil)
  }

  private static func isAddress(_ name: String) -> Bool {
    if name.contains(":") { return name.allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." } }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
  }

  // MARK: Key

  /// Every key the request offers. A browser cannot set headers for `/ws`, so there alone the
  /// query may carry it.
  private func keys(of request: HTTPRequest) -> [String] {
    var keys = request.headerFields[values: .apiKey]
    for value in request.headerFields[values: .authorization] {
      let words = value.split(separator: " ", maxSplits: 1)
      if words.count == 2, words[0].lowercased() == "bearer" { keys.append(String(words[1])) }
    }
    let uri = URI(request.path ?? "")
    if uri.path == Routes.webSocketPath, let token = uri.queryParameters["token"] {
      keys.append(String(token))
    }
    return keys
  }

  /// Takes the same time wherever the first difference is, so that it cannot be found by timing.
  private func isKey(_ offered: String) -> Bool {
    let offered = Array(offered.utf8)
    var difference = UInt8(offered.count == key.count ? 0 : 1)
    for index in key.indices {
      difference |= key[index] ^ (index < offered.count ? offered[index] : 0)
    }
    return difference == 0
  }
}

extension HTTPField.Name {
  // Both are tokens by RFC 9110, section 5.6.2, which is all that is checked.
  fileprivate static let apiKey = HTTPField.Name("X-API-Key")!
  fileprivate static let host = HTTPField.Name("Host")!
}
