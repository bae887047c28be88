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
  /// How an engine behind SSH is reached; nil for every other backend.
  private let tunnel: SSHTunnel?

  init(_ settings: Settings) throws(DownloadFailure) {
    self.settings = settings
    hosts = try settings.hosts
    let target = try settings.target(named: settings.chosenBackend.value)
    if case .ssh(let address) = target.place {
      let tunnel = try SSHTunnel(address, environment: settings.environment)
      client = ComfyClient(
        backend: Backend(name: target.name, address: .unixSocket(path: tunnel.localPath)),
        transport: HTTPTransport())
      self.tunnel = tunnel
    } else {
      client = ComfyClient(backend: try settings.backend, transport: HTTPTransport())
      tunnel = nil
    }
    journal = try Journal(path: settings.journalPath)
    board = try Board(journal: journal, client: client)
  }

  /// The service that keeps the board true, starting a local engine when it is needed.
  var service: BoardService {
    BoardService(board: board) { () async throws(DownloadFailure) in try await reach() }
  }

  /// The same that starts no engine; the way to one behind SSH is found again.
  var lookingService: BoardService {
    BoardService(board: board) { () async throws(DownloadFailure) in
      try await openTunnel(mayAsk: false)
    }
  }

  /// Whether the backend is the engine of this machine.
  var isLocal: Bool { client.backend.name == BackendTarget.localName }

  /// Returns once the backend's engine answers: starts that of this machine where it does not run, and
  /// finds the way to one behind SSH again. Nothing is asked on the terminal, which the screen may have.
  func reach() async throws(DownloadFailure) {
    guard tunnel == nil else { return try await openTunnel(mayAsk: false) }
    try await EngineLauncher(settings: settings, client: client).reach()
  }

  /// Reaches an engine behind SSH; does nothing for other backends.
  ///
  /// - Parameter mayAsk: whether ssh may ask for a password on the terminal.
  func openTunnel(mayAsk: Bool) async throws(DownloadFailure) {
    try await tunnel?.open(mayAsk: mayAsk) { (try? await client.status()) != nil }
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
