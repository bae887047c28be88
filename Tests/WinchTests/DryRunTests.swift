import ComfyAPI
import Foundation
import OriginLab
import TestTerminal
import Testing

/// `--dry-run`, in the real binary.
@Suite("Dry runs", .serialized)
struct DryRunTests {
  @Test("add says what would be queued, with size, folder and name, and queues nothing")
  func add() async throws {
    try await Sandbox.withLab { lab, sandbox in
      for name in ["a", "b"] {
        lab.addHuggingFace(
          repo: "org/repo", path: "split/\(name).safetensors",
          file: .safetensors(size: 2_000_000, seed: 4))
      }
      lab.addCivitai(
        versionID: 77, fileName: "style.safetensors", file: .safetensors(size: 400_000, seed: 2),
        modelType: "LORA")
      let one = try await sandbox.run([
        "add", "--dry-run", "--folder", "vae",
        "\(lab.hubEndpoint)/org/repo/resolve/main/split/a.safetensors",
      ])
      #expect(one.status == 0, "\(one.errors)")
      #expect(one.output == " 2.0 MB  vae/a.safetensors\n")
      #expect(one.errors == "1 file, 2.0 MB, would be queued. Nothing was, because of --dry-run.\n")
      let lora = try await sandbox.run([
        "add", "--dry-run", "--json", "--tag", "mine",
        "\(lab.civitaiEndpoint)/api/download/models/77",
      ])
      let object = try WireFormat.decode([String: JSONValue].self, from: lora.output.utf8)
      #expect(object["folder"] == "loras")
      #expect(object["name"] == "style.safetensors")
      #expect(object["tags"] == .array(["mine"]))
      let all = try await sandbox.run([
        "add", "--dry-run", "--all", "\(lab.hubEndpoint)/org/repo",
      ])
      #expect(all.output.split(separator: "\n").count == 2, "\(all.output)\(all.errors)")
      #expect(all.errors.contains("2 files, 4.0 MB, would be queued."), "\(all.errors)")
      let list = try await sandbox.run(["ls", "--json"])
      #expect(list.output == "{\"downloads\":[]}\n")
      #expect(try await sandbox.enginePID() == nil)
      #expect(lab.bytesSentByContentHost == 0)
    }
  }

  @Test("add says that a link leads nowhere")
  func missing() async throws {
    try await Sandbox.withLab { lab, sandbox in
      let result = try await sandbox.run([
        "add", "--dry-run", "\(lab.hubEndpoint)/org/repo/resolve/main/none.safetensors",
      ])
      #expect(result.status == 1)
      #expect(result.output == "")
      #expect(!result.errors.isEmpty)
    }
  }

  @Test("cancel and retry say of each whether it would be done, and do nothing")
  func actions() async throws {
    try await CloudBench.withRunning { bench in
      let sandbox = bench.sandbox
      let added = try await sandbox.run(["add", "--json"] + CloudBench.links(1))
      let id = try #require(
        try WireFormat.decode([String: JSONValue].self, from: added.output.utf8)["id"]?.string)
      let requests = bench.lab.requests.count
      let cancel = try await sandbox.run(["cancel", "--dry-run", id])
      #expect(cancel.status == 0, "\(cancel.errors)")
      #expect(cancel.output == "would be cancelled: 10000.safetensors\n")
      #expect(cancel.errors == "Nothing was done, because of --dry-run.\n")
      let retry = try await sandbox.run(["retry", "--dry-run", id])
      #expect(retry.status == 1)
      #expect(retry.errors.contains("Only a failed or cancelled download"), "\(retry.errors)")
      #expect(bench.lab.requests.dropFirst(requests).allSatisfy { !"\($0)".contains("DELETE") })
      #expect(try await bench.listed().first?["status"] != "cancelled")
    }
  }
}
