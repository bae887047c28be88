import ArgumentParser
import Downloads

struct AssetsTagCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag", abstract: "Adds tags to stored files, and takes tags away.",
    discussion: """
      Examples:
        winch assets tag loras --add style
        winch assets tag model.safetensors --add sdxl --add tested --remove draft
        winch assets tag --dry-run tag:production --add v2
      """)

  @Argument(
    help: "Paths, folders, names, patterns, tags or ids, as for winch verify.",
    completion: .storedFiles)
  var selection: [String]

  @Option(
    name: .customLong("add"), help: "A tag to add; may be repeated.", completion: .tags)
  var added: [String] = []

  @Option(
    name: .customLong("remove"), help: "A tag to take away; may be repeated.", completion: .tags)
  var removed: [String] = []

  @OptionGroup var options: DeedOptions

  func validate() throws {
    guard !added.isEmpty || !removed.isEmpty else {
      throw ValidationError("Say which tags: --add TAG, --remove TAG.")
    }
    if let both = added.first(where: removed.contains) {
      throw ValidationError("\(PlainText.sanitized(both)) cannot be added and taken away.")
    }
  }

  func run() async throws {
    try checkTags()
    let workspace = try await options.backend.workspace()
    try await workspace.reachEngine()
    let assets = try await workspace.storedFiles(chosenBy: selection)
    try await workspace.edit(assets, options, done: "tagged", telling: \.tags) { asset in
      AssetEdit(
        addedTags: added.filter { !asset.tags.contains($0) },
        removedTags: removed.filter(asset.tags.contains))
    }
  }

  private func checkTags() throws {
    if let tag = added.first(where: { !Tag.isValid($0) }) {
      throw CommandExit(.badInput, Tag.refusal(of: tag), Tag.rule)
    }
    if let place = (added + removed).first(where: Folder.isPlacement) {
      throw CommandExit(
        .badInput, "\(place) says where a file belongs, and a tag does not move it.")
    }
  }
}
