import ArgumentParser
import ComfyClient
import Downloads

struct AssetsRemoveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm", abstract: "Deletes stored files.",
    discussion: """
      What goes is shown, and asked about on a terminal. Other names of the same
      content stay. With --keep-file the engine forgets tags and metadata, and
      the file stays on the disk.

      Examples:
        winch assets rm --dry-run 'checkpoints/*fp8*'
        winch assets rm --yes old.safetensors
      """)

  @Argument(
    help: "Paths, folders, names, patterns, tags or ids, as for winch verify.",
    completion: .storedFiles)
  var selection: [String]

  @Flag(help: "Ask nothing.")
  var yes = false

  @Flag(help: "Only say what would be deleted.")
  var dryRun = false

  @Flag(help: "Only forget the files, and leave them on the disk.")
  var keepFile = false

  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func validate() throws {
    guard !(yes && dryRun) else {
      throw ValidationError("--dry-run deletes nothing, so there is nothing to say --yes to.")
    }
  }

  func run() async throws {
    let workspace = try await backend.workspace()
    try await workspace.reachEngine()
    _ = await workspace.refresh()
    try await workspace.requireAnswer()
    if keepFile { try await workspace.require(.deleteFile, toDo: "forget a file and keep it") }
    let backend = await workspace.board.snapshot.backend
    let deletesFiles = !keepFile && backend.abilities.contains(.deleteFile)
    let assets = try await workspace.storedFiles(chosenBy: selection)
    let done = keepFile ? "forgotten" : "deleted"
    guard !dryRun else {
      return try workspace.rehearse(assets, wouldBe: done, json: output.json)
    }
    if !yes { try confirm(assets, in: deletesFiles ? "from the disk" : "from \(backend.name)") }
    try await workspace.change(assets, done: done, json: output.json) {
      (asset) async throws(ClientError) in
      try await workspace.client.deleteAsset(asset.id, deletesFile: deletesFiles)
      return asset
    }
  }

  private func confirm(_ assets: [LibraryAsset], in place: String) throws {
    let question = Question(
      command: "winch assets rm", refusal: "Nothing was \(keepFile ? "forgotten" : "deleted")")
    for asset in assets.prefix(Self.mostShown) { StandardError.write("  " + asset.shownPath) }
    if assets.count > Self.mostShown {
      StandardError.write("  and \(assets.count - Self.mostShown) more")
    }
    // What a backend tells may be anything.
    let bytes = assets.reduce(Int64(0)) { sum, asset in
      let (bytes, isTooMuch) = sum.addingReportingOverflow(max(0, asset.size ?? 0))
      return isTooMuch ? .max : bytes
    }
    let what = assets.count == 1 ? "this file" : "these \(assets.count) files"
    let sized = "\(what) (\(ByteCount.text(bytes)))"
    try question.ask(
      keepFile
        ? "Forget \(sized)? Tags and metadata go, the file stays." : "Delete \(sized) \(place)?")
  }

  /// Files that are named before the question; it must stay in sight.
  private static let mostShown = 20
}
