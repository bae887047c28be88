import ComfyAPI
import Downloads
import Foundation
import Logging
import OriginLab
import Origins
import Testing
import Transport

@testable import Engine

/// A models folder and engines on it that fetch from a lab over real connections.
final class LabBench: Sendable {
  let lab: OriginLab
  let directory: String
  private let hosts: SourceHosts

  private init(lab: OriginLab) throws {
    self.lab = lab
    directory = NSTemporaryDirectory() + "winch-lab-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    hosts = try SourceHosts(environment: [
      "HF_ENDPOINT": lab.hubEndpoint, "CIVITAI_ENDPOINT": lab.civitaiEndpoint,
    ])
  }

  static func with(_ body: (LabBench) async throws -> Void) async throws {
    try await OriginLab.withRunning { lab in
      let bench = try LabBench(lab: lab)
      defer { try? FileManager.default.removeItem(atPath: bench.directory) }
      try await body(bench)
    }
  }

  var models: String { directory + "/models" }

  /// Puts a file into a repository of the lab's hub and returns its URL.
  func offer(_ file: LabFile, name: String = "model.safetensors") -> String {
    lab.addHuggingFace(repo: "acme/model", path: name, file: file)
    return "\(lab.hubEndpoint)/acme/model/resolve/main/\(name)"
  }

  /// Runs a new engine while the body works with it. Pauses between attempts are a twentieth of what
  /// they would be.
  func withEngine<Value: Sendable>(
    connections: Int = 8, _ body: @Sendable (Engine) async throws -> Value
  ) async throws -> Value {
    let engine = try await eventually { try? self.engine(connections: connections) }
    return try await engine.running(body)
  }

  /// Downloads a file to its end.
  func download(_ file: LabFile, connections: Int = 8) async throws -> TaskResponse {
    let url = offer(file)
    return try await withEngine(connections: connections) { engine in
      try await engine.ended(try await engine.queue(url))
    }
  }

  /// The bytes under the file's final name; nil while there is none.
  var placed: [UInt8]? {
    FileManager.default.contents(atPath: models + "/checkpoints/model.safetensors").map(Array.init)
  }

  private func engine(connections: Int) throws -> Engine {
    try Engine(
      configuration: EngineConfiguration(
        modelsRoot: models, databasePath: directory + "/data/engine.sqlite",
        simultaneousDownloads: 2, connections: connections, version: "test", reservedBytes: 0,
        resolutionTimeout: .seconds(5)),
      source: OriginSource(
        resolver: OriginResolver(transport: HTTPTransport(), hosts: hosts) { OriginCredentials() }),
      hosts: hosts, secrets: SecretStore(path: directory + "/data/secrets.json"),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
      environment: EngineEnvironment(pause: { try await Task.sleep(for: $0 / 20) }))
  }
}
