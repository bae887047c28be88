import Downloads
import Engine
import Foundation
import Interface
import Model
import Terminal

/// The screen at work: events in, frames and commands out.
@MainActor
struct ScreenSession {
  let workspace: Workspace
  let screen: TerminalScreen
  /// Run when a download or the queue ends; nil for none.
  let endCommand: String?
  /// Whether as little as possible is written to the terminal from the start.
  let isLowBandwidth: Bool

  /// Runs until the user leaves, and says what goes on. The terminal is restored on every way out.
  func run() async throws {
    defer { screen.restore() }
    let board = workspace.board
    let service = workspace.service
    let drafts = KeptNote<Draft>(journal: workspace.journal, name: "draft")
    let settings = KeptNote<ScreenSettings>(journal: workspace.journal, name: "screen")
    var state = State(
      size: screen.size, capabilities: screen.capabilities,
      configuration: workspace.settings.config.screen, hosts: workspace.hosts,
      snapshot: await board.snapshot, draft: drafts.value ?? Draft(),
      settings: settings.value ?? ScreenSettings(), isLowBandwidth: isLowBandwidth, now: Date())
    let events = ScreenEvents()
    let programLog = try ProgramLog("screen", settings: workspace.settings)
    let log = ScreenLog(programLog)
    log.begin(workspace.client.backend.name)
    defer { log.end() }
    let library = Library(client: workspace.client)
    let resolver = try workspace.settings.originResolver(
      secrets: SecretStore(path: workspace.settings.secretsPath))
    let performer = CommandPerformer(
      board: board, client: workspace.client, library: library, hosts: workspace.hosts,
      previews: LinkPreviews(workspace, resolver: resolver),
      pictures: PreviewPictures(workspace, resolver: resolver),
      drafts: drafts, settings: settings,
      endHook: endCommand.map { endHook($0, events) }, screen: screen, events: events)
    let background = Task {
      await withDiscardingTaskGroup { group in
        group.addTask { await service.run() }
        group.addTask { await events.forward(board) }
        group.addTask { await events.forward(library) }
        group.addTask { await events.tick() }
        group.addTask { await events.followConfig(of: workspace.settings, log: programLog) }
      }
    }
    let keys = Task { for await event in screen.events { events.send(event) } }
    defer {
      background.cancel()
      keys.cancel()
    }

    screen.present(state.frame(), state.modes)
    for await event in events.stream {
      log.note(event)
      let commands = state.apply(event)
      if event.isFromUser, !commands.isEmpty { events.awaitNews() }
      for command in commands { performer.perform(command) }
      guard state.isRunning else { break }
      screen.present(state.frame(), state.modes)
    }
    await performer.finish()
    screen.restore()
    if let farewell = state.farewell { StandardOutput.write(farewell) }
  }

  private func endHook(_ command: String, _ events: ScreenEvents) -> EndHook {
    EndHook(command: command) { events.send(.outcome(.problem($0))) }
  }
}
