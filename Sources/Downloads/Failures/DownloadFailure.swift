/// Why a download did not happen, in words for people.
public struct DownloadFailure: Error, Sendable, Hashable {
  /// Machine-readable, e.g. `RESOURCE_NOT_FOUND`; the contract's codes where one fits.
  public var code: String
  /// What went wrong, one sentence.
  public var message: String
  /// What the user can do about it, one sentence; nil when there is nothing.
  public var hint: String?

  public init(code: String, message: String, hint: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
  }
}

extension DownloadFailure {
  /// The message and what to do about it, on one line.
  public var sentence: String { hint.map { message + " " + $0 } ?? message }
}
