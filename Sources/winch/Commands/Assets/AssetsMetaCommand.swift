import ArgumentParser
import ComfyAPI
import Downloads

struct AssetsMetaCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "meta",
    abstract: "Shows the metadata of stored files, sets it, and takes it away.",
    discussion: """
      Without --set, --json-value and --unset it shows what is there. Keys that
      are not named stay as they are.

      Examples:
        winch assets meta model.safetensors
        winch assets meta loras --set author=me --set 'note=for portraits'
        winch assets meta --dry-run tag:production --json-value rating=5
        winch assets meta loras --unset note
      """)

  @Argument(
    help: "Paths, folders, names, patterns, tags or ids, as for winch verify.",
    completion: .storedFiles)
  var selection: [String]

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("A text to set; may be repeated.", valueName: "key=value"))
  var texts: [String] = []

  @Option(
    name: .customLong("json-value"),
    help: ArgumentHelp(
      "A number or another value to set; may be repeated. null takes the key away.",
      valueName: "key=json"))
  var values: [String] = []

  @Option(
    name: .customLong("unset"),
    help: ArgumentHelp("A key to take away; may be repeated.", valueName: "key"),
    completion: .metadataKeys)
  var removed: [String] = []

  @OptionGroup var options: DeedOptions

  private var changesNothing: Bool { texts.isEmpty && values.isEmpty && removed.isEmpty }

  func validate() throws {
    guard !(options.dryRun && changesNothing) else {
      throw ValidationError("Say what would be changed: --set KEY=VALUE, --unset KEY.")
    }
  }

  func run() async throws {
    let changes = try changes()
    let workspace = try await options.backend.workspace()
    try await workspace.reachEngine()
    let assets = try await workspace.storedFiles(chosenBy: selection)
    guard !changesNothing else { return try show(assets) }
    sayUnknownKeys(assets)
    try await workspace.edit(assets, options, done: "changed", telling: Self.lines) { asset in
      AssetEdit(metadata: changes.filter { $1 != asset.userMetadata[$0] ?? .null })
    }
  }

  // MARK: What is asked for

  /// The values of each key; null for those that go. Everything is checked before anything is asked.
  private func changes() throws -> [String: JSONValue] {
    do {
      var changes = try MetadataText.parse(pairs: texts)
      try add(MetadataText.parse(jsonPairs: values), to: &changes)
      try add(
        Dictionary(
          removed.map { ($0.trimmingSpaces(), JSONValue.null) }, uniquingKeysWith: { $1 }),
        to: &changes)
      guard changes[""] == nil, changesNothing == changes.isEmpty else {
        throw CommandExit(
          .badInput, "A key is empty.", "Write --set KEY=VALUE, --unset KEY.")
      }
      return changes
    } catch let failure as DownloadFailure {
      throw CommandExit(failure)
    }
  }

  private func add(
    _ more: [String: JSONValue], to changes: inout [String: JSONValue]
  ) throws {
    if let both = more.keys.sorted().first(where: { changes[$0] != nil }) {
      throw CommandExit(
        .usage, "\(PlainText.sanitized(both)) is to be two things.",
        "Name it in one of --set, --json-value and --unset.")
    }
    changes.merge(more) { $1 }
  }

  // MARK: What is said

  private func show(_ assets: [LibraryAsset]) throws {
    for asset in assets {
      if options.output.json {
        StandardOutput.write(try WireFormat.encodeText(asset.json))
      } else {
        StandardOutput.write(PlainText.sanitized(asset.shownPath))
        for line in Self.lines(of: asset) { StandardOutput.write("  " + PlainText.sanitized(line)) }
      }
    }
    guard assets.allSatisfy(\.userMetadata.isEmpty) else { return }
    StandardError.write("There is no metadata: --set KEY=VALUE gives some.")
  }

  /// What no file has need not be taken away, but may be mistyped.
  private func sayUnknownKeys(_ assets: [LibraryAsset]) {
    let known = Set(assets.flatMap(\.userMetadata.keys))
    for key in removed.map({ $0.trimmingSpaces() }) where !known.contains(key) {
      StandardError.write("There is no \(key) to take away.")
      guard let nearest = NearestName.to(key, among: known.sorted()) else { continue }
      StandardError.write("Did you mean \(nearest)?")
    }
  }

  private static func lines(of asset: LibraryAsset) -> [String] {
    asset.userMetadata.sorted { $0.key < $1.key }.map { key, value in
      "\(key)=\(value.string ?? (try? WireFormat.encodeText(value)) ?? "")"
    }
  }
}
