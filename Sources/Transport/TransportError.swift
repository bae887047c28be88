/// Why a request did not end well. An HTTP status is never an error here.
public struct TransportError: Error, Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    case couldNotResolve
    case couldNotConnect
    /// The host has a private address, where the request may not go.
    case privateAddress
    /// The certificate or the TLS setup was refused; asking again does not help.
    case tls
    /// `connectTimeout` or `totalTimeout` was over.
    case timedOut
    /// `stallTimeout` was over.
    case stalled
    /// The connection ended before the response did, after so many bytes of its body. All of them
    /// were handed out before the error.
    case interrupted(receivedBytes: Int)
    /// The body was longer than the caller allowed.
    case bodyTooLarge
    /// The task was cancelled, or the body was dropped.
    case cancelled
    /// Not an absolute http or https URL.
    case invalidURL
    /// A method, header or socket path that cannot be sent.
    case invalidRequest
    /// Anything else, with the `CURLcode` (curl/curl.h).
    case other(code: Int)
  }

  public var kind: Kind
  /// One sentence without full stop. It names the host at most: never a path, query or header value.
  public var message: String

  public init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  /// Whether the same request may go well later.
  public var isRetriable: Bool {
    switch kind {
    case .couldNotResolve, .couldNotConnect, .timedOut, .stalled, .interrupted: true
    case .privateAddress, .tls, .bodyTooLarge, .cancelled, .invalidURL, .invalidRequest, .other:
      false
    }
  }

  static let cancelled = TransportError(.cancelled, "the request was cancelled")
}

extension TransportError: CustomStringConvertible {
  public var description: String { message }
}
