/// The status and headers of the final response: interim answers (1xx) are left out, and a redirect
/// is a response like any other.
public struct HTTPResponseHead: Sendable, Equatable {
  public var status: Int
  /// Values hold no CR, LF or NUL; other bytes are as the server sent them, invalid UTF-8 replaced.
  public var headers: HTTPHeaders
  /// The URL that was asked for.
  public var url: String

  public init(status: Int, headers: HTTPHeaders, url: String) {
    self.status = status
    self.headers = headers
    self.url = url
  }
}

/// A response with its whole body.
public struct HTTPResponse: Sendable, Equatable {
  public var head: HTTPResponseHead
  public var body: [UInt8]

  public var status: Int { head.status }
  public var headers: HTTPHeaders { head.headers }

  public init(head: HTTPResponseHead, body: [UInt8]) {
    self.head = head
    self.body = body
  }
}

/// A response whose body is still arriving.
public struct HTTPStream: Sendable {
  public let head: HTTPResponseHead
  public let body: HTTPBody

  public var status: Int { head.status }
  public var headers: HTTPHeaders { head.headers }
}
