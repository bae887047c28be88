import Downloads

/// A failure as a filter names it: a part of its code or words, or a status of HTTP.
struct FilterError: Sendable, Equatable {
  private let needle: Needle
  /// What the status is called in the contract.
  private let codes: [String]

  init(typed text: String) {
    needle = Needle(text)
    codes = Self.codes[text] ?? []
  }

  func holds(_ failure: DownloadFailure) -> Bool {
    codes.contains(failure.code) || needle.isIn(failure.code) || needle.isIn(failure.message)
  }

  private static let codes: [String: [String]] = [
    "401": ["UNAUTHORIZED", "UNAUTHORIZED_SOURCE", "USER_TOKEN_INVALID"],
    "403": ["FORBIDDEN", "ACCESS_FORBIDDEN", "USER_TOKEN_ACCESS_DENIED"],
    "404": ["RESOURCE_NOT_FOUND"],
    "429": ["RATE_LIMITED"],
  ]
}
