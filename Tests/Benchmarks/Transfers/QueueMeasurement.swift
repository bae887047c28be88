import Foundation

/// What a long queue costs an engine: time to its first answer, and memory.
struct QueueMeasurement {
  let winch: String
  let tasks: Int
  let rounds: Int

  private struct Run {
    /// From the start of the process to the first answer.
    var seconds: Double
    var answerBytes: Int
    var peakMemory: Int
    var anonymousMemory: Int
  }

  func run() throws {
    var empty: [Run] = []
    var full: [Run] = []
    for _ in 0..<rounds {
      empty.append(try start(with: 0))
      full.append(try start(with: tasks))
    }
    let rows: [(String, (Run) -> Double, Int)] = [
      ("ms to the first answer", { $0.seconds * 1e3 }, 1),
      ("bytes of the answer", { Double($0.answerBytes) }, 0),
      ("peak memory MB", { Double($0.peakMemory) / 1e6 }, 1),
      ("anonymous memory MB", { Double($0.anonymousMemory) / 1e6 }, 1),
    ]
    for (name, value, digits) in rows {
      Figure.print("\(name), empty", empty.median(value), digits: digits)
      Figure.print("\(name), \(tasks)", full.median(value), digits: digits)
    }
    let difference =
      full.median { Double($0.anonymousMemory) } - empty.median { Double($0.anonymousMemory) }
    Figure.print("bytes a task", difference / Double(tasks), digits: 0)
  }

  private func start(with tasks: Int) throws -> Run {
    let home = try BenchmarkHome()
    Leftovers.add(folder: home.path(""))
    defer { home.remove() }
    // The first start makes the database.
    let first = try engine(home)
    _ = try first.firstAnswer(to: "/api/tasks")
    first.stop()
    try SampleTasks.insertQueued(tasks, into: home.path("winch/engine.sqlite"))
    let engine = try engine(home)
    defer { engine.stop() }
    let answer = try engine.firstAnswer(to: "/api/tasks")
    // The queue has begun what it can, and failed to.
    sleep(3)
    return Run(
      seconds: answer.seconds, answerBytes: answer.bytes, peakMemory: engine.figures.peakMemory,
      anonymousMemory: engine.figures.anonymousMemory)
  }

  /// An engine whose hub refuses every connection.
  private func engine(_ home: BenchmarkHome) throws -> WinchEngine {
    try WinchEngine(
      winch, models: home.path("models"), home: home, hub: "http://127.0.0.1:9",
      network: Loopback(), connections: nil)
  }
}
