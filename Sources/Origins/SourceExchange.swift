import Downloads
import Transport

/// One request to a source and what came of it, fit to be shown: no query, no header but the
/// request's own name.
public struct SourceExchange: Sendable, Equatable {
  /// With its port where that is not the scheme's.
  public var host: String
  /// Host and path.
  public var place: String
  /// Nil when no answer came.
  public var status: Int?
  /// What the host calls the request, which its support can look for.
  public var requestID: String?
  /// Host and path that a redirect leads to.
  public var target: String?
  /// Seconds without requests that the host asks for, also with a good answer: its window is used up.
  public var wait: Double?

  public init(
    host: String, place: String, status: Int? = nil, requestID: String? = nil,
    target: String? = nil, wait: Double? = nil
  ) {
    self.host = host
    self.place = place
    self.status = status
    self.requestID = requestID
    self.target = target
    self.wait = wait
  }
}

extension SourceExchange {
  private static let longestPlace = 500
  private static let longestID = 128

  /// Hugging Face, S3, CloudFront and Cloudflare, each by its own name.
  private static let requestIDs = ["X-Request-Id", "X-Amz-Request-Id", "X-Amz-Cf-Id", "CF-Ray"]

  /// - Parameter head: nil when no answer came.
  init?(_ request: HTTPRequest, _ head: HTTPResponseHead?) {
    guard let url = HTTPURL(request.url) else { return nil }
    host = url.authority
    place = Self.place(of: url)
    status = head?.status
    requestID = Self.requestIDs.lazy.compactMap { head?.headers[$0] }.first
      .map { PlainText.sanitized(String($0.prefix(Self.longestID))) }
    wait = head.flatMap { RetryAfter.seconds($0.headers) }
    target = head.flatMap { try? OriginResolver.target(of: $0, from: url) }.map(Self.place)
  }

  private static func place(of url: HTTPURL) -> String {
    String((url.authority + url.path).prefix(longestPlace))
  }
}

extension OriginResolver {
  /// The same resolver, which tells of each of its requests once its answer's head is there.
  ///
  /// - Parameter watch: called from any thread, in the order of the answers.
  public func watched(
    by watch: @escaping @Sendable (SourceExchange) -> Void
  ) -> OriginResolver {
    var resolver = self
    resolver.watch = watch
    return resolver
  }

  func tell(_ request: HTTPRequest, _ head: HTTPResponseHead?) {
    guard let watch, let exchange = SourceExchange(request, head) else { return }
    watch(exchange)
  }
}
