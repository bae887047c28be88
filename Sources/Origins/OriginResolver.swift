import Downloads
import Transport

/// Hugging Face and Civitai as the engine sees them: what a reference is, and its bytes.
///
/// Redirects are followed here, one by one, so that a token goes to the site it belongs to and to
/// nobody else.
public struct OriginResolver: Sendable {
  let transport: HTTPTransport
  let hosts: SourceHosts
  private let currentCredentials: @Sendable () -> OriginCredentials
  /// Hears of each request.
  var watch: (@Sendable (SourceExchange) -> Void)?
  /// Whether each request gets a connection of its own.
  private var usesNewConnections = false

  /// - Parameter credentials: asked anew for every request, so that a token that is stored while a
  ///   download waits for it is used at its next attempt.
  public init(
    transport: HTTPTransport, hosts: SourceHosts,
    credentials: @escaping @Sendable () -> OriginCredentials
  ) {
    self.transport = transport
    self.hosts = hosts
    currentCredentials = credentials
  }

  var credentials: OriginCredentials { currentCredentials() }

  /// The same resolver, whose requests never use a connection again that served another.
  public func overNewConnections() -> OriginResolver {
    var resolver = self
    resolver.usesNewConnections = true
    return resolver
  }

  /// Asks the source what the reference is. Costs one to three small requests, none for content.
  public func resolve(_ reference: ModelReference) async throws(OriginError) -> ResolvedFile {
    switch reference {
    case .huggingFace(let file):
      try await HuggingFaceResolution(resolver: self, file: file).run()
    case .civitai(let file):
      try await CivitaiResolution(resolver: self, file: file).run()
    }
  }
}

extension OriginResolver {
  /// Redirects in a row that are followed, as huggingface_hub does.
  static let mostRedirects = 20

  /// A request whose content no proxy or server may compress: lengths and ranges must be those of
  /// the file.
  func request(
    _ url: HTTPURL, method: String = "GET", authorization: String?
  ) -> HTTPRequest {
    var request = HTTPRequest(method: method, url: url.description)
    request.headers["Accept-Encoding"] = "identity"
    request.headers["Authorization"] = authorization
    request.refusesPrivateAddresses = hosts.isPublic
    request.usesNewConnection = usesNewConnections
    return request
  }

  /// What the site itself answers to a `GET`, with redirects followed as long as they stay on it, as
  /// those of renamed repositories do.
  func answer(
    at url: HTTPURL
  ) async throws(OriginError) -> (response: HTTPResponse, sentToken: Bool) {
    var url = url
    for _ in 0...Self.mostRedirects {
      let authorization = credentials.authorization(for: url, hosts: hosts)
      let response = try await send(request(url, authorization: authorization))
      guard let target = try Self.target(of: response.head, from: url) else {
        return (response, authorization != nil)
      }
      guard target.origin == url.origin else {
        throw OriginError(
          "SOURCE_SERVER_ERROR", "\(url.host) redirects to \(target.host).",
          hint: "Is a login page of the network in between?", .retry(after: nil))
      }
      url = target
    }
    throw Self.tooManyRedirects(url.host)
  }

  /// - Parameter limit: bytes of the body beyond which it is not taken.
  func send(
    _ request: HTTPRequest, limit: Int = 4 << 20
  ) async throws(OriginError) -> HTTPResponse {
    do {
      let response = try await transport.send(request, limit: limit)
      tell(request, response.head)
      return response
    } catch {
      tell(request, nil)
      throw OriginError(error)
    }
  }

  /// Where a redirect leads; nil for an answer that is none.
  static func target(
    of head: HTTPResponseHead, from url: HTTPURL
  ) throws(OriginError) -> HTTPURL? {
    guard [301, 302, 303, 307, 308].contains(head.status) else { return nil }
    guard let location = head.headers["Location"], let target = url.resolving(location) else {
      throw OriginError(
        "SOURCE_SERVER_ERROR", "\(url.host) redirects to something that is no URL.", .giveUp)
    }
    guard url.scheme == "http" || target.scheme == "https" else {
      throw OriginError(
        "SOURCE_SERVER_ERROR", "\(url.host) redirects from https to http.", .giveUp)
    }
    return target
  }

  static func tooManyRedirects(_ host: String) -> OriginError {
    OriginError("SOURCE_SERVER_ERROR", "\(host) redirects without end.", .giveUp)
  }
}
