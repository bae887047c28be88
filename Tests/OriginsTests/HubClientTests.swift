import Foundation
import OriginLab
import TestProcesses
import Testing

/// The lab by somebody else's measure: the real `hf` downloads from it.
@Suite("The hub's own client")
struct HubClientTests {
  private static let isInstalled: Bool = {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/hf") }
  }()

  @Test(
    "downloads from the lab what the lab has",
    .enabled(if: isInstalled, "hf is not installed (pip install huggingface_hub)"),
    arguments: [false, true])
  func downloads(isGitFile: Bool) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await OriginLab.withRunning { lab in
      var file = LabFile(size: 3_000_000, seed: 5)
      file.faults.isGitFile = isGitFile
      lab.addHuggingFace(repo: "acme/model", path: "sub/m.bin", file: file)
      try await run(["acme/model", "sub/m.bin", folder.path()], endpoint: lab.hubEndpoint)
      let data = try Data(contentsOf: folder.appending(path: "files/sub/m.bin"))
      #expect(data == Data(file.bytes(0..<file.size)))
    }
  }

  private func run(_ arguments: [String], endpoint: String) async throws {
    let script = URL(filePath: #filePath).appending(path: "../../HubClient/download").standardized
    let process = Process()
    process.executableURL = script
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment
      .merging(["HF_ENDPOINT": endpoint, "HF_TOKEN": "hf_lab"]) { $1 }
    #expect(try await process.runToEnd() == 0)
  }
}
