import ArgumentParser
import ComfyClient
import Downloads
import Engine

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Reads stored files again, to see whether they still are what was stored.",
    discussion: """
      Each file is ok; unverified: it is what was stored, but its source
      publishes no hash; changed: it has another content; missing; or
      unreadable. The status is 1 when one of the last three was found.

      --repair fetches what is changed or missing again from where it came
      from, and waits. A changed file stays in its place until the new one is
      verified; then it stands beside it as NAME.changed.

      A word chooses files by path, folder, name, pattern for names, tag, or
      the beginning of an id, whichever of these fits first; tag:NAME and the
      like say which.

      --quiet prints only what is wrong. --progress json writes how far it is
      as lines of JSON, and what was found as the last line.

      Examples:
        winch verify
        winch verify loras 'checkpoints/*fp8*'
        winch verify --repair model.safetensors
        winch verify --quiet --json tag:production
        winch verify --progress json | jq --unbuffered '.bytes_done // .counts'
      """)

  @Argument(
    help: "Paths, folders, names, patterns, tags or ids; without any all files.",
    completion: .storedFiles)
  var selection: [String] = []

  @Flag(help: "Fetch again what is changed or missing, and wait.")
  var repair = false

  @Flag(help: "Also end with 1 for files whose hash nobody has published.")
  var strict = false

  @Option(help: "How many files are read at one time, 1 to 16: one is best for a spinning disk.")
  var atOnce = Engine.usualChecksAtOnce

  @OptionGroup var progress: ProgressOptions
  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func validate() throws {
    guard (1...Engine.mostChecksAtOnce).contains(atOnce) else {
      throw ValidationError("--at-once takes a number from 1 to \(Engine.mostChecksAtOnce).")
    }
  }

  func run() async throws {
    let workspace = try await backend.workspace()
    try await workspace.reachEngine()
    _ = await workspace.refresh()
    try await workspace.require(.verify, toDo: "read stored files again")
    if repair { try await workspace.require(.repair, toDo: "repair stored files") }
    let assets = try await workspace.storedFiles(chosenBy: selection)
    let report = VerifyReport(workspace.settings, progress, json: output.json)
    let stage = WatchedStage()
    let files = try await Waiting.forEnd(
      showing: report.display, farewell: stage.farewell
    ) {
      var verification = LibraryVerification(
        client: workspace.client, assets: assets, atOnce: atOnce, report: report)
      let files = try await verification.run()
      guard repair else { return files }
      stage.enterRepair()
      var repairs = LibraryRepair(client: workspace.client, files: files, report: report)
      return try await repairs.run()
    }
    try report.end(files, isStrict: strict, hasRepaired: repair)
  }
}
