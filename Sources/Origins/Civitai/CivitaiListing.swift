import ComfyAPI
import Downloads
import Foundation
import Transport

/// Lists the files of a Civitai version, given by a model's page or by a link to one of its files.
struct CivitaiListing {
  let resolver: OriginResolver

  /// Versions of a model that are listed, the newest first.
  private static let mostVersions = 200

  /// The first version of the page is the newest, which is also the one that the page shows.
  func newestVersion(of model: CivitaiModel) async throws(OriginError) -> FileListing {
    let base = model.url.description.dropLast("/models/\(model.modelID)".count)
    let body = try await object("\(base)/api/v1/models/\(model.modelID)", missing: model.url)
    guard let page = try? JSONDecoder().decode(CivitaiModelPage.self, from: Data(body)),
      let version = page.modelVersions?.first, let id = version.id
    else {
      throw OriginError(
        "RESOURCE_NOT_FOUND", "This model has no version that can be downloaded.",
        hint: "Look at \(model.url.withoutQuery).", .giveUp)
    }
    let whole = version.completed(with: page)
    var listing = try listing(.civitaiModel(model), whole, versionID: id, base: String(base))
    listing.versions = versions(of: page, base: String(base))
    return listing
  }

  private func versions(of page: CivitaiModelPage, base: String) -> [ListedVersion] {
    guard let origin = HTTPURL(base) else { return [] }
    return (page.modelVersions ?? []).prefix(Self.mostVersions).compactMap { version in
      guard let id = version.id else { return nil }
      return ListedVersion(
        name: version.name.flatMap(SourceMessage.shown) ?? "Version \(id)",
        baseModel: version.baseModel.flatMap(SourceMessage.shown),
        files: Self.files(of: version.completed(with: page), versionID: id, at: origin))
    }
  }

  /// The version that a file belongs to; the file is the one that is meant.
  func version(of file: CivitaiFile) async throws(OriginError) -> FileListing {
    let base = base(of: file)
    let version = try await answer(for: file)
    var listing = try listing(
      .file(.civitai(file)), version, versionID: file.versionID, base: base)
    let chosen = version.file(for: file)?.id
    for index in listing.files.indices {
      guard case .civitai(let listed) = listing.files[index].reference else { continue }
      listing.files[index].isPrimary = chosen != nil && listed.fileID == chosen
    }
    return listing
  }

  /// The pictures of the version that a file belongs to, in Civitai's order; films are left out.
  func pictures(of file: CivitaiFile) async throws(OriginError) -> [CivitaiVersion.Image] {
    try await answer(for: file).images?.filter(\.isPicture) ?? []
  }

  private func base(of file: CivitaiFile) -> String {
    let path = "/api/download/models/\(file.versionID)"
    return String(file.url.withQuery(nil).description.dropLast(path.count))
  }

  private func answer(for file: CivitaiFile) async throws(OriginError) -> CivitaiVersion {
    let body = try await object(
      "\(base(of: file))/api/v1/model-versions/\(file.versionID)", missing: file.url)
    guard let version = try? JSONDecoder().decode(CivitaiVersion.self, from: Data(body)) else {
      throw OriginError(
        "METADATA_FETCH_FAILED", "What Civitai says of version \(file.versionID) cannot be read.",
        .retry(after: nil))
    }
    return version
  }

  private func listing(
    _ reference: PastedReference, _ version: CivitaiVersion, versionID: Int, base: String
  ) throws(OriginError) -> FileListing {
    guard let origin = HTTPURL(base) else {
      throw OriginError(failure: ModelReference.noURL, advice: .giveUp)
    }
    let title = [version.model?.name, version.name].compactMap { $0.flatMap(SourceMessage.shown) }
    return FileListing(
      reference: reference,
      title: title.isEmpty ? "Version \(versionID)" : title.joined(separator: " "),
      facts: version.facts(versionID: versionID, base: base),
      files: Self.files(of: version, versionID: versionID, at: origin))
  }

  private static func files(
    of version: CivitaiVersion, versionID: Int, at origin: HTTPURL
  ) -> [ListedFile] {
    (version.files ?? []).compactMap { file($0, of: version, versionID: versionID, at: origin) }
  }

  private static func file(
    _ file: CivitaiVersion.File, of version: CivitaiVersion, versionID: Int, at origin: HTTPURL
  ) -> ListedFile? {
    guard let id = file.id,
      let link = try? CivitaiFile(versionID: versionID, fileID: id, at: origin)
    else { return nil }
    let name = file.name.flatMap(FileName.sanitized) ?? "civitai-\(versionID)-\(id)"
    return ListedFile(
      reference: .civitai(link), path: name,
      size: file.sizeKB.flatMap { Int64(exactly: ($0 * 1024).rounded()) }, isSizeRounded: true,
      hashes: PublishedHashes(sha256: file.hashes?.sha256, blake3: file.hashes?.blake3),
      format: FileFormat(name: name),
      precision: (file.metadata?.quantType ?? file.metadata?.fp).flatMap(SourceMessage.shown),
      variant: file.variant.flatMap(SourceMessage.shown),
      folder: version.folder(for: file), isPrimary: file.id == version.primaryFile?.id,
      warnings: file.scanWarnings)
  }

  private func object(_ text: String, missing page: HTTPURL) async throws(OriginError) -> [UInt8] {
    guard let url = HTTPURL(text) else {
      throw OriginError(failure: ModelReference.noURL, advice: .giveUp)
    }
    let answer = try await resolver.answer(at: url)
    guard answer.response.status == 200 else {
      throw CivitaiRefusal(answer.response, page: page, sentKey: answer.sentToken).error
    }
    return answer.response.body
  }
}
