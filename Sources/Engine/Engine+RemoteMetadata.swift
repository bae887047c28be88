import ComfyAPI
import Downloads
import Foundation
import Origins

/// Looking at a file before it is imported.
extension Engine {
  /// What the source says of a URL. Nothing is queued and no content is fetched.
  ///
  /// - Throws: `invalidRequest` for a URL that is none or of another site; `unprocessable` when the
  ///   source refuses or cannot be reached in time.
  public func remoteMetadata(url: String) async throws(EngineError) -> AssetMetadataResponse {
    let reference: ModelReference
    do {
      reference = try ModelReference(url, hosts: hosts)
    } catch {
      throw EngineError(.invalidRequest, error, field: "url")
    }
    let file = try await resolved(reference)
    let folder = file.suggestedFolder?.name
    return AssetMetadataResponse(
      contentLength: file.size ?? -1, contentType: "application/octet-stream",
      filename: file.name, name: file.name, tags: ["models"] + (folder.map { [$0] } ?? []),
      finalURL: reference.canonicalURL, validation: validation(of: file))
  }

  private func resolved(_ reference: ModelReference) async throws(EngineError) -> ResolvedFile {
    do {
      return try await Deadline.run(within: configuration.resolutionTimeout) { [source] in
        try await source.resolve(reference)
      }
    } catch let error as OriginError {
      throw EngineError(.unprocessable, error.failure)
    } catch {
      throw EngineError(
        .unprocessable, code: "NETWORK_TIMEOUT", message: "The source did not answer in time.")
    }
  }

  private func validation(of file: ResolvedFile) -> ValidationResult {
    var warnings: [ValidationIssue] = []
    if file.hashes == PublishedHashes() {
      warnings.append(
        ValidationIssue(
          code: "NO_PUBLISHED_HASH",
          message: "The source publishes no hash, so the file cannot be verified.", field: "hash"))
    }
    if let size = file.size, let free = library.freeBytes, free < size {
      warnings.append(
        ValidationIssue(
          code: "DISK_FULL",
          message:
            "The file has \(ByteCount.text(size)), but only \(ByteCount.text(free)) are free.",
          field: "content_length"))
    }
    return ValidationResult(isValid: true, errors: [], warnings: warnings)
  }
}
