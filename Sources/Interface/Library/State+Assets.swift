import ComfyAPI
import Downloads

/// What is done to stored files: to the one whose details are shown, else to those that are marked,
/// else to the one under the cursor.
extension State {
  var assetTargets: [LibraryAsset] {
    if levels.contains(.asset) { return library.selected.map { [$0] } ?? [] }
    return library.assets(of: library.list.targets)
  }

  // MARK: Tags

  mutating func tag(_ text: String) -> [Command] {
    guard let tags = tags(in: text, of: "tag") else { return [] }
    if let place = tags.first(where: Folder.isPlacement) {
      say(.problem("\(place) says where a file belongs, and a tag does not move it."))
      return []
    }
    let assets = assetTargets.filter { !Set(tags).isSubset(of: $0.tags) }
    guard !assets.isEmpty else {
      say(.notice("It is there already: \(tags.joined(separator: ", "))."))
      return []
    }
    say(.notice("Adding \(tags.joined(separator: ", ")) to \(named(assets))."))
    canUndo("Taken from \(named(assets)) again.", assets) { asset in
      AssetEdit(removedTags: tags.filter { !asset.tags.contains($0) })
    }
    return [.editAssets(assets.map(\.id), AssetEdit(addedTags: tags))]
  }

  mutating func untag(_ text: String) -> [Command] {
    let present = Set(tagsOfTargets)
    // A tag that somebody else gave may hold spaces.
    guard let tags = present.contains(text) ? [text] : tags(in: text, of: "untag") else {
      return []
    }
    let assets = assetTargets.filter { !Set(tags).isDisjoint(with: $0.tags) }
    guard !assets.isEmpty else {
      say(.notice("There is no \(tags.joined(separator: ", ")) to take away."))
      return []
    }
    let removed = tags.filter(present.contains)
    say(.notice("Taking \(removed.joined(separator: ", ")) from \(named(assets))."))
    canUndo("Given back to \(named(assets)).", assets) { asset in
      AssetEdit(addedTags: removed.filter(asset.tags.contains))
    }
    return [.editAssets(assets.map(\.id), AssetEdit(removedTags: removed))]
  }

  /// Nil when there are none: then they are asked for, or what is wrong is said.
  private mutating func tags(in text: String, of command: String) -> [String]? {
    if text.isEmpty {
      openPrompt(.command, command + " ")
      return nil
    }
    let typed = TagText(text)
    if let problem = typed.problem {
      say(.problem(problem))
      return nil
    }
    guard !typed.tags.isEmpty else {
      say(.problem("There is no tag in it."))
      return nil
    }
    return typed.tags
  }

  var tagsOfTargets: [String] {
    var seen: Set<String> = []
    return assetTargets.flatMap(\.tags).filter { seen.insert($0).inserted }
  }

  // MARK: Metadata and name

  /// Sets `field=value`, or the members of a JSON object; an empty value, or null, takes a field
  /// away.
  mutating func setMetadata(_ text: String) -> [Command] {
    guard !text.isEmpty else { return openPrompt(.command, "metadata ") }
    var values: [String: JSONValue]
    do {
      values = try MetadataText.parse(text)
    } catch {
      say(.problem(JSONMistake(in: text).map(\.message) ?? error.sentence))
      return []
    }
    if !text.hasPrefix("{") { values = values.mapValues { $0 == .string("") ? .null : $0 } }
    let edit = AssetEdit(metadata: values)
    guard !edit.isEmpty else { return [] }
    let assets = assetTargets
    say(.notice("Setting \(values.keys.sorted().joined(separator: ", ")) of \(named(assets))."))
    canUndo("The metadata of \(named(assets)) as before.", assets) { asset in
      let before = values.map { key, _ in (key, asset.userMetadata[key] ?? .null) }
      return AssetEdit(metadata: Dictionary(uniqueKeysWithValues: before))
    }
    return [.editAssets(assets.map(\.id), edit)]
  }

  /// The fields that the targets have, with their values where there is one target.
  var metadataOfTargets: [String] {
    let assets = assetTargets
    let keys = Set(assets.flatMap(\.userMetadata.keys)).sorted()
    guard assets.count == 1 else { return keys.map { $0 + "=" } }
    return keys.map { "\($0)=\(assets[0].userMetadata[$0]?.string ?? "")" }
  }

  mutating func rename(to text: String) -> [Command] {
    guard let asset = assetTargets.first else { return [] }
    guard !text.isEmpty else { return openPrompt(.command, "rename \(asset.name)") }
    guard text != asset.name else { return [] }
    say(.notice("\(asset.name) is called \(text) from now on; its file keeps its name."))
    canUndo("Called \(asset.name) again.", [asset]) { AssetEdit(name: $0.name) }
    return [.editAssets([asset.id], AssetEdit(name: text))]
  }

  var whyNotRename: String? {
    assetTargets.count > 1 ? "Only one file at a time can be renamed." : whyNotTarget
  }

  /// Keeps what brings each of the files back to what it was.
  private mutating func canUndo(
    _ sentence: String, _ assets: [LibraryAsset], _ edit: (LibraryAsset) -> AssetEdit
  ) {
    var groups: [(edit: AssetEdit, ids: [String])] = []
    for asset in assets {
      let back = edit(asset)
      if let place = groups.firstIndex(where: { $0.edit == back }) {
        groups[place].ids.append(asset.id)
      } else {
        groups.append((back, [asset.id]))
      }
    }
    let commands = groups.map { Command.editAssets($0.ids, $0.edit) }
    canUndo(sentence) { _ in commands }
  }

  // MARK: Deleting

  /// Deletes files, or at other backends what they keep under an asset's name.
  mutating func deleteAssets() -> [Command] {
    let deletesFiles = backend.abilities.contains(.deleteFile)
    let place = deletesFiles ? "the disk" : backend.name
    return askAway("Delete", "from \(place)", deletesFiles: deletesFiles)
  }

  /// Takes files out of the library that stay on the disk.
  mutating func forgetAssets() -> [Command] { askAway("Forget", "here", deletesFiles: false) }

  private mutating func askAway(
    _ verb: String, _ place: String, deletesFiles: Bool
  ) -> [Command] {
    let assets = assetTargets
    let ids = assets.map(\.id)
    let what = sized(assets) + hiddenRemark
    let rest = verb == "Forget" ? " Tags and metadata go, the file stays." : ""
    return ask(
      "\(verb) \(what) \(place)?\(rest)",
      refusal: verb == "Forget" ? "Nothing was forgotten." : "Nothing was deleted."
    ) { state in
      state.levels.close(.asset)
      state.say(.notice(verb == "Forget" ? "Forgetting \(what)." : "Deleting \(what)."))
      return [.deleteAssets(ids, deletingFiles: deletesFiles)]
    }
  }

  /// Marked files that the filter hides are done to as well, which must not surprise.
  private var hiddenRemark: String {
    let list = library.list
    guard !levels.contains(.asset), !list.marked.isEmpty else { return "" }
    let shown = list.visible.count { list.marked.contains(list.downloads[$0].id) }
    let hidden = list.marked.count - shown
    return hidden > 0 ? ", \(hidden) of them not shown," : ""
  }

  var whyNotForget: String? {
    backend.abilities.contains(.deleteFile)
      ? whyNotTarget : "\(backend.name) cannot forget a file and keep it."
  }

  // MARK: Words

  /// `flux.safetensors`, or `3 files`.
  func named(_ assets: [LibraryAsset]) -> String {
    assets.count == 1 ? assets[0].name : counted(assets.count, "file")
  }

  /// `flux.safetensors (12 GB)`.
  func sized(_ assets: [LibraryAsset]) -> String {
    let bytes = assets.lazy.map(\.size).knownSum
    return bytes > 0 ? "\(named(assets)) (\(ByteCount.text(bytes)))" : named(assets)
  }
}
