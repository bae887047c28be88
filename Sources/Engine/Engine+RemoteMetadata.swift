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
    var errors = file.warnings
    var header: ModelHeader?
    do {
      header = try await source.header(of: file)
    } catch  where error.advice == .giveUp {
      errors.append(error.failure)
    } catch {
      // A source that does not answer now says nothing against the file.
    }
    let folder = (file.suggestion ?? header?.folder)?.folder.name
    return AssetMetadataResponse(
      contentLength: file.size ?? -1, contentType: "application/octet-stream",
      filename: file.name, name: file.name, tags: ["models"] + (folder.map { [$0] } ?? []),
      finalURL: reference.canonicalURL, validation: validation(of: file, errors))
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

  private func validation(
    of file: ResolvedFile, _ failures: [DownloadFailure]
  ) -> ValidationResult {
    var errors = failures.map {
      ValidationIssue(code: $0.code, message: $0.message, field: "format")
    }
    if let capacity = library.capacity, let size = file.size, size > capacity {
      errors.append(
        ValidationIssue(
          code: "FILE_TOO_LARGE",
          message: "The file has \(ByteCount.text(size)), more than the models' disk can hold.",
          field: "content_length"))
    }
    if let type = file.unsupportedType {
      errors.append(
        ValidationIssue(
          code: "MODEL_TYPE_NOT_SUPPORTED",
          message: "Civitai calls it \(type), which is no model that ComfyUI loads.",
          field: "tags"))
    }
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
    return ValidationResult(isValid: errors.isEmpty, errors: errors, warnings: warnings)
  }
}
