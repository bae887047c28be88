import ArgumentParser
import Downloads
import Engine
import EngineServer
import Foundation
import Logging
import Origins
import Transport

/// An engine with its servers on a Unix socket and on TCP, until it is told to end.
struct EngineProcess: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "engine", shouldDisplay: false)
  static let key = "a key for the benchmark alone"

  @Option var folder: String
  @Option var hub: String
  @Option var civitai: String
  @Option var tasks: Int

  func run() async throws {
    let hosts = try SourceHosts(environment: ["HF_ENDPOINT": hub, "CIVITAI_ENDPOINT": civitai])
    let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
    let database = folder + "/engine.sqlite"
    let engine = try Engine(
      configuration: EngineConfiguration(
        modelsRoot: folder + "/models", databasePath: database,
        simultaneousDownloads: Transfers.count, version: "bench"),
      resolver: OriginResolver(transport: HTTPTransport(), hosts: hosts) { OriginCredentials() },
      hosts: hosts, secrets: SecretStore(path: folder + "/secrets.json"), logger: logger)
    try SampleTasks.insert(tasks, into: database)
    await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await engine.run() }
      for address: EngineServer.Address in [
        .unixSocket(path: folder + "/e.sock"),
        .tcp(host: "127.0.0.1", port: 0, key: Self.key),
      ] {
        let server = EngineServer(engine: engine, address: address, logger: logger) {}
        group.addTask {
          try await server.run { port in
            // The Unix socket, which has no port, is there long before the other is asked for.
            if let port { FileHandle.standardOutput.write(Data("\(port)\n".utf8)) }
          }
        }
      }
    }
  }
}
