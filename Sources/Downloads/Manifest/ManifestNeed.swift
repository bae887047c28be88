import ComfyAPI
import Foundation

/// How a model of a manifest stands with a backend, and so what is to be done for it.
public struct ManifestNeed: Sendable, Equatable {
  public enum Status: Sendable, Equatable {
    /// - Parameter missingTags: those that it lacks of the manifest's.
    case there(ManifestStock.Item, missingTags: [String])
    /// A download of it has not ended.
    case queued(UUID)
    /// A download of it has failed or was cancelled, and keeps its bytes.
    case retriable(UUID)
    case fetchable(ModelReference)
    /// Another content has its place; a sentence says which.
    case different(String)
    /// A file has its place whose content nobody has read yet.
    case unread
    /// Why it cannot be had.
    case unavailable(DownloadFailure)
  }

  /// What a backend can, as far as it matters here.
  public struct Backend: Sendable, Equatable {
    public var isCloud: Bool
    /// Whether it can be told what to call a file.
    public var namesFiles: Bool
    /// Whether it can be told what hash a file must have.
    public var expectsHashes: Bool

    public init(isCloud: Bool, namesFiles: Bool, expectsHashes: Bool) {
      self.isCloud = isCloud
      self.namesFiles = namesFiles
      self.expectsHashes = expectsHashes
    }
  }

  public let model: ManifestModel
  public let status: Status
  /// Where its content stands already under another name; nil where it does not.
  public let contentPath: String?
  /// What to tell of it besides, as sentences.
  public let remarks: [String]

  /// - Parameter downloads: those of the backend, the oldest first.
  public init(
    _ model: ManifestModel, stock: ManifestStock, downloads: [Download], backend: Backend
  ) {
    self.model = model
    status = Self.status(of: model, stock, downloads, backend)
    let content = stock.item(of: model)?.path
    contentPath = content == model.place ? nil : content
    let isPaused =
      if case .queued(let id) = status {
        downloads.contains { $0.id == id && $0.phase == .paused }
      } else { false }
    remarks =
      Self.remarks(of: model, status, contentPath, backend)
      + (isPaused ? ["It is paused: winch resume lets it go on."] : [])
  }

  private static func status(
    of model: ManifestModel, _ stock: ManifestStock, _ downloads: [Download], _ backend: Backend
  ) -> Status {
    if let status = statusInPlace(model, stock, backend) { return status }
    // Without names it is the content that counts.
    if !backend.namesFiles {
      let fetched = downloads.last { $0.isOf(model, named: false) && $0.status == .completed }
      let item = stock.item(of: model) ?? fetched?.assetID.flatMap(stock.item(ofAsset:))
      if let item, HashComparison(known: item.hashes, wanted: model.hashes).isNoDifference {
        return there(item, model)
      }
    }
    return statusOfDownload(model, stock, downloads, backend)
  }

  /// What stands in its place says; nil where nothing does.
  private static func statusInPlace(
    _ model: ManifestModel, _ stock: ManifestStock, _ backend: Backend
  ) -> Status? {
    guard let item = stock.item(at: model.place) else { return nil }
    if let damage = item.damage { return .different(damage) }
    switch HashComparison(known: item.hashes, wanted: model.hashes) {
    case .equal: return there(item, model)
    case .different(let known, let wanted):
      // Where files have no names of their own, another one of this name is in nobody's way.
      guard backend.namesFiles else { return nil }
      return .different("Its \(known.kindName) is \(known.digits), not \(wanted.digits).")
    case .unknown:
      if let size = item.size, let wanted = model.size, size != wanted {
        return backend.namesFiles ? .different("It has \(size) bytes, not \(wanted).") : nil
      }
      return model.hashes.isEmpty || backend.isCloud ? there(item, model) : .unread
    }
  }

  private static func there(_ item: ManifestStock.Item, _ model: ManifestModel) -> Status {
    let missing = item.assetID == nil ? [] : model.tags.filter { !item.tags.contains($0) }
    return .there(item, missingTags: missing)
  }

  private static func statusOfDownload(
    _ model: ManifestModel, _ stock: ManifestStock, _ downloads: [Download], _ backend: Backend
  ) -> Status {
    guard let reference = model.reference else { return .unavailable(noSource) }
    if backend.isCloud,
      let refusal = CloudRules.refusal(of: reference, folder: model.folder, size: model.size)
    {
      return .unavailable(refusal)
    }
    let own = downloads.filter { $0.isOf(model, named: backend.namesFiles) }
    if let open = own.last(where: { !$0.status.isTerminal }) { return .queued(open.id) }
    let expected = backend.expectsHashes ? model.expectedHash : nil
    if let ended = own.last, ended.status.isRetriable, ended.expectedHash == expected {
      return .retriable(ended.id)
    }
    return .fetchable(reference)
  }

  private static let noSource = DownloadFailure(
    code: "NO_SOURCE", message: "The manifest does not say where it can be had.",
    hint: "Give it a url, or bring the file by other means.")

  private static func remarks(
    of model: ManifestModel, _ status: Status, _ contentPath: String?, _ backend: Backend
  ) -> [String] {
    switch status {
    case .fetchable, .retriable:
      if let contentPath, backend.namesFiles {
        return ["It is there as \(contentPath), and gets this name too without being fetched."]
      }
      let isOtherName = model.reference.map {
        if case .huggingFace = $0 { $0.provisionalName != model.name } else { false }
      }
      return isOtherName == true && !backend.namesFiles
        ? ["It comes under the name that its source gives it."] : []
    case .unavailable where contentPath != nil:
      return ["Its content is there as \(contentPath ?? "")."]
    case .there(let item, _) where !model.hashes.isEmpty && item.hashes.allSatisfy(model.lacks):
      return ["The backend tells no hash to compare."]
    default: return []
    }
  }
}

extension ManifestModel {
  fileprivate func lacks(_ hash: ContentHash) -> Bool { !hashes.contains { $0.kind == hash.kind } }
}

extension HashComparison {
  fileprivate var isNoDifference: Bool { if case .different = self { false } else { true } }
}

extension Download {
  /// Whether it fetches a model of a manifest to its place.
  ///
  /// - Parameter named: whether its name counts.
  fileprivate func isOf(_ model: ManifestModel, named: Bool) -> Bool {
    url == model.reference?.canonicalURL && folder == model.folder.name
      && (!named || (fileName ?? name) == model.name)
  }
}

extension ManifestNeed {
  /// What queues it; nil unless that is what it needs.
  public func submission(to backend: Backend) -> Submission? {
    guard case .fetchable(let reference) = status else { return nil }
    return Submission(
      url: reference.canonicalURL, tags: model.tags, folder: model.folder, name: model.name,
      fileName: backend.namesFiles ? model.name : nil,
      expectedHash: backend.expectsHashes ? model.expectedHash : nil)
  }

  /// Whether nothing is left to do, not even for its tags.
  public var isSettled: Bool {
    if case .there(_, let missingTags) = status { missingTags.isEmpty } else { false }
  }

  /// Whether nothing can be done for it here.
  public var isHopeless: Bool {
    switch status {
    case .different, .unread, .unavailable: true
    case .there, .queued, .retriable, .fetchable: false
    }
  }

  /// Whether it must be fetched, or is being.
  public var isMissing: Bool {
    switch status {
    case .queued, .retriable, .fetchable: true
    case .there, .different, .unread, .unavailable: false
    }
  }
}
