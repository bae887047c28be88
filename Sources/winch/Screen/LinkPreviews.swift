import Downloads
import Interface
import Origins

/// Looks at what pasted links lead to, a few at a time.
struct LinkPreviews: Sendable {
  private let resolver: OriginResolver
  /// The backend asks the sources itself, with tokens of its own.
  private let isRemote: Bool
  private let isCloud: Bool

  /// Sources asked at one time.
  private static let width = 4

  init(_ workspace: Workspace, resolver: OriginResolver) {
    self.resolver = resolver
    isCloud = workspace.client.backend.isCloud
    isRemote = workspace.client.backend.name != "local"
  }

  func look(at references: [PastedReference], _ events: ScreenEvents) async {
    await withTaskGroup(of: Void.self) { group in
      for (index, reference) in references.enumerated() {
        if index >= Self.width { await group.next() }
        group.addTask {
          events.send(.outcome(.looked(reference.canonicalURL, await look(at: reference))))
        }
      }
    }
  }

  private func look(at reference: PastedReference) async -> LinkLook {
    do throws(OriginError) {
      let listing = try await resolver.listing(of: reference)
      if isCloud, let refusal = Self.refusal(of: listing) { return .refused(refusal) }
      return .found(LinkPreview(listing, header: try await header(of: listing)))
    } catch {
      switch error.advice {
      case .giveUp: return .refused(error.failure)
      case .needsUser: return isRemote ? .unknown(error.failure) : .refused(error.failure)
      case .retry, .resolveAgain: return .unknown(error.failure)
      }
    }
  }

  /// Why Comfy Cloud would not take what a link means.
  private static func refusal(of listing: FileListing) -> DownloadFailure? {
    listing.meant.lazy.compactMap {
      CloudRules.refusal(of: $0.reference, folder: $0.folder?.folder, size: $0.size)
    }.first
  }

  /// A file that is meant alone is looked into: a web page in its place is known within a second. A
  /// version of Civitai is not, because Civitai counts each such look as a download.
  private func header(of listing: FileListing) async throws(OriginError) -> ModelHeader? {
    guard case .file(.huggingFace(let file)) = listing.reference else { return nil }
    return try await resolver.header(of: try await resolver.resolve(.huggingFace(file)))
  }
}

extension LinkPreview {
  init(_ listing: FileListing, header: ModelHeader?) {
    let facts = listing.facts
    var warnings = listing.notices
    if facts.isGated { warnings.append("Its terms must be accepted at \(facts.page)") }
    self.init(
      title: PlainText.sanitized(listing.title),
      files: Self.files(of: listing, folder: header?.folder),
      license: facts.license ?? header?.license, baseModel: facts.baseModel ?? header?.baseModel,
      warnings: warnings)
  }

  private static func files(of listing: FileListing, folder: FolderSuggestion?) -> [File] {
    let meant = Set(listing.meant.map(\.reference))
    func files(_ files: [ListedFile], group: String?) -> [File] {
      files.map {
        File($0, group: group, folder: folder, isMeant: meant.contains($0.reference))
      }
    }
    guard !listing.versions.isEmpty else { return files(listing.files, group: nil) }
    return listing.versions.flatMap { files($0.files, group: $0.title) }
  }
}

extension ListedVersion {
  fileprivate var title: String {
    PlainText.sanitized([name, baseModel].compactMap(\.self).joined(separator: ", for "))
  }
}

extension LinkPreview.File {
  /// - Parameter folder: what the file's own header says, for want of better.
  fileprivate init(
    _ file: ListedFile, group: String?, folder: FolderSuggestion?, isMeant: Bool
  ) {
    let variant = [file.precision, file.variant].compactMap(\.self).joined(separator: " ")
    self.init(
      reference: file.reference,
      name: PlainText.sanitized(FileName.sanitized(file.path) ?? file.path),
      path: PlainText.sanitized(file.path), size: file.size,
      variant: variant.isEmpty ? nil : PlainText.sanitized(variant), group: group,
      folder: file.folder ?? folder, isMeant: isMeant, warnings: file.warnings.map(\.message))
  }
}
