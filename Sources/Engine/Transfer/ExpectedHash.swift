import ComfyAPI
import Downloads
import Origins

extension PublishedHashes {
  /// What is wrong when a source publishes another hash than is expected; nil when it does not.
  func contradiction(to expected: ContentHash) -> DownloadFailure? {
    switch expected.kind {
    case .sha256: sha256.flatMap { expected.contradiction(of: $0) }
    case .blake3: blake3.flatMap { expected.contradiction(of: $0) }
    }
  }
}

extension ContentHashes {
  /// What is wrong when a content has another hash than is expected; nil when it has not.
  func contradiction(to expected: ContentHash) -> DownloadFailure? {
    expected.contradiction(of: expected.kind == .sha256 ? sha256 : blake3)
  }
}

extension AssetRecord {
  var hashes: ContentHashes { ContentHashes(sha256: sha256, blake3: blake3) }
}

extension ContentHash {
  fileprivate func contradiction(of found: String) -> DownloadFailure? {
    guard found.lowercased() != digits else { return nil }
    return DownloadFailure(
      code: "UNEXPECTED_CONTENT",
      message:
        "The link leads to another file than is asked for: its \(kindName) is "
        + "\(PlainText.sanitized(found.lowercased())), not \(digits).",
      hint: "The file at the source was changed, or the hash that was given is wrong.")
  }
}

extension Transfer {
  /// - Throws: what is wrong when the source publishes another hash than the task expects.
  func checkIsExpected(_ file: ResolvedFile) throws {
    guard let expected = try expectedHash(), let failure = file.hashes.contradiction(to: expected)
    else { return }
    throw TransferError(failure, .none)
  }

  /// As `checkIsExpected` for what has come, or is stored already.
  ///
  /// - Parameter remedy: what becomes of the bytes.
  func checkIsExpected(_ hashes: ContentHashes, else remedy: TransferError.Remedy) throws {
    guard let expected = try expectedHash(), let failure = hashes.contradiction(to: expected)
    else { return }
    throw TransferError(failure, remedy)
  }

  private func expectedHash() throws -> ContentHash? {
    try record().expectedHash.flatMap { ContentHash($0) }
  }
}
