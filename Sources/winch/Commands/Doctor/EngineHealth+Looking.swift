import ComfyClient
import Downloads
import Engine
import Model

extension EngineHealth {
  /// Judges what a backend has answered, and looks whether an engine of this machine runs.
  static func looking(
    at target: BackendTarget, answer: Answer, keySource: String?, databasePath: String
  ) -> EngineHealth {
    let place =
      switch target.place {
      case .unixSocket(let path): path
      case .ssh: target.name
      case .url(let url): url.withoutQuery
      }
    let isLocal = target.name == BackendTarget.localName
    return EngineHealth(
      backend: target.name, place: place, isLocal: isLocal, keySource: keySource,
      answer: answer, isDatabaseHeld: isLocal && Engine.isRunning(onDatabase: databasePath),
      holder: isLocal ? Engine.runningProcess(onDatabase: databasePath) : nil,
      version: Version.text)
  }

  /// Asks a backend how it stands. No engine is started.
  static func answer(of client: ComfyClient) async -> Answer {
    do throws(ClientError) {
      if !client.backend.isCloud {
        do throws(ClientError) {
          let status = try await client.status()
          return .engine(version: status.version, processID: status.processID)
        } catch  where error.kind == .notFound {
          // Another server of the contract.
        }
      }
      _ = try await client.user()
      return .account
    } catch {
      let failure = DownloadFailure(error)
      switch error.kind {
      case .unreachable, .cancelled, .rateLimited, .serverFault:
        return .unreachable(failure.message)
      case .unauthorized, .forbidden, .refused: return .refused(failure.message, hint: failure.hint)
      case .notFound, .malformed: return .malformed(failure.message)
      }
    }
  }
}
