import Downloads

/// The received content is not what the source publishes.
struct HashMismatch: Sendable, Equatable {
  /// `SHA-256`, `BLAKE3` or `git blob SHA-1`.
  var kind: String
  var received: String
  var published: String
}

extension HashMismatch {
  /// What is said of it, with both hashes.
  ///
  /// - Parameter first: what was wrong when the same file was fetched before.
  func failure(after first: HashMismatch? = nil) -> DownloadFailure {
    DownloadFailure(
      code: "HASH_MISMATCH",
      message:
        "The received file is not what the source publishes: its \(kind) is "
        + "\(received)\(before(first)), not \(published).",
      hint: "Retry downloads it anew; if this happens again, the file is damaged at the source.")
  }

  private func before(_ first: HashMismatch?) -> String {
    guard let first else { return "" }
    return first.received == received
      ? " (when it was fetched before, too)" : " (when it was fetched before, \(first.received))"
  }
}
