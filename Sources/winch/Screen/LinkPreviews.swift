import Downloads
import Engine
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

  init(_ workspace: Workspace) throws(DownloadFailure) {
    let settings = workspace.settings
    resolver = try settings.originResolver(secrets: SecretStore(path: settings.secretsPath))
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
    let meant = Set(listing.meant.map(\.reference))
    var warnings = listing.notices
    if facts.isGated { warnings.append("Its terms must be accepted at \(facts.page)") }
    self.init(
      title: PlainText.sanitized(listing.title),
      files: listing.files.map { file in
        File(file, folder: header?.folder, isMeant: meant.contains(file.reference))
      },
      license: facts.license ?? header?.license, baseModel: facts.baseModel ?? header?.baseModel,
      warnings: warnings)
  }
}

extension LinkPreview.File {
  /// - Parameter folder: what the file's own header says, for want of better.
  init(_ file: ListedFile, folder: FolderSuggestion?, isMeant: Bool) {
    self.init(
      reference: file.reference,
      name: PlainText.sanitized(FileName.sanitized(file.path) ?? file.path),
      path: PlainText.sanitized(file.path), size: file.size,
      variant: file.precision.map(PlainText.sanitized), folder: file.folder ?? folder,
      isMeant: isMeant, warnings: file.warnings.map(\.message))
  }
}
