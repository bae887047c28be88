/// HTTP over libcurl: many requests at once on one thread of its own.
///
/// Redirects are never followed, bodies never decoded, `.netrc` never read. The thread ends when the
/// transport and every body it handed out are gone.
public final class HTTPTransport: Sendable {
  /// What holds for every request.
  public let configuration: TransportConfiguration
  private let thread: CurlThread

  public init(configuration: TransportConfiguration = .init()) {
    self.configuration = configuration
    thread = CurlThread(configuration: configuration)
  }

  /// Starts a request and returns as soon as the response's status and headers are there.
  ///
  /// Cancelling the task ends the transfer at once.
  public func stream(_ request: HTTPRequest) async throws(TransportError) -> HTTPStream {
    try request.validate()
    let target = try RequestTarget(request)
    let channel = ResponseChannel(thread: thread)
    thread.submit(.start(request, target, channel))
    let head = try await channel.head().get()
    return HTTPStream(head: head, body: HTTPBody(channel))
  }

  /// Sends a request and collects the whole body, of at most `limit` bytes.
  ///
  /// A longer body throws `.bodyTooLarge` and ends the transfer. Cancelling the task does so at once.
  public func send(
    _ request: HTTPRequest, limit: Int = 4 << 20
  ) async throws(TransportError) -> HTTPResponse {
    let stream = try await stream(request)
    var body: [UInt8] = []
    for try await chunk in stream.body {
      guard chunk.count <= limit - body.count else {
        throw TransportError(.bodyTooLarge, "the answer is longer than \(limit) bytes")
      }
      body += chunk
    }
    return HTTPResponse(head: stream.head, body: body)
  }
}
