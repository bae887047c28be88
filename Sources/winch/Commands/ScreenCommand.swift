import ArgumentParser
import Downloads
import Foundation
import Terminal

struct ScreenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "screen",
    abstract: "Opens the screen; the same as winch alone.")

  @OptionGroup var backend: BackendOptions

  func run() async throws {
    let workspace = try backend.workspace()
    do {
      let screen = try await TerminalScreen()
      try await ScreenSession(workspace: workspace, screen: screen).run()
    } catch let error as TerminalError {
      try await printPlainly(workspace, because: error)
    }
  }

  /// What a script or a terminal that cannot draw gets: the queue, and how to add to it.
  private func printPlainly(_ workspace: Workspace, because reason: TerminalError) async throws {
    StandardError.write(reason.message)
    _ = await workspace.refresh()
    let downloads = await workspace.board.snapshot.downloads
    if downloads.isEmpty {
      StandardOutput.write("Nothing is queued.")
    } else {
      PlainList.lines(downloads).forEach(StandardOutput.write)
    }
    StandardOutput.write("Add a download with: winch add --folder checkpoints URL")
  }
}
