import ComfyAPI
import Foundation
import OriginLab
import TestTerminal
import Testing

/// `winch verify`, in the real binary.
@Suite("Verifying the library", .serialized)
struct VerifyCommandTests {
  /// A library with a checkpoint, a VAE and a LoRA, each from the hub.
  private func withLibrary(_ body: (OriginLab, Sandbox) async throws -> Void) async throws {
    try await Sandbox.withLab { lab, sandbox in
      for (seed, folder) in ["checkpoints", "vae", "loras"].enumerated() {
        lab.addHuggingFace(
          repo: "org/repo", path: "\(folder).safetensors",
          file: .safetensors(size: 200_000, seed: UInt64(seed)))
        let added = try await sandbox.run([
          "add", "--wait", "--folder", folder, "--tag", "mine",
          "\(lab.hubEndpoint)/org/repo/resolve/main/\(folder).safetensors",
        ])
        try #require(added.status == 0, "\(added.errors)")
      }
      try await body(lab, sandbox)
    }
  }

  private func file(_ path: String, _ sandbox: Sandbox) -> URL {
    sandbox.root.appending(path: "models/" + path)
  }

  /// Changes a byte in the middle.
  private func spoil(_ path: String, _ sandbox: Sandbox) throws {
    let url = file(path, sandbox)
    var data = try Data(contentsOf: url)
    data[100_000] ^= 1
    try data.write(to: url)
  }

  private func files(_ output: String) throws -> [String: [String: JSONValue]] {
    let object = try WireFormat.decode([String: JSONValue].self, from: output.utf8)
    guard case .array(let files)? = object["files"] else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: files.compactMap(\.object).map { ($0["path"]?.string ?? "", $0) })
  }

  @Test("finds all well, a selection too, and says how far it is on standard error")
  func intact() async throws {
    try await withLibrary { _, sandbox in
      let all = try await sandbox.run(["verify"])
      #expect(all.status == 0, "\(all.errors)")
      #expect(
        Set(all.output.split(separator: "\n")) == [
          "ok          checkpoints/checkpoints.safetensors", "ok          vae/vae.safetensors",
          "ok          loras/loras.safetensors",
        ])
      #expect(all.errors.contains("verifying  "), "\(all.errors)")
      #expect(all.errors.hasSuffix("3 ok\n"), "\(all.errors)")
      #expect(!all.errors.contains("\u{1B}"))
      let one = try await sandbox.run(["verify", "--quiet", "--json", "vae"])
      #expect(one.status == 0, "\(one.errors)")
      #expect(one.errors == "")
      let vae = try #require(try files(one.output)["models/vae/vae.safetensors"])
      #expect(vae["status"] == "ok")
      #expect(vae["repair"] == .null)
      #expect(try files(one.output).count == 1)
      #expect(try await sandbox.run(["verify", "--quiet", "tag:mine"]).output == "")
    }
  }

  @Test("--progress json writes how far it is as lines, and what was found as the last")
  func jsonProgress() async throws {
    try await withLibrary { _, sandbox in
      let result = try await sandbox.run(["verify", "--progress", "json"])
      #expect(result.status == 0, "\(result.errors)")
      #expect(!result.errors.contains("verifying"), "\(result.errors)")
      let lines = try result.output.split(separator: "\n").map {
        try WireFormat.decode([String: JSONValue].self, from: $0.utf8)
      }
      #expect(lines.count > 1)
      for line in lines.dropLast() {
        #expect(line["stage"] == "verifying")
        #expect(line["files_total"] == 3)
      }
      #expect(lines.last?["counts"]?.object?["ok"] == 3)
      #expect(lines.last?["stage"] == nil)
    }
  }

  @Test("--progress none says nothing of how far it is, and still what was found")
  func noProgress() async throws {
    try await withLibrary { _, sandbox in
      let none = try await sandbox.run(["verify", "--progress", "none", "vae"])
      #expect(none.output == "ok          vae/vae.safetensors\n")
      #expect(none.errors == "1 ok\n")
      let both = try await sandbox.run(["verify", "--quiet", "--progress", "json"])
      #expect(both.status == 64, "\(both.errors)")
    }
  }

  @Test("finds a changed and a missing file, and --repair brings back both and nothing else")
  func repairs() async throws {
    try await withLibrary { lab, sandbox in
      try spoil("vae/vae.safetensors", sandbox)
      let spoilt = sandbox.model("vae/vae.safetensors")
      try FileManager.default.removeItem(at: file("loras/loras.safetensors", sandbox))
      let found = try await sandbox.run(["verify"])
      #expect(found.status == 1)
      #expect(found.output.contains("changed     vae/vae.safetensors\n"))
      #expect(found.output.contains("missing     loras/loras.safetensors\n"))
      #expect(found.errors.contains("1 ok, 1 changed, 1 missing"))
      #expect(found.errors.contains("--repair fetches 2 files again."), "\(found.errors)")

      let sent = lab.bytesSentByContentHost
      let repaired = try await sandbox.run(["verify", "--repair", "--json"])
      #expect(repaired.status == 0, "\(repaired.errors)")
      let files = try files(repaired.output)
      #expect(files["models/vae/vae.safetensors"]?["repair"]?.object?["status"] == "completed")
      #expect(files["models/loras/loras.safetensors"]?["status"] == "missing")
      #expect(files["models/checkpoints/checkpoints.safetensors"]?["repair"] == .null)
      #expect(lab.bytesSentByContentHost - sent == 400_000)
      #expect(sandbox.model("vae/vae.safetensors.changed") == spoilt)
      #expect(sandbox.model("loras/loras.safetensors")?.count == 200_000)
      #expect(try await sandbox.run(["verify", "--quiet"]).status == 0)
    }
  }

  @Test("a repair that fails leaves the changed file where it is, and says why")
  func failedRepair() async throws {
    try await withLibrary { lab, sandbox in
      try spoil("vae/vae.safetensors", sandbox)
      let spoilt = sandbox.model("vae/vae.safetensors")
      lab.addHuggingFace(
        repo: "org/repo", path: "vae.safetensors", file: .safetensors(size: 200_000, seed: 77))
      let result = try await sandbox.run(["verify", "--repair", "vae"])
      #expect(result.status == 1)
      #expect(result.output.contains("failed      vae/vae.safetensors\n"), "\(result.output)")
      #expect(result.errors.contains("another file than the one that was stored"))
      #expect(sandbox.model("vae/vae.safetensors") == spoilt)
      #expect(sandbox.model("vae/vae.safetensors.changed") == nil)
    }
  }

  @Test("what nobody has published is unverified, which --strict alone takes for a failure")
  func unverified() async throws {
    try await Sandbox.withLab { _, sandbox in
      let own = file("loras/own.safetensors", sandbox)
      try FileManager.default.createDirectory(
        at: own.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data([1, 2, 3]).write(to: own)
      #expect(try await sandbox.run(["assets", "scan", "--wait"]).status == 0)
      let result = try await sandbox.run(["verify"])
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.output == "unverified  loras/own.safetensors\n")
      #expect(try await sandbox.run(["verify", "--strict"]).status == 1)
      try FileManager.default.removeItem(at: own)
      let repair = try await sandbox.run(["verify", "--repair"])
      #expect(repair.status == 1)
      #expect(repair.errors.contains("Nobody has said where this file came from."))
    }
  }

  @Test("a word that means nothing ends it before anything is read") func unknown() async throws {
    try await withLibrary { _, sandbox in
      let result = try await sandbox.run(["verify", "lorsa"])
      #expect(result.status == 65)
      #expect(result.errors == "Nothing stored is called lorsa.\nDid you mean loras?\n")
      #expect(try await sandbox.run(["verify", "--at-once", "17"]).status == 64)
    }
  }

  @Test("Comfy Cloud cannot, and it says what can") func cloud() async throws {
    try await CloudBench.withRunning { bench in
      let result = try await bench.sandbox.run(["verify"])
      #expect(result.status == 69)
      #expect(result.errors.contains("cannot read stored files again"), "\(result.errors)")
      #expect(result.errors.contains("--backend local"))
    }
  }

  @Test("an interrupt stops the watching, and says what goes on") func interrupted() async throws {
    try await Sandbox.withLab { lab, sandbox in
      var file = LabFile.safetensors(size: 2_000_000, seed: 5)
      lab.addHuggingFace(repo: "org/repo", path: "m.safetensors", file: file)
      let link = "\(lab.hubEndpoint)/org/repo/resolve/main/m.safetensors"
      let added = try await sandbox.run(["add", "--wait", "--folder", "vae", link])
      try #require(added.status == 0, "\(added.errors)")
      try FileManager.default.removeItem(at: self.file("vae/m.safetensors", sandbox))
      file.faults.bytesPerSecond = 50_000
      lab.addHuggingFace(repo: "org/repo", path: "m.safetensors", file: file)
      let errors = sandbox.root.appending(path: "errors")
      let running = try sandbox.start(["verify", "--repair"], errors: errors)
      #expect(
        await eventually {
          (try? await sandbox.run(["ls"]).output.contains("running")) ?? false
        })
      kill(running.processID, SIGINT)
      #expect(await running.status() == 130)
      let said = try String(contentsOf: errors, encoding: .utf8)
      #expect(said.contains("Stopped watching."), "\(said)")
      #expect(said.contains("go on being fetched"), "\(said)")
    }
  }
}
