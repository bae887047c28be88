import ArgumentParser
import Foundation

/// How fast files come, and what that takes, beside other programs on the same machine.
struct TransfersBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transfers",
    abstract: "Downloads from a local nginx with winch, aria2c, curl and hf in turn.",
    discussion: "Without a flag the file comes over loopback. Flags choose other measurements.")

  @Flag(help: "A network of 80 ms with losses, and 60 Mbit/s a connection. Needs root.")
  var netns = false
  @Flag(help: "The engine's memory with four files at once.") var memory = false
  @Flag(help: "A long queue: the first answer and the memory of a task.") var queue = false
  @Option(help: "GiB of the file; 1 with --netns.") var gibibytes: Double?
  @Option(help: "How often each program fetches it.") var rounds = 5
  @Option(help: "Connections of a transfer; 16 with --netns.") var connections: Int?
  @Option(help: "Tasks in the queue.") var tasks = 10_000
  @Option(help: "Where the file is served from and written to.") var folder = "/dev/shm"
  @Option(help: "The program to measure; else the one beside this.") var winch: String?
  @Option(help: "Another winch, measured in turn with the first.") var against: String?
  @Option(help: "The hub's own client.") var hf = "hf"
  @Option(help: "Only programs whose name has this; may be repeated.") var only: [String] = []

  @Flag(help: "Also print each single run.") var runs = false

  func validate() throws {
    guard rounds > 0, tasks > 0, connections ?? 1 > 0, gibibytes ?? 1 > 0 else {
      throw ValidationError("Counts and sizes are above zero.")
    }
  }

  func run() throws {
    Leftovers.removeOnInterrupt()
    defer { Leftovers.remove() }
    do {
      if netns { try compareOverDistance() }
      if memory { try measureMemory() }
      if queue { try measureQueue() }
      if !netns && !memory && !queue { try compareOnLoopback() }
    } catch let error as MissingProgram {
      print("\nTransfers are not measured: \(error)")
    }
  }

  // MARK: - Measurements

  private func compareOnLoopback() throws {
    let size = gibibytes ?? 2
    try withWorkFolder { work in
      try compare(
        [.winch(chosenWinch)] + (against.map { [.winch($0)] } ?? [])
          + [.aria2(checks: false), .aria2(checks: true), .curl, .huggingFace(hf)],
        connections: connections ?? 8, gibibytes: size, over: Loopback(), in: work)
    }
  }

  private func compareOverDistance() throws {
    try withWorkFolder { work in
      let network = try DistantNetwork(in: work)
      defer { network.stop() }
      try compare(
        [.winch(chosenWinch)] + (against.map { [.winch($0)] } ?? []) + [.aria2(checks: false)],
        connections: connections ?? 16, gibibytes: gibibytes ?? 1, over: network,
        bytesPerSecond: Self.distantRate, in: work)
    }
  }

  /// 60 Mbit/s.
  private static let distantRate = 7_500_000

  private func compare(
    _ kinds: [DownloadProgram.Kind], connections: Int, gibibytes: Double, over network: any Network,
    bytesPerSecond: Int? = nil, in work: String
  ) throws {
    let file = try HubFile(
      name: "model.safetensors", bytes: Self.bytes(gibibytes), in: work + "/files")
    let hub = try LocalHub(
      serving: [file], in: work, network: network, bytesPerSecond: bytesPerSecond)
    defer { hub.stop() }
    let limit = bytesPerSecond.map { ", \($0 * 8 / 1_000_000) Mbit/s a connection" } ?? ""
    print("\n\(gibibytes) GiB over \(network.description)\(limit), medians of \(rounds)")
    let programs = kinds.map { DownloadProgram(kind: $0, connections: connections) }
      .filter { program in only.isEmpty || only.contains { program.title.contains($0) } }
    TransferComparison(
      programs: programs, file: file, hub: hub, network: network, folder: work, rounds: rounds,
      tellsRuns: runs
    ).run()
  }

  private func measureMemory() throws {
    try withWorkFolder { work in
      let files = try (1...4).map { number in
        try HubFile(
          name: "model\(number).safetensors", bytes: Self.bytes(gibibytes ?? 1),
          in: work + "/files")
      }
      let hub = try LocalHub(serving: files, in: work, network: Loopback())
      defer { hub.stop() }
      print("\nFour files of \(gibibytes ?? 1) GiB queued together, medians of \(rounds)")
      let usages = try (0..<rounds).map { _ in try downloadAll(files, hub, in: work) }
      Figure.print("seconds", usages.median(\.seconds), digits: 2)
      Figure.print("processor seconds", usages.median(\.processorSeconds), digits: 2)
      Figure.print("peak memory MB", usages.median { Double($0.peakMemory) } / 1e6, digits: 1)
    }
  }

  private func downloadAll(
    _ files: [HubFile], _ hub: LocalHub, in work: String
  ) throws -> MeasuredProcess.Usage {
    let home = try BenchmarkHome()
    Leftovers.add(folder: home.path(""))
    let models = work + "/target"
    defer {
      home.remove()
      try? FileManager.default.removeItem(atPath: models)
    }
    let engine = try WinchEngine(
      chosenWinch, models: models, home: home, hub: hub.endpoint, network: Loopback(),
      connections: connections ?? 8, downloads: files.count)
    defer { engine.stop() }
    try engine.firstAnswer(to: "/api/tasks")
    return try engine.download(files.map(hub.link))
  }

  private func measureQueue() throws {
    print("\nA queue of \(tasks) tasks against an empty one, medians of \(rounds)")
    try QueueMeasurement(winch: chosenWinch, tasks: tasks, rounds: rounds).run()
  }

  // MARK: - Parts

  private var chosenWinch: String { winch ?? DownloadProgram.besideWinch }

  private static func bytes(_ gibibytes: Double) -> Int { Int(gibibytes * Double(1 << 30)) }

  /// A folder for the files and the server, which is gone afterwards.
  private func withWorkFolder(_ body: (String) throws -> Void) throws {
    let work = "\(folder)/winch-bench-\(getpid())"
    Leftovers.add(folder: work)
    defer { try? FileManager.default.removeItem(atPath: work) }
    try FileManager.default.createDirectory(
      atPath: work + "/files", withIntermediateDirectories: true)
    try body(work)
  }
}
