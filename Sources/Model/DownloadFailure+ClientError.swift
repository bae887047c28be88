import ComfyClient
import Downloads

extension DownloadFailure {
  /// The client's error as words for people, made harmless for the terminal.
  public init(_ error: ClientError) {
    let failure = DownloadFailure(
      code: PlainText.sanitized(error.code), message: PlainText.sanitized(error.message),
      hint: error.hint.map(PlainText.sanitized))
    self = FailureWords.completing(failure)
  }
}
