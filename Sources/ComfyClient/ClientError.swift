import ComfyAPI

/// Why a backend did not do what it was asked.
///
/// Its texts may come from a server: they are bounded in length but must still be made harmless
/// before they reach a terminal.
public struct ClientError: Error, Sendable, Equatable {
  /// What happened, as far as the caller acts on it.
  public enum Kind: Sendable, Equatable {
    /// No answer: not running, no network, or too slow.
    case unreachable
    /// 401: the key is missing or wrong.
    case unauthorized
    /// 403, or a key that must not be sent to such an address.
    case forbidden
    /// 404.
    case notFound
    /// Any other status from 300 to 499: the same request would be refused again.
    case refused(status: Int)
    /// 429, with the seconds the server asked to wait, if it did.
    case rateLimited(after: Double?)
    /// 500 and above, with the seconds the server asked to wait, if it did.
    case serverFault(status: Int, after: Double? = nil)
    /// An answer that is not the contract's.
    case malformed
    /// The calling task was cancelled; whether the request was carried out is unknown.
    case cancelled
  }

  public var kind: Kind
  /// Machine-readable, the server's own where it gave one; at most 100 characters.
  public var code: String
  /// One sentence for people, at most 500 characters.
  public var message: String
  /// What the user can do about it.
  public var hint: String?
  /// True when the request certainly never reached a server.
  public var wasNeverSent = false

  public init(kind: Kind, code: String, message: String, hint: String? = nil) {
    self.kind = kind
    self.code = Self.bounded(code, to: 100)
    self.message = Self.bounded(message, to: 500)
    self.hint = hint.map { Self.bounded($0, to: 500) }
  }

  /// Whether the same request may succeed later with nothing done by the user.
  ///
  /// A cancelled request counts: nobody refused it.
  public var isRetriable: Bool {
    switch kind {
    case .unreachable, .rateLimited, .cancelled: true
    case .serverFault(let status, _): status != 501 && status != 505
    case .refused(let status): status == 408 || status == 425
    case .unauthorized, .forbidden, .notFound, .malformed: false
    }
  }

  /// Counts scalars, since one character can hold any number of combining marks.
  private static func bounded(_ text: String, to limit: Int) -> String {
    guard text.unicodeScalars.count > limit else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit)))
  }
}
