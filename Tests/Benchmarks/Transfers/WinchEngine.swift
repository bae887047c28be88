import Foundation

/// `winch serve` with folders of its own, and `winch add` to it.
struct WinchEngine {
  private let program: String
  private let network: any Network
  private let environment: [String: String]
  private let home: BenchmarkHome
  private let process: MeasuredProcess

  /// Starts the engine and waits until it answers.
  ///
  /// - Parameters:
  ///   - models: the models folder.
  ///   - home: its database stays there.
  ///   - connections: of one transfer, for a program that has such a choice.
  ///   - downloads: that run at one time; nil for the program's own number.
  init(
    _ program: String, models: String, home: BenchmarkHome, hub: String, network: any Network,
    connections: Int?, downloads: Int? = nil
  ) throws {
    self.program = program
    self.network = network
    self.home = home
    environment = home.environment.merging(["HF_ENDPOINT": hub]) { $1 }
    var command = [program, "serve", "--models", models]
    if let connections, try Self.hasConnections(program, home) {
      command += ["--connections", "\(connections)"]
    }
    if let downloads { command += ["--downloads", "\(downloads)"] }
    process = try MeasuredProcess(
      network.onClient(command), environment: environment, output: home.path("engine.log"))
  }

  func stop() { process.stop() }

  var figures: ProcessFigures { process.figures }

  /// Whether the program can be told how many connections a transfer has.
  static func hasConnections(_ program: String, _ home: BenchmarkHome) throws -> Bool {
    let help = home.path("help")
    try MeasuredProcess.run(
      [program, "serve", "--help"], environment: home.environment, output: help)
    return try String(contentsOfFile: help, encoding: .utf8).contains("--connections")
  }

  /// Queues links and waits until all files are there and verified.
  ///
  /// - Returns: what the engine took for it, and the time that `winch add --wait` took.
  func download(_ links: [String]) throws -> MeasuredProcess.Usage {
    let before = figures.processorSeconds
    var usage = try MeasuredProcess.run(
      network.onClient([program, "add", "--wait"] + links), environment: environment,
      output: home.path("add.log"))
    usage.processorSeconds = figures.processorSeconds - before
    usage.peakMemory = figures.peakMemory
    return usage
  }

  /// Asks until the engine answers.
  ///
  /// - Returns: seconds from the start of the process to the first answer, and its length.
  @discardableResult
  func firstAnswer(to path: String) throws -> (seconds: Double, bytes: Int) {
    let request = Array("GET \(path) HTTP/1.1\r\nHost: engine\r\n\r\n".utf8)
    for _ in 0..<30_000 where process.isRunning {
      if let socket = try? BlockingSocket(.socket, home.path("e.sock")), socket.send(request),
        let answer = socket.readAnswer(), answer.status == 200
      {
        return (process.secondsSinceStart, answer.bytes)
      }
      usleep(1_000)
    }
    let log = (try? String(contentsOfFile: home.path("engine.log"), encoding: .utf8)) ?? ""
    throw BenchmarkError(description: "The engine does not answer.\n" + log.suffix(1000))
  }
}
