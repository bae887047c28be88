import CloudLab
import ComfyAPI
import Foundation
import TestTerminal

/// The program, with the lab for its cloud.
struct CloudBench: Sendable {
  let lab: CloudLab
  let sandbox: Sandbox

  static func withRunning(_ body: (CloudBench) async throws -> Void) async throws {
    let lab = try await CloudLab.start()
    let sandbox = try Sandbox(variables: [
      "COMFY_CLOUD_API_KEY": CloudLab.key, "COMFY_CLOUD_BASE_URL": lab.origin,
    ])
    do {
      try await body(CloudBench(lab: lab, sandbox: sandbox))
    } catch {
      await sandbox.remove()
      await lab.stop()
      throw error
    }
    await sandbox.remove()
    await lab.stop()
  }

  /// Links to as many files.
  static func links(_ count: Int) -> [String] {
    (0..<count).map { "https://huggingface.co/o/n/resolve/main/\(10_000 + $0).safetensors" }
  }

  /// Writes links to a file, one a line.
  func list(of links: [String]) throws -> String {
    let path = sandbox.root.appending(path: "list.txt").path()
    try Data(links.joined(separator: "\n").utf8).write(to: URL(filePath: path))
    return path
  }

  /// What `winch ls --json` shows.
  func listed() async throws -> [[String: JSONValue]] { try await listed([:]) }

  /// What is shown without a cloud: what is in the journal.
  func kept() async throws -> [[String: JSONValue]] {
    try await listed(["COMFY_CLOUD_BASE_URL": "http://127.0.0.1:9"])
  }

  private func listed(_ variables: [String: String]) async throws -> [[String: JSONValue]] {
    let list = try await sandbox.run(["ls", "--json"], variables: variables)
    let object = try WireFormat.decode([String: JSONValue].self, from: list.output.utf8)
    guard case .array(let downloads)? = object["downloads"] else { return [] }
    return downloads.compactMap(\.object)
  }
}
