import ComfyAPI

/// What a backend has, to be compared with a manifest.
public struct ManifestStock: Sendable {
  /// A file that is there.
  public struct Item: Sendable, Equatable {
    /// Below the models root, or its folder and name where nobody tells.
    public let path: String
    /// Nil for one that is no asset: nobody has read it yet.
    public var assetID: String?
    public var hashes: [ContentHash] = []
    /// In bytes.
    public var size: Int64?
    /// Those that say where it belongs, too.
    public var tags: [String] = []
    /// Why it no longer is what was stored; nil when it is.
    public var damage: String?
  }

  private var items: [String: Item] = [:]
  private var byHash: [ContentHash: String] = [:]
  private var byID: [String: String] = [:]

  /// - Parameters:
  ///   - assets: everything that the backend has stored.
  ///   - files: the sizes of files that loaders find, by their paths below the models root; nil for a
  ///     backend whose assets alone tell what is there.
  ///   - isListed: whether a file of this path would be among them.
  public init(
    assets: [LibraryAsset], files: [String: Int64?]? = nil,
    isListed: (String) -> Bool = { _ in true }
  ) {
    for (path, size) in files ?? [:] { items[path] = Item(path: path, size: size) }
    for asset in assets {
      guard let path = asset.place else { continue }
      let file = files?[path]
      // It was removed behind the backend's back.
      if files != nil, file == nil, isListed(path) { continue }
      insert(asset, at: path, size: file ?? nil)
    }
  }

  private mutating func insert(_ asset: LibraryAsset, at path: String, size: Int64?) {
    var item = Item(
      path: path, assetID: asset.id, hashes: asset.hashes, size: size ?? asset.size,
      tags: asset.placementTags + asset.tags)
    if let stored = asset.size, let size, size != stored {
      item.damage = "It has \(size) bytes, and was stored with \(stored)."
    } else if asset.isIntact == false {
      item.damage = "winch verify has found another content than was stored."
    }
    // Of several on a backend without names the newest counts, which comes first.
    if items[path]?.assetID == nil { items[path] = item }
    byID[asset.id] = path
    guard item.damage == nil else { return }
    for hash in item.hashes where byHash[hash] == nil { byHash[hash] = path }
  }

  public func item(at place: String) -> Item? { items[place] }

  public func item(ofAsset id: String) -> Item? { byID[id].flatMap { items[$0] } }

  /// A file with this content, wherever it stands.
  public func item(of model: ManifestModel) -> Item? {
    for hash in model.hashes {
      if let path = byHash[hash] { return items[path] }
    }
    return nil
  }
}

extension LibraryAsset {
  /// Below the models root; its folder and name where the backend tells no path.
  fileprivate var place: String? {
    if let path { return path.hasPrefix("models/") ? pathBelowRoot : nil }
    return folder.map { "\(Folder($0)?.name ?? $0)/\(name)" }
  }
}
