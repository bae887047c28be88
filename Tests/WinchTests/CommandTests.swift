import ComfyAPI
import Foundation
import OriginLab
import TestTerminal
import Testing

/// The real binary, run as a script runs it.
@Suite("Commands", .serialized)
struct CommandTests {
  private func download(_ line: String) throws -> [String: JSONValue] {
    try WireFormat.decode([String: JSONValue].self, from: line.utf8)
  }

  @Test("add --wait --json prints one verified download, and the second time fetches nothing")
  func addAndWait() async throws {
    try await Sandbox.withLab { lab, sandbox in
      let file = LabFile.safetensors(size: 3_000_000, seed: 1)
      lab.addHuggingFace(repo: "org/repo", path: "m.safetensors", file: file)
      let link = "\(lab.hubEndpoint)/org/repo/blob/main/m.safetensors"

      let first = try await sandbox.run(
        ["add", "--wait", "--json", "--folder", "checkpoints", "--tag", "mine", link])
      #expect(first.status == 0, "\(first.errors)")
      #expect(first.output.split(separator: "\n").count == 1)
      let added = try download(first.output)
      #expect(added["status"] == "completed")
      #expect(added["verified"] == true)
      #expect(added["sha256"] == .string(file.sha256))
      #expect(added["hash"]?.string?.hasPrefix("blake3:") == true)
      #expect(added["tags"] == .array(["mine"]))
      #expect(
        sandbox.model("checkpoints/m.safetensors") == Data(file.bytes(0..<file.size)))

      let sent = lab.bytesSentByContentHost
      let second = try await sandbox.run([
        "add", "--wait", "--json", "--folder", "checkpoints", link,
      ])
      #expect(second.status == 0, "\(second.errors)")
      #expect(try download(second.output)["verified"] == true)
      #expect(try download(second.output)["hash"] == added["hash"])
      #expect(lab.bytesSentByContentHost == sent)
    }
  }

  @Test("a Civitai link is placed by what Civitai says it is")
  func civitai() async throws {
    try await Sandbox.withLab { lab, sandbox in
      let file = LabFile.safetensors(size: 400_000, seed: 2)
      lab.addCivitai(
        versionID: 77, fileName: "style.safetensors", file: file, modelType: "LORA")
      let result = try await sandbox.run(
        ["add", "--wait", "--json", "\(lab.civitaiEndpoint)/api/download/models/77"])
      #expect(result.status == 0, "\(result.errors)")
      #expect(sandbox.model("loras/style.safetensors")?.count == file.size)
    }
  }

  @Test(
    "bad input is refused with status 65, and nothing is queued",
    arguments: [
      ["not a link"], ["https://example.com/m.safetensors"],
      ["http://huggingface.co.evil.example/o/n/resolve/main/m"],
      ["https://huggingface.co/o"],
      ["--folder", "../x", "https://huggingface.co/o/n/blob/main/m"],
      ["--meta", "nonsense", "https://huggingface.co/o/n/blob/main/m"],
      ["--meta-json", "[1]", "https://huggingface.co/o/n/blob/main/m"],
      ["--from", "/nowhere", "https://huggingface.co/o/n/blob/main/m"],
    ])
  func badInput(arguments: [String]) async throws {
    let sandbox = try Sandbox()
    let result = try await sandbox.run(["add"] + arguments)
    #expect(result.status == 65)
    #expect(!result.errors.isEmpty)
    let list = try await sandbox.run(["ls", "--json"])
    #expect(list.output == "{\"downloads\":[]}\n")
    await sandbox.remove()
  }

  @Test("a file that is missing, gated or private fails with a sentence and a remedy")
  func refusals() async throws {
    try await Sandbox.withLab { lab, sandbox in
      let file = LabFile.safetensors(size: 1000, seed: 3)
      lab.addHuggingFace(repo: "org/gated", path: "m", file: file, access: .gated)
      lab.addHuggingFace(repo: "org/private", path: "m", file: file, access: .privateRepo)
      lab.addHuggingFace(repo: "org/repo", path: "there", file: file)
      for (path, word) in [
        ("org/gated/resolve/main/m", "terms"), ("org/private/resolve/main/m", "HF_TOKEN"),
        ("org/repo/resolve/main/absent", "no file"),
      ] {
        let result = try await sandbox.run(
          ["add", "--wait", "--json", "--folder", "vae", "\(lab.hubEndpoint)/\(path)"])
        #expect(result.status == 1)
        #expect(try download(result.output)["status"] == "failed")
        #expect(
          result.errors.localizedCaseInsensitiveContains(word), "\(path): \(result.errors)")
      }
    }
  }

  @Test("a file with a wrong hash never appears")
  func wrongHash() async throws {
    try await Sandbox.withLab { lab, sandbox in
      var file = LabFile.safetensors(size: 200_000, seed: 4)
      file.faults.wrongPublishedHash = true
      lab.addHuggingFace(repo: "org/repo", path: "bad.safetensors", file: file)
      let result = try await sandbox.run(
        [
          "add", "--wait", "--folder", "vae",
          "\(lab.hubEndpoint)/org/repo/resolve/main/bad.safetensors",
        ])
      #expect(result.status == 1)
      #expect(result.errors.contains("SHA-256"))
      #expect(sandbox.model("vae/bad.safetensors") == nil)
    }
  }

  @Test("after kill -9 of the engine the next one goes on from what is on disk")
  func resumesAfterKill() async throws {
    try await Sandbox.withLab { lab, sandbox in
      var file = LabFile.safetensors(size: 24_000_000, seed: 6)
      file.faults.bytesPerSecond = 6_000_000
      lab.addHuggingFace(repo: "org/repo", path: "big.safetensors", file: file)
      let added = try await sandbox.run(
        ["add", "--folder", "vae", "\(lab.hubEndpoint)/org/repo/resolve/main/big.safetensors"])
      #expect(added.status == 0, "\(added.errors)")
      #expect(await eventually { lab.bytesSentByContentHost > 12_000_000 })
      let engine = try #require(try await sandbox.enginePID())
      kill(engine, SIGKILL)
      let sentBefore = lab.bytesSentByContentHost
      let again = try await sandbox.run(
        [
          "add", "--wait", "--json", "--folder", "vae",
          "\(lab.hubEndpoint)/org/repo/resolve/main/big.safetensors",
        ])
      #expect(again.status == 0, "\(again.errors)")
      #expect(sandbox.model("vae/big.safetensors") == Data(file.bytes(0..<file.size)))
      #expect(lab.bytesSentByContentHost - sentBefore < 20_000_000)
    }
  }

  @Test("without a terminal the queue is printed with how to add to it, and the status is 0")
  func plain() async throws {
    let sandbox = try Sandbox()
    let result = try await sandbox.run([])
    #expect(result.status == 0)
    #expect(result.output.contains("winch add"))
    #expect(!result.output.contains("\u{1B}"))
    await sandbox.remove()
  }

  @Test("links come from standard input, comments and blank lines aside")
  func fromInput() async throws {
    try await Sandbox.withLab { lab, sandbox in
      let file = LabFile.safetensors(size: 1000, seed: 7)
      lab.addHuggingFace(repo: "org/repo", path: "a.safetensors", file: file)
      let link = "\(lab.hubEndpoint)/org/repo/resolve/main/a.safetensors"
      let result = try await sandbox.run(
        ["add", "--wait", "--from", "-", "--folder", "vae"], input: "# mine\n\n\(link)\n\(link)\n")
      #expect(result.status == 0, "\(result.errors)")
      #expect(sandbox.model("vae/a.safetensors")?.count == 1000)
    }
  }

  @Test("no token is printed or written down, wherever it came from, but where login stores it")
  func secrets() async throws {
    try await Sandbox.withLab { lab, sandbox in
      let file = LabFile.safetensors(size: 1000, seed: 8)
      lab.addHuggingFace(
        repo: "org/repo", path: "a.safetensors", file: file, access: .requiresToken("SECRETone"))
      lab.addCivitai(
        versionID: 7, fileName: "b.safetensors", file: file, access: .requiresToken("SECRETtwo"))
      var wrong = LabFile.safetensors(size: 1000, seed: 9)
      wrong.faults.wrongPublishedHash = true
      lab.addHuggingFace(
        repo: "org/repo", path: "wrong.safetensors", file: wrong,
        access: .requiresToken("SECRETone"))
      let tokens = [
        "HF_TOKEN": "SECRETone", "CIVITAI_API_TOKEN": "SECRETtwo", "WINCH_API_KEY": "SECRETsix",
        "WINCH_LOG": "trace",
      ]
      try sandbox.configure("on_complete: env\non_failed: env\n")
      let login = try await sandbox.run(
        ["config", "login", "--no-check", "http://127.0.0.1:9"], input: "SECRETfive")
      var printed = login.output + login.errors
      for link in [
        "\(lab.hubEndpoint)/org/repo/resolve/main/a.safetensors?token=SECRETthree",
        "\(lab.hubEndpoint)/org/repo/resolve/main/missing.safetensors",
        "\(lab.hubEndpoint)/org/repo/resolve/main/wrong.safetensors?token=SECRETseven",
        "\(lab.civitaiEndpoint)/api/download/models/7?token=SECRETfour",
      ] {
        let result = try await sandbox.run(
          ["add", "--wait", "--json", "--folder", "vae", link], variables: tokens)
        printed += result.output + result.errors
      }
      #expect(sandbox.model("vae/a.safetensors")?.count == 1000, "\(printed)")
      for command in [["ls", "--json"], ["config", "show"], ["config", "show", "--json"]] {
        printed += try await sandbox.run(command, variables: tokens).output
      }
      let log = sandbox.root.appending(path: "state/winch/log")
      #expect(
        await eventually {
          let text = try? String(contentsOf: log, encoding: .utf8)
          return text?.contains("on_complete: WINCH_EVENT=completed") == true
            && text?.contains("on_failed: WINCH_EVENT=failed") == true
        })
      #expect(!printed.contains("SECRET"))
      #expect(sandbox.filesContaining("SECRET") == ["config/winch/credentials.yaml"])
      #expect(
        lab.requests.filter { $0.host == .content || $0.host == .storage }
          .allSatisfy { !"\($0)".contains("SECRET") })
    }
  }

  @Test("assets scan finds a model that was there before, and add then fetches nothing")
  func scan() async throws {
    try await Sandbox.withLab { lab, sandbox in
      let file = LabFile.safetensors(size: 300_000, seed: 5)
      lab.addHuggingFace(repo: "org/repo", path: "m.safetensors", file: file)
      let own = sandbox.root.appending(path: "models/loras/own.safetensors")
      try FileManager.default.createDirectory(
        at: own.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.bytes(0..<file.size)).write(to: own)

      let scan = try await sandbox.run(["assets", "scan", "--wait", "--json"])
      #expect(scan.status == 0, "\(scan.errors)")
      let status = try WireFormat.decode([String: JSONValue].self, from: scan.output.utf8)
      #expect(status["files"] == 1)
      #expect(status["unhashed_files"] == 0)

      let link = "\(lab.hubEndpoint)/org/repo/blob/main/m.safetensors"
      let added = try await sandbox.run([
        "add", "--wait", "--json", "--folder", "checkpoints", link,
      ])
      #expect(try download(added.output)["verified"] == true)
      #expect(sandbox.model("checkpoints/m.safetensors")?.count == file.size)
      #expect(lab.bytesSentByContentHost == 0)
    }
  }

  @Test("a token before a link's host is neither sent nor shown")
  func tokenOfUser() async throws {
    try await Sandbox.withLab { lab, sandbox in
      lab.addHuggingFace(repo: "org/repo", path: "m.gguf", file: .safetensors(size: 3000, seed: 1))
      let link = lab.hubEndpoint.replacing("//", with: "//me:MARKED@")
      for (arguments, status) in [
        (["add", "--dry-run", link + "/org/repo/resolve/main/m.gguf"], 0),
        (["add", "https://me:MARKED@evil.example/x"], 65),
        (["inspect", "https://MARKED@evil.example/x"], 65),
        (["config", "use", "http://me:MARKED@127.0.0.1:9"], 65),
      ] {
        let result = try await sandbox.run(arguments)
        #expect(Int(result.status) == status, "\(arguments): \(result.errors)")
        #expect(!(result.output + result.errors).contains("MARKED"), "\(result.errors)")
      }
      #expect(!lab.requests.contains { "\($0)".contains("MARKED") })
    }
  }

  @Test("an engine that was stopped is not running, and says so with status 69")
  func stopped() async throws {
    let sandbox = try Sandbox()
    let status = try await sandbox.run(["status"])
    #expect(status.status == 69)
    #expect(status.errors.contains("not running"))
    await sandbox.remove()
  }
}
