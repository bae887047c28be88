import ArgumentParser
import EngineServer
import Foundation
import Logging

/// The moving engine on a Unix socket, until it is told to end.
struct MovingEngineProcess: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "moving-engine", shouldDisplay: false)

  @Option var socket: String
  @Option var count: Int
  @Option var active: Int
  @Flag var still = false

  func run() async throws {
    let tasks = MovingTasks(count: count, active: active, areMoving: !still, start: Date())
    let server = EngineServer(
      serving: MovingEngine(tasks: tasks), address: .unixSocket(path: socket),
      logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
    ) {}
    try await server.run { _ in FileHandle.standardOutput.write(Data("ready\n".utf8)) }
  }
}
