import ComfyAPI

/// The model files that a backend has, to be found by what a workflow says of them.
public struct StoredModels: Sendable {
  /// Where files stand: below the models root, or by their names alone where nobody tells.
  private var places: Set<String> = []
  private var byName: [String: [Place]] = [:]
  private var byHash: [String: String] = [:]

  private struct Place {
    /// The first folder of its path.
    let category: String?
    let path: String
  }

  public init() {}

  /// Adds the files that loaders find in a folder such as `loras`.
  public mutating func insert(_ files: [ModelFile], in folder: String) {
    for file in files {
      insert(NeededModel.normalized(file.name), in: Folder(folder)?.name ?? folder)
    }
  }

  public mutating func insert(_ asset: Asset) {
    let folder = Asset.folder(ofPath: asset.filePath) ?? Folder(tags: asset.tags)?.name
    let name = asset.filePath.flatMap { $0.split(separator: "/").last.map(String.init) }
    let path = insert(
      NeededModel.normalized(name ?? asset.name), in: folder.map { Folder($0)?.name ?? $0 })
    for hash in [asset.hash, asset.metadata?["sha256"]?.string.map { "sha256:" + $0 }] {
      if let hash { byHash[hash.lowercased()] = path }
    }
  }

  @discardableResult
  private mutating func insert(_ name: String, in folder: String?) -> String {
    let path = folder.map { "\($0)/\(name)" } ?? name
    guard places.insert(path).inserted, let fileName = name.split(separator: "/").last else {
      return path
    }
    let category = folder?.split(separator: "/").first.map(String.init)
    byName[String(fileName), default: []].append(Place(category: category, path: path))
    return path
  }

  /// Where a model stands under its name; nil where it does not.
  ///
  /// It does where its loader looks for it, or in another subfolder of its folder. One whose folder
  /// nobody knows may stand anywhere.
  public func path(of model: NeededModel) -> String? {
    guard let fileName = model.fileName else { return nil }
    if let folder = model.folder, places.contains("\(folder.name)/\(fileName)") {
      return "\(folder.name)/\(fileName)"
    }
    let category = model.category?.name.split(separator: "/").first.map(String.init)
    return byName[fileName]?.first { category == nil || $0.category == category }?.path
  }

  /// Where the content of a model stands under whatever name; nil where it does not.
  public func pathOfContent(_ model: NeededModel) -> String? {
    for hash in model.hashes {
      if let path = byHash[hash] { return path }
    }
    return nil
  }
}
