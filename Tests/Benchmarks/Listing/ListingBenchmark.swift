import ArgumentParser
import Foundation
import OriginLab

/// `GET /api/tasks?limit=100` while downloads run: windows without and with load take turns, and
/// what is told are medians over the windows of a kind.
///
/// Three processes take part, so that none shares threads with another: this one, which also plays
/// Hugging Face; the engine; and the client that makes the load.
struct ListingBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "listing",
    abstract: "Lists tasks from an engine that downloads, with and without load.")

  @Option(help: "Tasks in the database.") var tasks = 10_000
  @Option(help: "Requests in a second.") var rate = 1000
  @Option(help: "Kept-alive connections that share the requests.") var connections = 8
  @Option(help: "Megabytes a second of the four downloads together.") var speed = 40
  @Option(help: "Seconds of a window.") var seconds = 8
  @Option(help: "Windows of each kind, on the Unix socket and again on TCP.") var rounds = 3
  @Option(help: "A kind of connection to leave out: socket or tcp.") var without: String?

  func run() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "winch-bench-\(getpid())").path()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await OriginLab.withRunning { lab in
      let engine = try await MeasuredEngine.start(in: folder, lab: lab, tasks: tasks)
      defer { engine.stop() }
      try await engine.download(Transfers.offer(speed: speed, for: wholeTime, by: lab))
      print("\(tasks) tasks, \(rate) requests/s over \(connections) connections, four downloads")
      for place in [LoadProcess.Place.socket, .tcp] where place.rawValue != without {
        try await measure(engine, by: place)
      }
    }
  }

  /// Seconds, with time for what lies between the windows.
  private var wholeTime: Int { (seconds + 2) * (4 * rounds + 4) }

  private func measure(_ engine: MeasuredEngine, by place: LoadProcess.Place) async throws {
    // Opens the caches.
    _ = try await engine.load(place, rate: rate, seconds: 2, connections: connections)
    var quiet: [Window] = []
    var loaded: [Window] = []
    for _ in 0..<rounds {
      quiet.append(
        try await engine.window {
          try await Task.sleep(for: .seconds(seconds))
          return nil
        })
      loaded.append(
        try await engine.window {
          try await engine.load(place, rate: rate, seconds: seconds, connections: connections)
        })
    }
    Report(place: place.rawValue, quiet: quiet, loaded: loaded).print()
  }
}
