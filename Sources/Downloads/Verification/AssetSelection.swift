/// Which stored files people mean: by name, folder, tag or the beginning of an id.
public enum AssetSelection {
  /// Why a word means nothing.
  public struct Unmatched: Error, Equatable {
    public let word: String
    /// A name, folder or tag that may be meant.
    public let nearest: String?
  }

  /// The assets that the words mean, each once, in their order; all of them without words.
  ///
  /// A word is a path, a folder with all below it, a name or a pattern for names, a tag, or an id's
  /// first letters; the first of these that fits something holds. `folder:`, `name:`, `tag:` and `id:`
  /// before it say which is meant.
  public static func chosen(
    by words: [String], from assets: [LibraryAsset]
  ) throws(Unmatched) -> [LibraryAsset] {
    guard !words.isEmpty else { return assets }
    var ids: Set<String> = []
    for word in words {
      let matches = matches(of: word, among: assets)
      guard !matches.isEmpty else {
        throw Unmatched(word: word, nearest: nearest(to: word, among: assets))
      }
      ids.formUnion(matches.map(\.id))
    }
    return assets.filter { ids.contains($0.id) }
  }

  /// Whether a word says before a colon what it means.
  public static func hasKind(_ word: String) -> Bool {
    Kind.allCases.contains { word.hasPrefix($0.rawValue + ":") }
  }

  private static func matches(of word: String, among assets: [LibraryAsset]) -> [LibraryAsset] {
    for kind in Kind.allCases {
      guard word.hasPrefix(kind.rawValue + ":") else { continue }
      let rest = String(word.dropFirst(kind.rawValue.count + 1))
      return assets.filter { kind.fits($0, rest) }
    }
    for kind in Kind.allCases {
      let matches = assets.filter { kind.fits($0, word) }
      if !matches.isEmpty { return matches }
    }
    return []
  }

  /// In the order in which they are tried.
  private enum Kind: String, CaseIterable {
    case path, folder, name, tag, id

    func fits(_ asset: LibraryAsset, _ word: String) -> Bool {
      guard !word.isEmpty else { return false }
      switch self {
      case .path: return asset.path == word || asset.path == "models/" + word
      case .folder: return isFolder(asset.folder, word)
      case .name: return isNamed(asset, word)
      case .tag: return (asset.tags + asset.placementTags).contains(word)
      case .id: return asset.id.hasPrefix(word.lowercased())
      }
    }

    private func isFolder(_ folder: String?, _ word: String) -> Bool {
      guard let folder else { return false }
      var wanted = word.hasPrefix("models/") ? String(word.dropFirst("models/".count)) : word
      while wanted.hasSuffix("/") { wanted.removeLast() }
      wanted = Folder(wanted)?.name ?? wanted
      return folder == wanted || folder.hasPrefix(wanted + "/")
    }

    private func isNamed(_ asset: LibraryAsset, _ word: String) -> Bool {
      guard !asset.names.contains(word) else { return true }
      guard word.contains(where: { "*?[".contains($0) }) else { return false }
      let glob = Glob(word)
      // A pattern for names says nothing of folders.
      guard word.contains("/") else { return asset.names.contains(where: glob.matches) }
      return asset.pathBelowRoot.map(glob.matches) == true
    }
  }

  private static func nearest(to word: String, among assets: [LibraryAsset]) -> String? {
    var names: Set<String> = []
    for asset in assets {
      names.insert(asset.name)
      if let folder = asset.folder { names.insert(folder) }
      names.formUnion(asset.tags)
    }
    // Each is compared letter by letter.
    return NearestName.to(word, among: Array(names.sorted().prefix(2000)))
  }
}

extension LibraryAsset {
  /// Without `models/`; nil where the backend does not tell.
  public var pathBelowRoot: String? {
    path.map { $0.hasPrefix("models/") ? String($0.dropFirst("models/".count)) : $0 }
  }

  /// What the user calls it, and what its file is called.
  fileprivate var names: Set<String> {
    Set([name, path?.split(separator: "/").last.map(String.init)].compactMap(\.self))
  }
}
