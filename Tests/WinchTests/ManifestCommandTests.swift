import CloudLab
import ComfyAPI
import Foundation
import OriginLab
import TestTerminal
import Testing

/// `winch export` and `winch apply`, in the real binary.
@Suite("Manifests", .serialized)
struct ManifestCommandTests {
  /// A library with a checkpoint of the hub and a LoRA of Civitai, each with a tag.
  private func withLibrary(_ body: (OriginLab, Sandbox) async throws -> Void) async throws {
    try await Sandbox.withLab { lab, sandbox in
      lab.addHuggingFace(
        repo: "org/repo", path: "m.safetensors", file: .safetensors(size: 300_000, seed: 1))
      lab.addCivitai(
        versionID: 77, fileName: "style.safetensors", file: .safetensors(size: 200_000, seed: 2))
      for (folder, link) in [
        ("checkpoints/own", "\(lab.hubEndpoint)/org/repo/resolve/main/m.safetensors"),
        ("loras", "\(lab.civitaiEndpoint)/api/download/models/77"),
      ] {
        let added = try await sandbox.run([
          "add", "--wait", "--folder", folder, "--tag", "mine", link,
        ])
        try #require(added.status == 0, "\(added.errors)")
      }
      try await body(lab, sandbox)
    }
  }

  /// Another machine, with nothing on it.
  private func withBox(_ lab: OriginLab, _ body: (Sandbox) async throws -> Void) async throws {
    let box = try Sandbox(lab: lab)
    do {
      try await body(box)
    } catch {
      await box.remove()
      throw error
    }
    await box.remove()
  }

  private func write(_ text: String, _ sandbox: Sandbox) throws -> String {
    let path = sandbox.root.appending(path: "models.yaml").path()
    try Data(text.utf8).write(to: URL(filePath: path))
    return path
  }

  private func exported(_ sandbox: Sandbox) async throws -> String {
    let result = try await sandbox.run(["export"])
    try #require(result.status == 0, "\(result.errors)")
    return result.output
  }

  private func removeModels(_ sandbox: Sandbox) throws {
    for folder in ["checkpoints", "loras"] {
      try FileManager.default.removeItem(at: sandbox.root.appending(path: "models/" + folder))
    }
  }

  /// The models of the first line that a program gets.
  private func models(_ output: String) throws -> [[String: JSONValue]] {
    let line = try #require(output.split(separator: "\n").first)
    let object = try WireFormat.decode([String: JSONValue].self, from: line.utf8)
    guard case .array(let models)? = object["models"] else { return [] }
    return models.compactMap(\.object)
  }

  @Test("what was exported fills the folder again, verified, and a second time nothing is done")
  func refills() async throws {
    try await withLibrary { lab, sandbox in
      let yaml = try await exported(sandbox)
      let hash = LabFile.safetensors(size: 300_000, seed: 1).sha256
      #expect(
        yaml.contains(
          """
          version: 1
          models:
          - url: https://huggingface.co/org/repo/resolve/main/m.safetensors
            folder: checkpoints/own
            name: m.safetensors
            sha256: \(hash)
            size: 300000
            tags: [mine]
          - url:
          """), "\(yaml)")
      let path = try write(yaml, sandbox)
      let before = ["checkpoints/own/m.safetensors", "loras/style.safetensors"].map(sandbox.model)
      try removeModels(sandbox)
      #expect(try await sandbox.run(["verify", "--quiet"]).status == 1)
      #expect(try await sandbox.run(["apply", "--check", path]).status == 1)
      #expect(sandbox.model("checkpoints/own/m.safetensors") == nil)

      let first = try await sandbox.run(["apply", "--yes", path])
      #expect(first.status == 0, "\(first.errors)")
      #expect(first.output.contains("+ to fetch     checkpoints/own/m.safetensors  300 kB\n"))
      #expect(first.errors.hasPrefix("2 to fetch (500 kB).\n"), "\(first.errors)")
      #expect(first.errors.hasSuffix("Everything is there: 2 there.\n"), "\(first.errors)")
      #expect(
        ["checkpoints/own/m.safetensors", "loras/style.safetensors"].map(sandbox.model) == before)

      let requests = lab.requests.count
      let second = try await sandbox.run(["apply", path])
      #expect(second.status == 0, "\(second.errors)")
      #expect(second.output == "")
      #expect(second.errors == "Everything is there: 2 there.\n")
      #expect(try await sandbox.run(["apply", "--check", path]).status == 0)
      #expect(lab.requests.count == requests)
      #expect(try await exported(sandbox) == yaml)
      #expect(try await sandbox.run(["verify", "--strict", "--quiet"]).status == 0)
    }
  }

  @Test("pinned links bring the files that were there when others have taken their names")
  func pinned() async throws {
    try await withLibrary { lab, sandbox in
      let main = try await exported(sandbox)
      let pinned = try await sandbox.run(["export", "--pin"])
      #expect(pinned.output.contains(/org\/repo\/resolve\/[0-9a-f]{40}\/m\.safetensors\n/))
      #expect(!pinned.output.contains("/resolve/main/"))
      lab.addHuggingFace(
        repo: "org/repo", path: "m.safetensors", file: .safetensors(size: 300_000, seed: 9))
      try await withBox(lab) { box in
        let refused = try await box.run(["apply", "--yes", try write(main, box)])
        #expect(refused.status == 1)
        #expect(
          refused.errors.contains("leads to another file than is asked for"), "\(refused.errors)")
        let applied = try await box.run(["apply", "--yes", try write(pinned.output, box)])
        #expect(applied.status == 0, "\(applied.errors)")
        let place = "checkpoints/own/m.safetensors"
        #expect(box.model(place) == sandbox.model(place))
      }
    }
  }

  @Test("a library that never saw them gets the models, from standard input as well")
  func elsewhere() async throws {
    try await withLibrary { lab, sandbox in
      let yaml = try await exported(sandbox)
      try await withBox(lab) { box in
        let result = try await box.run(["apply", "--yes", "--json", "-"], input: yaml)
        #expect(result.status == 0, "\(result.errors)")
        #expect(try models(result.output).map { $0["status"] } == ["fetchable", "fetchable"])
        #expect(result.output.split(separator: "\n").count == 3)
        #expect(
          box.model("loras/style.safetensors") == sandbox.model("loras/style.safetensors"))
        #expect(try await exported(box) == yaml)
      }
    }
  }

  @Test("without a terminal and --yes nothing is changed, and --dry-run and --check change nothing")
  func asks() async throws {
    try await withLibrary { lab, sandbox in
      let path = try write(try await exported(sandbox), sandbox)
      try removeModels(sandbox)
      let requests = lab.requests.count
      let result = try await sandbox.run(["apply", path])
      #expect(result.status == 64)
      #expect(result.errors.contains("winch apply needs --yes"), "\(result.errors)")
      #expect(try await sandbox.run(["apply", "--dry-run", path]).status == 0)
      #expect(try await sandbox.run(["apply", "--check", "--json", path]).status == 1)
      #expect(lab.requests.count == requests)
      #expect(try await sandbox.run(["apply", "--check", "--yes", path]).status == 64)
    }
  }

  @Test("with --quiet only what is wrong is said, and JSON where it is asked for")
  func quiet() async throws {
    try await withLibrary { lab, sandbox in
      let path = try write(try await exported(sandbox), sandbox)
      try removeModels(sandbox)
      let check = try await sandbox.run(["apply", "--check", "--quiet", path])
      #expect(check.status == 1)
      #expect(check.output + check.errors == "")
      let filled = try await sandbox.run(["apply", "--yes", "--quiet", path])
      #expect(filled.status == 0, "\(filled.errors)")
      #expect(filled.output + filled.errors == "")
      #expect(sandbox.model("loras/style.safetensors") != nil)
      let json = try await sandbox.run(["apply", "--quiet", "--json", path])
      #expect(try models(json.output).map { $0["status"] } == ["there", "there"])
      #expect(json.errors == "")

      let hash = LabFile.safetensors(size: 300_000, seed: 1).sha256
      let wrong = try write(
        try await exported(sandbox).replacing(hash, with: String(repeating: "a", count: 64)),
        sandbox)
      let told = try await sandbox.run(["apply", "--quiet", wrong])
      #expect(told.status == 1)
      #expect(told.output == "")
      #expect(
        told.errors.hasPrefix("! different    checkpoints/own/m.safetensors"), "\(told.errors)")
      #expect(!told.errors.contains("1 there"), "\(told.errors)")
    }
  }

  @Test("where --quiet has to ask, it shows for what") func quietQuestion() async throws {
    try await withLibrary { _, sandbox in
      let path = try write(try await exported(sandbox), sandbox)
      try removeModels(sandbox)
      let terminal = try TmuxTerminal(sandbox)
      defer { terminal.close() }
      try terminal.type("'\(Sandbox.binary.path())' apply --quiet \(path); echo status=$?")
      try terminal.press("Enter")
      #expect(await terminal.shows("+ to fetch", "Do this? [y/N]"), "\(terminal.text)")
      try terminal.press("n", "Enter")
      #expect(await terminal.shows("Nothing was changed.", "status=1"), "\(terminal.text)")
    }
  }

  @Test("on a terminal it asks, and no is no") func terminal() async throws {
    try await withLibrary { lab, sandbox in
      let path = try write(try await exported(sandbox), sandbox)
      try removeModels(sandbox)
      let requests = lab.requests.count
      let terminal = try TmuxTerminal(sandbox)
      defer { terminal.close() }
      try terminal.type("'\(Sandbox.binary.path())' apply \(path); echo status=$?")
      try terminal.press("Enter")
      #expect(await terminal.shows("+ to fetch", "Do this? [y/N]"), "\(terminal.text)")
      try terminal.press("n", "Enter")
      #expect(await terminal.shows("Nothing was changed.", "status=1"), "\(terminal.text)")
      #expect(lab.requests.count == requests)
    }
  }

  @Test("another content in a model's place stays, and both hashes are told")
  func different() async throws {
    try await withLibrary { lab, sandbox in
      let hash = LabFile.safetensors(size: 300_000, seed: 1).sha256
      let wrong = String(repeating: "a", count: 64)
      let path = try write(
        try await exported(sandbox).replacing(hash, with: wrong), sandbox)
      let there = sandbox.model("checkpoints/own/m.safetensors")
      let result = try await sandbox.run(["apply", "--yes", path])
      #expect(result.status == 1)
      #expect(result.output.contains("! different    checkpoints/own/m.safetensors\n"))
      #expect(result.output.contains("Its SHA-256 is \(hash), not \(wrong)."))
      #expect(sandbox.model("checkpoints/own/m.safetensors") == there)
    }
  }

  @Test(
    "a link that leads to another content than the manifest says brings nothing into the folder")
  func wrongHash() async throws {
    try await Sandbox.withLab { lab, sandbox in
      var silent = LabFile.safetensors(size: 200_000, seed: 8)
      silent.faults.announceNoHash = true
      let file = LabFile.safetensors(size: 300_000, seed: 1)
      lab.addHuggingFace(repo: "org/repo", path: "m.safetensors", file: file)
      lab.addHuggingFace(repo: "org/repo", path: "s.safetensors", file: silent)
      let wrong = String(repeating: "a", count: 64)
      func manifest(_ name: String, _ hash: String) -> String {
        """
        version: 1
        models:
        - url: \(lab.hubEndpoint)/org/repo/resolve/main/\(name).safetensors
          folder: loras
          sha256: \(hash)
        """
      }
      for (name, file) in [("m", file), ("s", silent)] {
        let result = try await sandbox.run(
          ["apply", "--yes", "-"], input: manifest(name, wrong))
        #expect(result.status == 1, "\(result.errors)")
        #expect(result.errors.contains(file.sha256), "\(result.errors)")
        #expect(result.errors.contains(wrong), "\(result.errors)")
        #expect(sandbox.model("loras/\(name).safetensors") == nil)
        let right = try await sandbox.run(
          ["apply", "--yes", "-"], input: manifest(name, file.sha256))
        #expect(right.status == 0, "\(right.errors)")
        #expect(sandbox.model("loras/\(name).safetensors")?.count == file.size)
      }
    }
  }

  @Test("models of one content become links, and missing tags are added, without a byte")
  func linksAndTags() async throws {
    try await withLibrary { lab, sandbox in
      let yaml = try await exported(sandbox)
        .replacing("folder: loras\n  name: style", with: "folder: loras\n  name: second")
        .replacing("[mine]", with: "[mine, more]")
      let path = try write(yaml, sandbox)
      let sent = lab.bytesSentByContentHost
      let result = try await sandbox.run(["apply", "--yes", path])
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.output.contains("+ to tag       checkpoints/own/m.safetensors\n"))
      #expect(result.output.contains("adds more"))
      #expect(
        sandbox.model("loras/second.safetensors") == sandbox.model("loras/style.safetensors"))
      // Civitai is asked for the first byte, to see where the file is.
      #expect(lab.bytesSentByContentHost - sent < 100)
      #expect(try await sandbox.run(["apply", "--check", path]).status == 0)

      let twins = try await exported(sandbox)
      #expect(twins.contains("second.safetensors") && twins.contains("style.safetensors"))
      try removeModels(sandbox)
      let both = try await sandbox.run(["apply", "--yes", "-"], input: twins)
      #expect(both.status == 0, "\(both.errors)")
      #expect((500_000..<500_100).contains(lab.bytesSentByContentHost - sent))
    }
  }

  @Test("an interrupt leaves the downloads going on, and the same command watches them to the end")
  func interrupted() async throws {
    try await Sandbox.withLab { lab, sandbox in
      var file = LabFile.safetensors(size: 500_000, seed: 5)
      file.faults.bytesPerSecond = 50_000
      lab.addHuggingFace(repo: "org/repo", path: "m.safetensors", file: file)
      let path = try write(
        """
        version: 1
        models:
        - url: \(lab.hubEndpoint)/org/repo/resolve/main/m.safetensors
          folder: vae
          sha256: \(file.sha256)
        """, sandbox)
      let errors = sandbox.root.appending(path: "errors")
      let running = try sandbox.start(["apply", "--yes", path], errors: errors)
      #expect(
        await eventually {
          (try? await sandbox.run(["ls"]).output.contains("running")) ?? false
        })
      kill(running.processID, SIGINT)
      #expect(await running.status() == 130)
      #expect(try String(contentsOf: errors, encoding: .utf8).contains("The downloads go on"))
      file.faults.bytesPerSecond = nil
      lab.addHuggingFace(repo: "org/repo", path: "m.safetensors", file: file)
      let again = try await sandbox.run(["apply", path])
      #expect(again.status == 0, "\(again.errors)")
      #expect(again.output.contains("+ queued       vae/m.safetensors"), "\(again.output)")
      let list = try await sandbox.run(["ls", "--json"])
      #expect(list.output.split(separator: "\"task_id\"").count == 2, "\(list.output)")
    }
  }

  @Test("a file that others put into its place is read before it is judged")
  func unread() async throws {
    try await withLibrary { lab, sandbox in
      let yaml = try await exported(sandbox)
      try await withBox(lab) { box in
        let place = box.root.appending(path: "models/loras/style.safetensors")
        try FileManager.default.createDirectory(
          at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try #require(sandbox.model("loras/style.safetensors")).write(to: place)
        let result = try await box.run(["apply", "--check", "--json", "-"], input: yaml)
        #expect(try models(result.output).map { $0["status"] } == ["fetchable", "there"])
      }
    }
  }

  @Test(
    "a model without a link is written down with a comment, and apply says that it cannot be had")
  func withoutLink() async throws {
    try await Sandbox.withLab { _, sandbox in
      let own = sandbox.root.appending(path: "models/loras/own.safetensors")
      try FileManager.default.createDirectory(
        at: own.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data([1, 2, 3]).write(to: own)
      #expect(try await sandbox.run(["assets", "scan", "--wait"]).status == 0)
      let export = try await sandbox.run(["export", "loras"])
      #expect(export.status == 0)
      #expect(export.errors.contains("loras/own.safetensors has no link"), "\(export.errors)")
      #expect(export.output.contains("# Nobody has said"))
      #expect(export.output.contains("- url: null\n  folder: loras\n  name: own.safetensors\n"))
      let path = try write(export.output, sandbox)
      #expect(try await sandbox.run(["apply", path]).status == 0)
      try FileManager.default.removeItem(at: own)
      let result = try await sandbox.run(["apply", path])
      #expect(result.status == 1)
      #expect(result.output.contains("! unavailable  loras/own.safetensors\n"), "\(result.output)")
    }
  }

  @Test("a wrong key ends it with 65, its line and the right one, and no engine is started")
  func wrongKey() async throws {
    let sandbox = try Sandbox()
    let path = try write("version: 1\nmodels:\n- folder: loras\n  nmae: a\n", sandbox)
    let result = try await sandbox.run(["apply", "--yes", path])
    #expect(result.status == 65)
    #expect(
      result.errors
        == "\(path):4: models.nmae: There is no such key.\nDid you mean name?\n")
    #expect(try await sandbox.run(["apply", "--yes", "/absent.yaml"]).status == 65)
    let endless = try await sandbox.run(
      ["apply", "--yes", "-"], input: String(repeating: "#", count: 9 << 20))
    #expect(endless.status == 65)
    #expect(endless.errors.contains("larger than 8 MiB"), "\(endless.errors)")
    #expect(try await sandbox.run(["status"]).status == 69)
    await sandbox.remove()
  }

  @Test("Comfy Cloud is asked for what it lacks, and what it does not take is said")
  func cloud() async throws {
    try await CloudBench.withRunning { bench in
      let link = "https://huggingface.co/o/n/resolve/main/a.safetensors"
      let text = """
        version: 1
        models:
        - {url: "\(link)", folder: loras}
        - {url: "https://huggingface.co/o/n/resolve/main/4x.pth", folder: upscale_models}
        """
      let result = try await bench.sandbox.run(["apply", "--yes", "--no-wait", "-"], input: text)
      #expect(result.status == 1, "\(result.errors)")
      #expect(result.output.contains("Comfy Cloud takes only .safetensors files"))
      #expect(bench.lab.sentURLs == [link])
      let export = try await bench.sandbox.run(["export"])
      #expect(export.status == 0, "\(export.errors)")
    }
  }
}
