import Downloads
import Interface
import Logging

/// What the screen writes to the log: what went wrong, and how the backend was reached.
@MainActor
final class ScreenLog {
  private let log: ProgramLog
  private let logger: Logger
  private var connection: BackendState.Connection?

  init(_ log: ProgramLog) {
    self.log = log
    logger = log.logger
  }

  func begin(_ backend: String) { logger.info("opened", metadata: ["backend": "\(backend)"]) }

  func end() { logger.info("closed") }

  func note(_ event: Event) {
    switch event {
    case .snapshot(let snapshot): note(snapshot.backend.connection)
    case .outcome(.problem(let text)), .outcome(.submitFailed(let text)): logger.warning("\(text)")
    case .outcome(.submitted(let count)): logger.info("queued", metadata: ["downloads": "\(count)"])
    case .terminate: logger.info("asked to end")
    default: break
    }
  }

  private func note(_ connection: BackendState.Connection) {
    guard connection != self.connection else { return }
    self.connection = connection
    switch connection {
    case .connecting: break
    case .online: logger.info("the backend answers")
    case .offline(let reason): logger.warning("the backend does not answer: \(reason)")
    case .refused(let failure): logger.warning("the backend refuses: \(failure.message)")
    }
  }
}
