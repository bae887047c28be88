import ComfyAPI
import ComfyClient
import Foundation
import OriginLab
import Transport

/// The engine's process, seen from outside.
final class MeasuredEngine: Sendable {
  private let folder: String
  private let port: Int
  private let process: ChildProcess
  private let client: ComfyClient

  private init(folder: String, port: Int, process: ChildProcess) {
    self.folder = folder
    self.port = port
    self.process = process
    client = ComfyClient(
      backend: Backend(name: "local", address: .unixSocket(path: folder + "/e.sock")),
      transport: HTTPTransport())
  }

  static func start(in folder: String, lab: OriginLab, tasks: Int) async throws -> MeasuredEngine {
    let process = try ChildProcess([
      "engine", "--folder", folder, "--hub", lab.hubEndpoint, "--civitai", lab.civitaiEndpoint,
      "--tasks", "\(tasks)",
    ])
    guard let port = Int(await process.firstLine()) else {
      throw BenchmarkError(description: "The engine did not start.")
    }
    return MeasuredEngine(folder: folder, port: port, process: process)
  }

  func stop() {
    process.stop()
  }

  private var figures: ProcessFigures {
    ProcessFigures(identifier: process.process.processIdentifier)
  }

  /// Begins the downloads and waits until all of them flow.
  func download(_ links: [String]) async throws {
    for link in links {
      _ = try await client.download(
        AssetDownloadRequest(sourceURL: link, tags: ["models", "checkpoints"]))
    }
    while try await bytesPerSecond(over: .milliseconds(500)) == 0 {}
    // The rates of connections settle.
    try await Task.sleep(for: .seconds(1))
  }

  /// Measures transfers and processor time while the body runs.
  func window(_ body: () async throws -> LoadResult?) async throws -> Window {
    let start = ContinuousClock.now
    let before = (bytes: try await bytes(), processors: figures.processorSeconds)
    let load = try await body()
    let after = (bytes: try await bytes(), processors: figures.processorSeconds)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    return Window(
      bytesPerSecond: Double(after.bytes - before.bytes) / seconds,
      engineProcessors: (after.processors - before.processors) / seconds, load: load)
  }

  /// Runs the client that makes the load to its end.
  func load(
    _ place: LoadProcess.Place, rate: Int, seconds: Int, connections: Int
  ) async throws -> LoadResult {
    let address = place == .socket ? folder + "/e.sock" : "\(port)"
    let process = try ChildProcess([
      "load", place.rawValue, address, "--rate", "\(rate)", "--seconds", "\(seconds)",
      "--connections", "\(connections)",
    ])
    defer { process.process.waitUntilExit() }
    return try JSONDecoder().decode(
      LoadResult.self, from: Data(await process.firstLine().utf8))
  }

  private func bytesPerSecond(over time: Duration) async throws -> Int64 {
    let before = try await bytes()
    try await Task.sleep(for: time)
    return try await bytes() - before
  }

  /// Bytes of all transfers on the engine's disk; 0 as long as one has none.
  private func bytes() async throws -> Int64 {
    let page = try await client.tasks(statuses: [.created, .running])
    let counts = page.tasks.map { $0.progress?.bytesDownloaded ?? 0 }
    guard counts.count == Transfers.count else {
      throw BenchmarkError(description: "Only \(counts.count) downloads are under way.")
    }
    return counts.contains(0) ? 0 : counts.reduce(0, +)
  }
}
