import ArgumentParser
import ComfyAPI
import Downloads
import Foundation
import Interface

struct ListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ls", abstract: "Lists the downloads, oldest first.",
    discussion: """
      Filters and columns are those of the screen. Put a filter into quotes: the
      shell would take > and & for itself.

      --watch goes on until it is interrupted: a terminal has the list drawn over
      as it changes; a file or pipe, and --json, get a line for each download,
      and another whenever it has changed.

      Examples:
        winch ls
        winch ls state:failed
        winch ls 'size>5G & !tag:flux' --sort size
        winch ls --sort ended --reverse --json
        winch ls --watch '!state:ended'
        winch ls --watch --json | jq --unbuffered -r '[.status, .name] | @tsv'
      """)

  @Argument(help: "Only what matches, as on the screen: 'size>5G & !tag:flux'.")
  var expression: [String] = []

  @Option(help: "The same, for whoever prefers an option.")
  var filter: String?

  @Option(
    help: ArgumentHelp(
      "Sort by a column of the screen, such as name, size, speed, age, status or queue.",
      valueName: "column"),
    completion: .list(ListSelection.sortNames))
  var sort: String?

  @Flag(help: "The other way round.")
  var reverse = false

  @Flag(help: "Show it as it changes, until it is interrupted.")
  var watch = false

  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func run() async throws {
    let selection = try selection
    let workspace = try await backend.workspace()
    guard !watch else {
      return try await ListWatch(workspace: workspace, selection: selection, json: output.json)
        .follow()
    }
    let isOnline = await workspace.refresh()
    let all = await workspace.board.snapshot.downloads
    let now = Date()
    let downloads = selection.chosen(
      from: all, hosts: workspace.hosts, isOnline: isOnline, now: now)
    if output.json {
      let list = JSONValue.object(["downloads": .array(downloads.map(\.json))])
      StandardOutput.write(try WireFormat.encodeText(list))
    } else {
      let table = DownloadTable(
        selection, medium: OutputTerminal.output.medium(workspace.settings),
        hosts: workspace.hosts, isOnline: isOnline, now: now)
      StandardOutput.write(table.lines(downloads), workspace.settings)
      if downloads.isEmpty { Self.sayEmpty(selection, of: all.count) }
    }
    if !isOnline { try await endOffline(workspace, all) }
  }

  private var selection: ListSelection {
    get throws {
      let filters = [expression.joined(separator: " "), filter ?? ""].filter { !$0.isEmpty }
      do {
        return try ListSelection(filters: filters, sort: sort, isReversed: reverse)
      } catch {
        throw CommandExit(error)
      }
    }
  }

  private static func sayEmpty(_ selection: ListSelection, of count: Int) {
    guard count > 0 else {
      StandardError.write("Nothing is queued.")
      return StandardError.write("Add a download with: winch add --folder checkpoints URL")
    }
    selection.sayNothingMatches(of: "\(count) downloads")
  }

  /// An engine of this machine that does not run is started by whatever needs it; every other backend
  /// that does not answer is a failure, also an engine that does run.
  private func endOffline(_ workspace: Workspace, _ downloads: [Download]) async throws {
    if workspace.isLocal, let engine = SilentEngine(workspace.settings) {
      var exit = CommandExit(engine.failure)
      exit.lines.append("This is what was known last.")
      throw exit
    }
    guard workspace.isLocal else {
      throw await workspace.exitWithoutBackend(
        CommandExit(
          .unavailable, "The backend does not answer; this is what was known last.",
          "winch doctor finds out why."))
    }
    guard downloads.contains(where: { !$0.status.isTerminal }) else { return }
    StandardError.write(
      "The engine is not running; winch status --start lets these downloads go on.")
  }
}
