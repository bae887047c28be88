import ComfyAPI

/// The models of a library, to be written down and filled elsewhere.
public struct ModelManifest: Sendable, Equatable {
  /// Of the format; a file says it, so that a later program knows how to read it.
  public static let version = 1
  /// More are not read.
  public static let mostModels = 10_000
  /// Bytes; a longer file is not read.
  public static let longestFile = 8 << 20
  /// Bytes of a link.
  public static let longestLink = 8192

  /// By folder and name when they come from a library, else in the file's order. No two have one place.
  public var models: [ManifestModel]

  public init(models: [ManifestModel] = []) { self.models = models }
}

extension ModelManifest {
  /// A stored file that is not in the manifest of its library, and why.
  public struct LeftOut: Sendable, Equatable {
    public let name: String
    public let reason: String
  }

  /// What the assets are, as far as a manifest can tell.
  ///
  /// - Parameters:
  ///   - isPinned: whether links lead to the commits that the files came from, where these are known.
  ///   - leftOut: gets those that it cannot.
  public init(
    of assets: [LibraryAsset], hosts: SourceHosts, isPinned: Bool = false,
    leftOut: inout [LeftOut]
  ) {
    var models: [String: ManifestModel] = [:]
    for asset in assets where asset.isModel {
      let name = asset.pathBelowRoot ?? asset.name
      guard let model = ManifestModel(asset, hosts: hosts, isPinned: isPinned) else {
        leftOut.append(LeftOut(name: name, reason: "Its path is none that a manifest can have."))
        continue
      }
      if let other = models[model.place] {
        guard other.hashes != model.hashes else { continue }
        leftOut.append(LeftOut(name: name, reason: "Another model has the same place."))
      } else {
        models[model.place] = model
      }
    }
    self.init(models: models.values.sorted { $0.order < $1.order })
  }

  /// Those that nobody has said where to get.
  public var withoutSource: [ManifestModel] { models.filter { $0.reference == nil } }
}

extension ManifestModel {
  /// Nil where folder or name cannot stand in a manifest.
  public init?(_ asset: LibraryAsset, hosts: SourceHosts, isPinned: Bool = false) {
    let name = asset.path?.split(separator: "/").last.map(String.init) ?? asset.name
    guard let folder = asset.folder.flatMap(Folder.init), FileName.isSafe(name),
      !name.unicodeScalars.contains("\u{FFFD}")
    else { return nil }
    self.init(
      folder: folder, name: name,
      reference: isPinned ? asset.pinnedReference(hosts) : asset.reference(hosts),
      hashes: asset.hashes, size: asset.size,
      tags: Set(asset.tags.filter(Tag.isValid)).sorted())
    // SHA-256 alone says all, and is what sites and other programs show.
    if let sha256 = hashes.first(where: { $0.kind == .sha256 }) { hashes = [sha256] }
  }

  fileprivate var order: (String, String) { (folder.name, name) }
}

extension LibraryAsset {
  /// Those of its content that are known.
  public var hashes: [ContentHash] {
    [sha256.flatMap { ContentHash(.sha256, digits: $0) }, hash.flatMap { ContentHash($0) }]
      .compactMap(\.self)
  }

  fileprivate func reference(_ hosts: SourceHosts) -> ModelReference? {
    sourceURL.flatMap { try? ModelReference(stored: $0, hosts: hosts) }?.atPublicSite
  }

  /// Civitai's versions do not change.
  fileprivate func pinnedReference(_ hosts: SourceHosts) -> ModelReference? {
    let reference = reference(hosts)
    guard case .huggingFace(let file)? = reference, let commit = metadata["commit"]?.string else {
      return reference
    }
    return .huggingFace(file.pinned(to: commit, hosts: hosts))
  }

  /// Whether it is a model, not a picture or another input.
  var isModel: Bool {
    path.map { $0.hasPrefix("models/") } ?? (folder != nil || placementTags.contains("models"))
  }
}
