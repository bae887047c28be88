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
    // Who runs it by hand watches it; a detached one has no terminal.
    // A level that is none must stand in the log, too.
    let log = ProgramLog(
      "engine", settings: settings, level: .info, watched: isDetached ? nil : .standardError)
    do {
      log.level = try settings.logLevel.value
      try await serve(log)
    } catch let failure as DownloadFailure {
      // Whoever has started it reads there why it ended; by hand it is said on the terminal.
      if isDetached { log.logger.error("\(failure.sentence)") }
      throw failure
    }
  }

  private func serve(_ log: ProgramLog) async throws {
    let logger = log.logger
    let hooks = Hooks(settings.config.hooks, environment: settings.environment, logger: logger)
    let rescan = ComfyUIRescan(try settings.comfyUIURL, logger: logger)
    let found = await OffThread.run { [settings] in FoundPlaces(settings) }
    let engine = try makeEngine(found, logger: logger)
    let addresses = try self.addresses
    let shutdown = AsyncStream.makeStream(of: Void.self)
    let interrupts = Interrupts([SIGINT, SIGTERM, SIGHUP])
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await engine.run() }
      group.addTask { await HookFeed(engine: engine, hooks: hooks).run() }
      group.addTask { await rescan.follow(engine) }
      group.addTask { await followConfig(engine, hooks, rescan, log) }
      group.addTask { await followPlaces(engine, found, logger) }
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
        throw DownloadFailure(code: "UNREACHABLE", message: error.message)
      }
    }
    logger.info("stopped")
  }

  /// Takes over what the file says after each change; a wrong file changes nothing.
  private func followConfig(
    _ engine: Engine, _ hooks: Hooks, _ rescan: ComfyUIRescan, _ log: ProgramLog
  ) async {
    let logger = log.logger
    await ConfigWatch(path: settings.configPath).run {
      do throws(DownloadFailure) {
        let new = try settings.reread()
        let level = try new.logLevel.value
        let comfyUI = try new.comfyUIURL
        let found = await OffThread.run { FoundPlaces(new) }
        await engine.adopt(try Self.configuration(new, found, logger))
        await hooks.adopt(new.config.hooks)
        rescan.adopt(comfyUI)
        log.level = level
        logger.info("took over the changed \(settings.configPath)")
      } catch {
        logger.warning("\(error.sentence) What held before goes on.")
      }
    }
  }

  /// Takes over where else ComfyUI has models, after each change of it.
  private func followPlaces(_ engine: Engine, _ found: FoundPlaces, _ logger: Logger) async {
    await PlacesWatch(settings: settings).run(knowing: found) { found in
      Self.tell(of: found, logger)
      await engine.adopt(places: found.places)
      logger.info("looks for models in \(found.places.count) other places")
    }
  }

  private static func tell(of found: FoundPlaces, _ logger: Logger) {
    for warning in found.warnings { logger.warning("\(warning)") }
  }

  /// With the places where ComfyUI has models now; what is wrong with them is logged.
  private static func configuration(
    _ settings: Settings, _ found: FoundPlaces, _ logger: Logger
  ) throws(DownloadFailure) -> EngineConfiguration {
    var configuration = try settings.engineConfiguration
    tell(of: found, logger)
    configuration.places = found.places
    return configuration
  }

  private func makeEngine(_ found: FoundPlaces, logger: Logger) throws -> Engine {
    let hosts = try settings.hosts
    let secrets = SecretStore(path: settings.secretsPath)
    let resolver = try settings.originResolver(secrets: secrets)
    let configuration = try Self.configuration(settings, found, logger)
    do {
      return try Engine(
        configuration: configuration, resolver: resolver, hosts: hosts, secrets: secrets,
        logger: logger)
    } catch {
      throw DownloadFailure(
        code: error.response.code, message: error.response.message,
        hint: error.response.details?["hint"]?.string)
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
}
