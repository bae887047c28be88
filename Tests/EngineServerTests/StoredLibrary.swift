import ComfyAPI
import Downloads
import Engine
import Foundation
import Logging
import OriginLab
import Origins
import Testing
import Transport

@testable import EngineServer

/// A server over a real engine that has fetched three files from a lab.
struct StoredLibrary {
  let server: RunningServer
  let models: String
  let lab: OriginLab

  static let files: [(name: String, folder: String, size: Int)] = [
    ("alpha.safetensors", "checkpoints", 3000), ("beta.safetensors", "loras", 1000),
    ("gamma.safetensors", "loras", 2000),
  ]

  static func with(_ use: (StoredLibrary) async throws -> Void) async throws {
    try await withTemporaryDirectory { directory in
      try await OriginLab.withRunning { lab in
        let hosts = try SourceHosts(environment: [
          "HF_ENDPOINT": lab.hubEndpoint, "CIVITAI_ENDPOINT": lab.civitaiEndpoint,
        ])
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let resolver = OriginResolver(
          transport: HTTPTransport(), hosts: hosts
        ) { OriginCredentials() }
        let engine = try Engine(
          configuration: EngineConfiguration(
            modelsRoot: directory + "/models", databasePath: directory + "/data/e.sqlite",
            version: "test", reservedBytes: 0),
          resolver: resolver, hosts: hosts,
          secrets: SecretStore(path: directory + "/data/secrets.json"), logger: logger)
        let running = Task { await engine.run() }
        try await RunningServer.onSocket(engine) { server in
          let library = StoredLibrary(server: server, models: directory + "/models", lab: lab)
          for (seed, file) in Self.files.enumerated() {
            try await library.store(file.name, in: file.folder, size: file.size, seed: seed)
          }
          try await use(library)
        }
        running.cancel()
        await running.value
      }
    }
  }

  private func store(_ name: String, in folder: String, size: Int, seed: Int) async throws {
    lab.addHuggingFace(
      repo: "org/repo", path: name, file: .safetensors(size: size, seed: UInt64(seed + 1)))
    let answer = try await server.client.download(
      AssetDownloadRequest(
        sourceURL: "\(lab.hubEndpoint)/org/repo/resolve/main/\(name)",
        tags: ["models", folder, "mine"], userMetadata: ["rank": .integer(Int64(seed))]))
    guard case .task(let task) = answer else { return }
    var status = TaskStatus.created
    while !status.isTerminal {
      try await Task.sleep(for: .milliseconds(10))
      status = try await server.client.task(task.taskID).status
    }
    #expect(status == .completed)
  }

  func get<Value: Decodable>(_ path: String, as type: Value.Type = Value.self) async throws -> Value
  {
    let answer = try await server.send("GET", path)
    #expect(answer.status == 200, "\(String(decoding: answer.body, as: UTF8.self))")
    return try WireFormat.decode(Value.self, from: answer.body)
  }

  func names(_ query: String) async throws -> [String] {
    try await get("/api/assets?" + query, as: ListAssetsResponse.self).assets.map(\.name)
      .map { String($0.prefix { $0 != "." }) }
  }

  func asset(_ name: String) async throws -> Asset {
    let list: ListAssetsResponse = try await get("/api/assets?name_contains=\(name)")
    return try #require(list.assets.first)
  }
}
