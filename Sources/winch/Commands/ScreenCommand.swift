import ArgumentParser
import Downloads
import Foundation
import Interface
import Terminal

struct ScreenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "screen",
    abstract: "Opens the screen; the same as winch alone.",
    discussion: """
      Examples:
        winch
        winch --low-bandwidth
        winch --exec 'jq -r .path >> done.txt'
      """)

  @OptionGroup var backend: BackendOptions

  @Option(
    help: ArgumentHelp(
      "Run this in a shell when a download or the queue ends; WINCH_EVENT says what happened.",
      discussion: """
        WINCH_EVENT is completed, failed or idle; the download comes as JSON on standard input.
        Example: winch --exec 'test "$WINCH_EVENT" != idle || poweroff'
        """, valueName: "command"))
  var exec: String?

  @Flag(
    help: ArgumentHelp(
      "Write less to the terminal: fewer pictures, ASCII bars, no graphs.",
      discussion: "On a line that turns out to be slow this comes by itself."))
  var lowBandwidth = false

  func run() async throws {
    let workspace = try await backend.workspace()
    do {
      let screen = try await TerminalScreen()
      try await ScreenSession(
        workspace: workspace, screen: screen, endCommand: exec, isLowBandwidth: lowBandwidth
      ).run()
    } catch let error as TerminalError {
      try await printPlainly(workspace, because: error)
    }
  }

  /// What a script or a terminal that cannot draw gets: the queue, and how to add to it.
  private func printPlainly(_ workspace: Workspace, because reason: TerminalError) async throws {
    StandardError.write(reason.message)
    let isOnline = await workspace.refresh()
    let downloads = await workspace.board.snapshot.downloads
    let table = DownloadTable(
      medium: OutputTerminal.output.medium(workspace.settings), hosts: workspace.hosts,
      isOnline: isOnline, now: Date())
    StandardOutput.write(table.lines(downloads), workspace.settings)
    if downloads.isEmpty { StandardOutput.write("Nothing is queued.") }
    StandardOutput.write("Add a download with: winch add --folder checkpoints URL")
  }
}
