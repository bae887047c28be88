import ComfyClient
import Downloads
import Foundation
import Model
import Transport

/// What every command works with: the board of the chosen backend and what keeps it true.
struct Workspace: Sendable {
  let settings: Settings
  let hosts: SourceHosts
  let client: ComfyClient
  let journal: Journal
  let board: Board

  init(_ settings: Settings) throws(DownloadFailure) {
    self.settings = settings
    hosts = try settings.hosts
    client = ComfyClient(backend: try settings.backend, transport: HTTPTransport())
    journal = try Journal(path: settings.journalPath)
    board = try Board(journal: journal, client: client)
  }

  /// The service that keeps the board true, starting a local engine when it is needed.
  var service: BoardService {
    let launcher = EngineLauncher(settings: settings, client: client)
    return BoardService(board: board) { () async throws(DownloadFailure) in
      try await launcher.reach()
    }
  }

  /// How a command ends that the backend did not serve: as given, unless it is the key that the
  /// backend refuses.
  func exitWithoutBackend(_ exit: CommandExit) async -> CommandExit {
    do throws(ClientError) {
      _ = try await client.user()
    } catch {
      if [.unauthorized, .forbidden].contains(error.kind) { return CommandExit(error) }
    }
    return exit
  }

  /// Reads the backend once, without starting an engine; false when it does not answer.
  func refresh() async -> Bool { await service.refresh() }
}
