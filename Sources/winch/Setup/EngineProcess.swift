import ComfyAPI
import Downloads
import Engine
import EngineServer
import Foundation
import Logging
import Origins
import Transport

/// The engine as a process: it serves until a signal or a shutdown request ends it.
struct EngineProcess {
  let settings: Settings
  let listen: ListenAddress?
  let isDetached: Bool

  func run() async throws {
    // Out of the session of the terminal it was started from.
    if isDetached { setsid() }
    let logger = try makeLogger()
    let engine = try makeEngine(logger: logger)
    let addresses = try self.addresses
    let shutdown = AsyncStream.makeStream(of: Void.self)
    let interrupts = Interrupts([SIGINT, SIGTERM, SIGHUP])
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await engine.run() }
      group.addTask { await followConfig(engine, logger) }
      for address in addresses {
        let server = EngineServer(engine: engine, address: address, logger: logger) {
          shutdown.continuation.yield()
        }
        group.addTask {
          try await server.run { port in announce(address, port: port, logger: logger) }
        }
      }
      group.addTask { await interrupts.first() }
      group.addTask { for await _ in shutdown.stream { break } }
      // The first to end, a server that cannot listen included, ends the others; the engine then
      // writes its checkpoints and returns.
      defer { group.cancelAll() }
      do {
        try await group.next()
      } catch let error as EngineServerError {
        logger.error("\(error.message)")
        throw DownloadFailure(code: "UNREACHABLE", message: error.message)
      }
    }
    logger.info("stopped")
  }

  /// Takes over what the file says after each change; a wrong file changes nothing.
  private func followConfig(_ engine: Engine, _ logger: Logger) async {
    await ConfigWatch(path: settings.configPath).run {
      do throws(DownloadFailure) {
        await engine.adopt(try settings.reread().engineConfiguration)
        logger.info("took over the changed \(settings.configPath)")
      } catch {
        logger.warning("\(error.sentence) What held before goes on.")
      }
    }
  }

  private func makeEngine(logger: Logger) throws -> Engine {
    let hosts = try settings.hosts
    let secrets = SecretStore(path: settings.secretsPath)
    let resolver = try settings.originResolver(secrets: secrets)
    let configuration = try settings.engineConfiguration
    do {
      return try Engine(
        configuration: configuration, resolver: resolver, hosts: hosts, secrets: secrets,
        logger: logger)
    } catch {
      logger.error("\(error.response.message)")
      throw DownloadFailure(code: error.response.code, message: error.response.message)
    }
  }

  private var addresses: [EngineServer.Address] {
    get throws {
      var all = [try localAddress]
      guard let listen else { return all }
      all.append(
        .tcp(
          host: listen.host, port: listen.port, key: try EngineKey(settings: settings).value,
          certificate: listen.certificate))
      return all
    }
  }

  /// What systemd has passed, or a socket of our own.
  private var localAddress: EngineServer.Address {
    get throws {
      do {
        let inherited = try InheritedSocket(environment: settings.environment)
        return inherited.map { .inherited($0) } ?? .unixSocket(path: settings.socketPath)
      } catch {
        throw DownloadFailure(code: "UNREACHABLE", message: error.message)
      }
    }
  }

  @Sendable
  private func announce(_ address: EngineServer.Address, port: Int?, logger: Logger) {
    switch address {
    case .unixSocket(let path): logger.info("listening on \(path)")
    case .inherited(let socket):
      logger.info("listening on \(socket.path), which was passed to the engine")
      guard socket.path != settings.socketPath else { return }
      logger.warning("Clients look for the engine at \(settings.socketPath); see WINCH_SOCKET.")
    case .tcp(let host, _, _, let certificate):
      let port = port ?? 0
      logger.info("listening on \(host):\(port)\(certificate == nil ? "" : " with TLS")")
      for warning in listen?.warnings(port: port, machine: settings.machine) ?? [] {
        logger.warning("\(warning)")
      }
    }
  }

  /// A detached engine has no terminal, so it logs to a file that begins anew when it is large.
  private func makeLogger() throws -> Logger {
    let handle = isDetached ? openLog() : FileHandle.standardError
    return Logger(label: "winch") { _ in LineLogHandler(output: handle) }
  }

  private func openLog() -> FileHandle {
    let path = settings.logPath
    let folder = URL(filePath: path).deletingLastPathComponent()
    try? FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    var status = stat()
    let isLarge = stat(path, &status) == 0 && status.st_size > 8 << 20
    let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | (isLarge ? O_TRUNC : 0)
    let descriptor = open(path, flags, 0o600)
    return descriptor >= 0
      ? FileHandle(fileDescriptor: descriptor, closeOnDealloc: true) : .nullDevice
  }
}
