import ArgumentParser
import Foundation

/// The screen in a terminal of 120x40, with an engine that moves as many tasks as a scene wants.
struct ScreenBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "screen", abstract: "Measures the screen in a terminal of 120x40.")

  @Option(help: "The program to measure; else the one beside this.") var winch: String?
  @Option(help: "Another program, measured in turn with the first.") var against: String?
  @Option(help: "Seconds that each is measured for.") var seconds = 8
  @Option(help: "Seconds before that.") var warm = 3
  @Option(help: "How often each scene is played.") var rounds = 3
  @Option(help: "Only scenes whose title has this.") var only: String?

  func run() async throws {
    let programs = [winch ?? beside, against].compactMap(\.self)
    for scene in ScreenScene.all where only.map(scene.title.contains) ?? true {
      var runs = programs.map { _ in [ScreenFigures]() }
      for _ in 0..<rounds {
        for (index, program) in programs.enumerated() {
          runs[index].append(try await play(scene, by: program))
        }
      }
      print("\n\(scene.title)")
      for (program, figures) in zip(programs, runs) {
        if programs.count > 1 { print("  \(program)") }
        ScreenFigures.median(of: figures).print()
      }
    }
  }

  private var beside: String {
    URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "winch").path()
  }

  private func play(_ scene: ScreenScene, by program: String) async throws -> ScreenFigures {
    let home = try BenchmarkHome()
    defer { home.remove() }
    try scene.writeJournal(at: home.path("winch/journal.sqlite"))
    var arguments = [
      "moving-engine", "--socket", home.path("e.sock"), "--count", "\(scene.count)", "--active",
      "\(scene.active)",
    ]
    if !scene.areMoving { arguments.append("--still") }
    let engine = try ChildProcess(arguments)
    defer { engine.stop() }
    guard await engine.firstLine() == "ready" else {
      throw BenchmarkError(description: "The engine did not start.")
    }
    let screen = try MeasuredScreen(program, scene.arguments, environment: home.environment)
    defer { screen.stop() }
    try await Task.sleep(for: .seconds(warm))
    return try await measure(screen, scene)
  }

  private func measure(
    _ screen: MeasuredScreen, _ scene: ScreenScene
  ) async throws -> ScreenFigures {
    let start = ContinuousClock.now
    let before = (bytes: screen.bytesWritten, processor: screen.figures.processorSeconds)
    var latencies: [Double] = []
    for key in scene.keys {
      try await Task.sleep(for: .milliseconds(150))
      if let latency = await screen.latency(of: String(key)) {
        latencies.append(latency / .milliseconds(1))
      }
    }
    try await Task.sleep(until: start + .seconds(seconds))
    let elapsed = (ContinuousClock.now - start) / .seconds(1)
    return ScreenFigures(
      firstOutput: screen.timeToFirstOutput.map { $0 / .milliseconds(1) } ?? .nan,
      bytesPerSecond: Double(screen.bytesWritten - before.bytes) / elapsed,
      processor: (screen.figures.processorSeconds - before.processor) / elapsed * 100,
      peakMemory: Double(screen.figures.peakMemory) / 1e6, latencies: latencies)
  }
}
