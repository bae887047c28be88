import ComfyAPI
import Downloads
import Foundation
import Origins

/// How what happens to a transfer changes its trace.
extension TransferTrace {
  private static let mostRedirects = 40

  /// An answer of the source, or that none came.
  mutating func note(_ exchange: SourceExchange) {
    changeAttempt { attempt in
      attempt.host = exchange.host
      attempt.status = exchange.status
      attempt.requestID = exchange.requestID
    }
    guard let target = exchange.target, let status = exchange.status else { return }
    let redirect = Redirect(status: status, from: exchange.place, to: target)
    if !redirects.contains(redirect), redirects.count < Self.mostRedirects {
      redirects.append(redirect)
    }
  }

  /// What the source says of the file.
  mutating func note(_ file: ResolvedFile) {
    hashes = [
      Hash(kind: "sha256", expected: file.hashes.sha256),
      Hash(kind: "blake3", expected: file.hashes.blake3),
    ]
    if let name = file.hashes.gitBlobSHA1 { hashes.append(Hash(kind: "git_sha1", expected: name)) }
    if let facts = file.facts { note(facts) }
  }

  /// What is known already stays: the file itself says it better than its page.
  mutating func note(_ facts: SourceFacts) {
    source.page = source.page ?? facts.page
    source.license = source.license ?? facts.license
    source.baseModel = source.baseModel ?? facts.baseModel
    source.previewURL = source.previewURL ?? facts.previewURL
    if source.triggerWords.isEmpty { source.triggerWords = facts.trainedWords }
  }

  mutating func note(_ header: ModelHeader) {
    source.license = source.license ?? header.license
    source.baseModel = source.baseModel ?? header.baseModel
  }

  /// A hash of the received content.
  mutating func found(_ value: String, _ kind: String) {
    guard let index = hashes.firstIndex(where: { $0.kind == kind }) else {
      hashes.append(Hash(kind: kind, found: value))
      return
    }
    hashes[index].found = value
  }

  mutating func found(_ values: ContentHashes) {
    found(values.sha256, "sha256")
    found(values.blake3, "blake3")
  }

  /// The attempt has ended.
  ///
  /// - Parameter failure: nil when nothing went wrong.
  mutating func endAttempt(
    _ failure: DownloadFailure?, bytes: Int64, at now: Date, nextAt: Date? = nil
  ) {
    connections = []
    changeAttempt { attempt in
      attempt.bytes = bytes
      attempt.code = failure?.code
      attempt.reason = failure.map { PlainText.sanitized($0.message) }
      attempt.nextAt = nextAt
      attempt.endedAt = now
    }
  }
}
