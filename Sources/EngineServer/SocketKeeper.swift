import Foundation
import Logging
import NIOCore
import NIOPosix

/// Keeps a server reachable at its socket's path: where a clean-up has removed the file or its folder, it
/// listens again as soon as there is a place, for clients would find nobody else there either.
struct SocketKeeper: Sendable {
  let logger: Logger
  let limits: ServerLimits

  /// Looks after a published socket until the task is cancelled, and then takes it away.
  func keep(_ published: SocketFile, of server: any Channel) async {
    var file = published
    var listener: (any Channel)?
    var isTold = false
    defer {
      file.withdraw()
      listener?.close(promise: nil)
    }
    while (try? await Task.sleep(for: limits.socketPatience)) != nil {
      if file.isPublished { continue }
      file.unlock()
      do throws(EngineServerError) {
        let new = try SocketFile(claiming: file.path)
        let next = try await listen(at: new, for: server)
        listener?.close(promise: nil)
        (file, listener) = (new, next)
        logger.info("listening on \(file.path) again: its socket had been removed")
        isTold = false
      } catch {
        if !isTold { logger.warning("The socket was removed. \(error.message)") }
        isTold = true
      }
    }
  }

  private func listen(
    at file: SocketFile, for server: any Channel
  ) async throws(EngineServerError) -> any Channel {
    let listener: any Channel
    do {
      listener = try await ServerBootstrap(relayingTo: server, connections: limits.connections)
        .bind(unixDomainSocketPath: file.stagingPath).get()
    } catch {
      file.withdraw()
      throw EngineServerError(listening: error)
    }
    do throws(EngineServerError) {
      try file.publish()
    } catch {
      listener.close(promise: nil)
      file.withdraw()
      throw error
    }
    return listener
  }
}
