import HTTPTypes
import HummingbirdCore

/// Who may talk to a server on a TCP port: holders of the key, and no web page of another origin.
struct AccessPolicy: Sendable {
  enum Verdict {
    case allowed
    /// Not for everybody, whatever key is offered.
    case refused(Refusal)
    /// No key was offered.
    case keyMissing
    /// None of the keys offered is right: perhaps somebody guesses.
    case keyWrong
  }

  /// The name the server was told to listen on.
  private let host: String
  private let key: [UInt8]
  private let isSecure: Bool

  /// Nil when the key is empty, which would let everybody in.
  init?(host: String, key: String, isSecure: Bool) {
    guard !key.isEmpty else { return nil }
    self.host = host.lowercased()
    self.key = Array(key.utf8)
    self.isSecure = isSecure
  }

  /// Never says why a key is wrong, and takes the same time for all of a length.
  func verdict(on request: HTTPRequest) -> Verdict {
    guard let authority = authority(of: request), isOwn(authority) else {
      return .refused(Self.foreignHost)
    }
    guard isOwnOrigin(request, authority) else { return .refused(Self.foreignOrigin) }
    let keys = keys(of: request)
    guard !keys.isEmpty else { return .keyMissing }
    return keys.reduce(false) { isKey($1) || $0 } ? .allowed : .keyWrong
  }

  private static let foreignHost = Refusal(
    .forbidden, "FORBIDDEN_HOST",
    "The Host header must be an IP address, localhost, or the name the engine listens on.")
  private static let foreignOrigin = Refusal(
    .forbidden, "FORBIDDEN_ORIGIN", "Pages of another origin may not use this engine.")

  // MARK: Host

  /// Whom the request is for; nil when that is missing, malformed or said twice.
  private func authority(of request: HTTPRequest) -> Authority? {
    // The first Host header is the authority; a second one only serves to confuse.
    guard request.headerFields[values: .host].isEmpty else { return nil }
    return request.authority.flatMap { Authority($0) }
  }

  /// DNS rebinding points a name of the attacker's at this machine. It needs a name, so addresses
  /// pass, and of names only the own ones do. Under TLS the certificate has proved the name.
  private func isOwn(_ authority: Authority) -> Bool {
    isSecure || authority.isAddress || authority.host == host || authority.host == "localhost"
  }

  // MARK: Origin

  /// Browsers name the page that asks in `Origin`, and where they leave that out, as for pictures,
  /// its relation in `Sec-Fetch-Site` (Fetch Metadata, section 2.3).
  private func isOwnOrigin(_ request: HTTPRequest, _ authority: Authority) -> Bool {
    let sites = request.headerFields[values: .secFetchSite]
    guard sites.allSatisfy({ $0 == "same-origin" || $0 == "none" }) else { return false }
    return request.headerFields[values: .origin].allSatisfy { isOwnOrigin($0, authority) }
  }

  /// Something in front of a server without TLS may add it, so that both schemes are its own.
  private func isOwnOrigin(_ origin: String, _ authority: Authority) -> Bool {
    guard let separator = origin.firstRange(of: "://"),
      let page = Authority(origin[separator.upperBound...])
    else { return false }
    let scheme = origin[..<separator.lowerBound].lowercased()
    guard scheme == "https" || (scheme == "http" && !isSecure) else { return false }
    return page.host == authority.host
      && page.port(defaultOf: scheme) == authority.port(defaultOf: scheme)
  }

  // MARK: Key

  /// The keys the request offers, at most one of each way, so that a request cannot try many: the
  /// values of a header sent twice are read as one. A browser cannot set headers for `/ws`, so there
  /// alone the query may carry the key.
  private func keys(of request: HTTPRequest) -> [String] {
    var keys: [String] = []
    if let value = request.headerFields[.apiKey] { keys.append(value) }
    if let value = request.headerFields[.authorization] {
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
  // All are tokens by RFC 9110, section 5.6.2, which is all that is checked.
  fileprivate static let apiKey = HTTPField.Name("X-API-Key")!
  fileprivate static let host = HTTPField.Name("Host")!
  fileprivate static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")!
}
