import ArgumentParser
import ComfyAPI
import ComfyClient
import Downloads
import Foundation

struct ApplyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Fetches the models of a list that are missing, and verifies them.",
    discussion: """
      The list is what winch export writes. Each model is there, when its
      place holds its content; to tag, when it lacks tags then; queued; to
      fetch; different, when its place holds another content, which stays as
      it is; unread, when nobody knows which; or unavailable.
      What is to be done is shown, and asked about on a terminal. A model
      comes under the name, into the folder and with the tags of the list,
      and only with the hash of the list; tags that are missing are added.

      When it is interrupted the downloads go on, and the same command goes
      on watching them. Where all is there it does nothing.

      The status is 0 when all is there in the end, 73 when something cannot
      be written and nothing else is wrong, else 1. --check fetches nothing,
      and ends with 0 when there is nothing to do, else with 1.

      --quiet says only what is wrong, on standard error; where it has to ask,
      what is to be done is shown all the same.

      Examples:
        winch apply models.yaml
        winch apply --yes models.yaml
        winch apply --check --quiet models.yaml
        curl -s https://example.com/models.yaml | winch apply --yes -
      """)

  @Argument(
    help: "A list of models; - for standard input.",
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var file: String

  @Flag(help: "Ask nothing.")
  var yes = false

  @Flag(help: "Only show what would be done; the status tells whether that is nothing.")
  var check = false

  @Flag(help: "Only show what would be done.")
  var dryRun = false

  @Flag(help: "Only queue, and do not wait.")
  var noWait = false

  @OptionGroup var progress: ProgressOptions
  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func validate() throws {
    guard !(check || dryRun) || !(yes || noWait), !(check && dryRun) else {
      throw ValidationError("--check and --dry-run change nothing, and stand alone.")
    }
    guard progress.isUsual || !(check || dryRun || noWait) else {
      throw ValidationError("--progress is for downloads that are waited for.")
    }
  }

  func run() async throws {
    let settings = try backend.settings()
    let manifest = try manifest(settings)
    let workspace = try await backend.workspace()
    try await workspace.reachEngine()
    _ = await workspace.refresh()
    try await workspace.requireAnswer()
    let application = ManifestApplication(
      manifest: manifest, workspace: workspace, json: json, progress: progress, waits: !noWait)
    let plan = try await application.plan()
    try write(plan)
    if let free = await workspace.board.snapshot.backend.freeBytes, free < plan.bytesToFetch {
      StandardError.write("Only \(ByteCount.text(free)) are free: downloads wait for room.")
    }
    guard !check, !dryRun else {
      let isGood = check ? plan.isSettled : plan.hopeless.isEmpty
      guard isGood else { throw CommandExit(.downloadFailed) }
      return
    }
    guard !plan.isSettled else { return }
    if asks(plan) { try confirm() }
    try await application.carryOut(plan)
  }

  /// Standard output is JSON alone, or not at all.
  private var json: Bool { output.json || progress.choice == .json }

  /// Everything is read and checked before anything is asked.
  private func manifest(_ settings: Settings) throws -> ModelManifest {
    let input = InputFile(file)
    let data = try input.read(upTo: ModelManifest.longestFile + 1)
    guard data.count <= ModelManifest.longestFile else {
      throw CommandExit(
        .badInput,
        "\(input.name) is no list of models: it is larger than"
          + " \(ModelManifest.longestFile >> 20) MiB.")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw CommandExit(.badInput, "\(input.name) is not UTF-8 text.")
    }
    do {
      return try ModelManifest(text: text, file: input.name, hosts: try settings.hosts)
    } catch let error as ConfigError {
      throw CommandExit(error.failure(code: "INVALID_MANIFEST"))
    } catch let failure as DownloadFailure {
      throw CommandExit(failure)
    }
  }

  private func write(_ plan: ManifestPlan) throws {
    let report = ApplyReport(plan: plan)
    if json { StandardOutput.write(try WireFormat.encodeText(report.json)) }
    guard !progress.quiet || asks(plan) else {
      return report.problems.forEach(StandardError.write)
    }
    if !json { report.lines.forEach(StandardOutput.write) }
    StandardError.write(
      plan.isSettled && !plan.needs.isEmpty
        ? "Everything is there: \(report.summary)." : report.summary + ".")
  }

  private func asks(_ plan: ManifestPlan) -> Bool {
    !(yes || check || dryRun) && !plan.changes.isEmpty
  }

  private func confirm() throws {
    try Question(command: "winch apply", refusal: "Nothing was changed").ask("Do this?")
  }
}
