import Downloads
import Transport

/// Why a source did not give a file, and what helps.
public struct OriginError: Error, Sendable, Equatable {
  public enum Advice: Sendable, Equatable {
    /// It may pass. Seconds the server asked to wait; nil when it did not say.
    case retry(after: Double?)
    /// The link to the content has run out: resolve the reference again and go on.
    case resolveAgain
    /// Someone must accept a licence, set a token or pay first.
    case needsUser
    /// Asking again gives the same answer.
    case giveUp
  }

  public var failure: DownloadFailure
  public var advice: Advice

  public init(failure: DownloadFailure, advice: Advice) {
    self.failure = failure
    self.advice = advice
  }

  init(_ code: String, _ message: String, hint: String? = nil, _ advice: Advice) {
    self.init(failure: DownloadFailure(code: code, message: message, hint: hint), advice: advice)
  }
}

extension OriginError {
  /// A request that got no answer.
  init(_ error: TransportError) {
    let message = error.message.prefix(1).uppercased() + error.message.dropFirst() + "."
    self.init(Self.code(of: error), message, error.isRetriable ? .retry(after: nil) : .giveUp)
  }

  private static func code(of error: TransportError) -> String {
    switch error.kind {
    case .couldNotResolve, .privateAddress: "INVALID_HOST"
    case .couldNotConnect: "CONNECTION_REFUSED"
    case .timedOut, .stalled: "NETWORK_TIMEOUT"
    default: "NETWORK_ERROR"
    }
  }

  /// An answer that says nothing of the source's own rules, by its status alone.
  static func status(_ status: Int, host: String, retryAfter: Double?) -> OriginError {
    switch status {
    case 404, 410:
      OriginError("RESOURCE_NOT_FOUND", "\(host) does not have this file.", .giveUp)
    case 401:
      OriginError("UNAUTHORIZED_SOURCE", "\(host) wants a login for this file.", .needsUser)
    case 403:
      OriginError("ACCESS_FORBIDDEN", "\(host) refuses this file.", .needsUser)
    case 429:
      OriginError(
        "RATE_LIMITED", "\(host) asks for fewer requests.", .retry(after: retryAfter))
    case 408, 500...:
      OriginError(
        "SOURCE_SERVER_ERROR", "\(host) answered with status \(status).",
        .retry(after: retryAfter))
    default:
      OriginError("SOURCE_SERVER_ERROR", "\(host) answered with status \(status).", .giveUp)
    }
  }
}
