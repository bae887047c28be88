/// One HTTP request.
public struct HTTPRequest: Sendable {
  /// Such as `GET`; letters only.
  public var method: String
  /// An absolute http or https URL, already percent-encoded, without user information.
  public var url: String
  /// Sent as given. Nothing is added but `Host`, `User-Agent`, `Accept: */*` and the body's length.
  public var headers: HTTPHeaders
  public var body: [UInt8]?
  /// Connects to this socket instead of the URL's host, which is then only the `Host` header.
  public var unixSocketPath: String?
  /// Whether to connect to public addresses alone: for links that came from another server, which
  /// must not reach into this network. Behind a proxy it is the proxy that connects, so nothing is
  /// refused there.
  public var refusesPrivateAddresses = false
  /// Whether a connection that served another request may not serve this one.
  public var usesNewConnection = false
  /// For name lookup, TCP and TLS together.
  public var connectTimeout: Duration = .seconds(15)
  /// The longest time without a byte in either direction once connected. The time in which the
  /// reader of the body lets it wait does not count.
  public var stallTimeout: Duration = .seconds(30)
  /// From the start to the last byte of the body; nil for no limit.
  public var totalTimeout: Duration?

  public init(
    method: String = "GET", url: String, headers: HTTPHeaders = .init(), body: [UInt8]? = nil
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
  }
}
