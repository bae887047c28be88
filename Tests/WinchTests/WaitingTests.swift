import ComfyAPI
import Foundation
import OriginLab
import TestTerminal
import Testing

/// Commands that wait, in a terminal and without one: what they show meanwhile, and how they are left.
@Suite("Waiting for downloads", .serialized)
struct WaitingTests {
  /// A file that takes minutes, and one that is there at once.
  private func withFiles(
    _ body: (OriginLab, Sandbox, _ slow: String, _ quick: String) async throws -> Void
  ) async throws {
    try await Sandbox.withLab { lab, sandbox in
      lab.addHuggingFace(repo: "org/repo", path: "slow.safetensors", file: .thatTakesMinutes)
      lab.addHuggingFace(
        repo: "org/repo", path: "quick.safetensors", file: .safetensors(size: 1000, seed: 2))
      let base = "\(lab.hubEndpoint)/org/repo/resolve/main/"
      try await body(lab, sandbox, base + "slow.safetensors", base + "quick.safetensors")
    }
  }

  private func isRunning(_ sandbox: Sandbox) async -> Bool {
    await eventually { (try? await sandbox.run(["ls"]).output.contains("running")) ?? false }
  }

  @Test(
    "a terminal shows a bar for each file and one for all; ^C takes them away and says what goes on"
  )
  func terminal() async throws {
    try await withFiles { _, sandbox, slow, quick in
      let terminal = try TmuxTerminal(sandbox, columns: 100, rows: 24)
      defer { terminal.close() }
      try terminal.type(
        "clear; '\(Sandbox.binary.path())' add --wait --folder vae \(slow) \(quick); echo status $?"
      )
      try terminal.press("Enter")
      #expect(
        await terminal.shows("completed", "vae/quick", "slow.safetensors", "1 of 2 files", "█"),
        "\(terminal.text)")
      let lines = terminal.text.split(separator: "\n")
      // What has ended stands above what goes on.
      let ended = try #require(lines.firstIndex { $0.contains("completed") })
      let bar = try #require(lines.lastIndex { $0.contains("slow.safetensors") })
      let total = try #require(lines.firstIndex { $0.contains("1 of 2 files") })
      #expect(ended < bar && bar + 1 == total, "\(terminal.text)")
      try terminal.press("C-c")
      #expect(
        await terminal.shows("Stopped waiting.", "winch ls", "status 130"), "\(terminal.text)")
      #expect(!terminal.history.contains("of 2 files"), "\(terminal.history)")
      #expect(await isRunning(sandbox))
    }
  }

  @Test("a terminal that is resized while bars stand in it is left clean")
  func resized() async throws {
    try await withFiles { _, sandbox, slow, _ in
      let terminal = try TmuxTerminal(sandbox, columns: 100, rows: 24)
      defer { terminal.close() }
      try terminal.type("clear; '\(Sandbox.binary.path())' add --wait --folder vae \(slow)")
      try terminal.press("Enter")
      #expect(await terminal.shows("█"), "\(terminal.text)")
      try terminal.resize(columns: 60, rows: 10)
      try terminal.press("C-c")
      #expect(await terminal.shows("Stopped waiting."), "\(terminal.text)")
      #expect(!terminal.text.contains("█"), "\(terminal.text)")
    }
  }

  @Test("a dumb terminal gets plain lines")
  func dumb() async throws {
    try await withFiles { _, sandbox, slow, _ in
      let terminal = try TmuxTerminal(sandbox)
      defer { terminal.close() }
      try terminal.type("TERM=dumb '\(Sandbox.binary.path())' add --wait --folder vae \(slow)")
      try terminal.press("Enter")
      #expect(await terminal.shows("downloading  ", "0 of 1 file"), "\(terminal.text)")
      try terminal.press("C-c")
      #expect(await terminal.shows("Stopped waiting."), "\(terminal.text)")
    }
  }

  @Test("without a terminal progress is plain lines on standard error, and --quiet has none")
  func plain() async throws {
    try await Sandbox.withLab { lab, sandbox in
      lab.addHuggingFace(
        repo: "org/repo", path: "m.safetensors", file: .safetensors(size: 500_000, seed: 3))
      let link = "\(lab.hubEndpoint)/org/repo/resolve/main/m.safetensors"
      let told = try await sandbox.run(["add", "--wait", "--folder", "vae", link])
      #expect(told.status == 0, "\(told.errors)")
      #expect(told.output.contains("completed"))
      #expect(told.errors.contains("downloading  "), "\(told.errors)")
      #expect(!told.errors.contains("\u{1B}"))
      let quiet = try await sandbox.run(["add", "--wait", "--quiet", "--folder", "loras", link])
      #expect(quiet.status == 0)
      #expect(quiet.output + quiet.errors == "")
      let json = try await sandbox.run(
        ["add", "--wait", "--quiet", "--json", "--folder", "clip_vision", link])
      #expect(json.output.hasPrefix("{"))
      #expect(json.errors == "")
      let failed = try await sandbox.run(
        [
          "add", "--wait", "--quiet", "--folder", "vae",
          link.replacing("m.safe", with: "none.safe"),
        ])
      #expect(failed.status == 1)
      #expect(failed.output == "")
      #expect(failed.errors.contains("no file none.safetensors"), "\(failed.errors)")
    }
  }

  @Test("--progress json writes each change, the last line of each download is its end")
  func json() async throws {
    try await Sandbox.withLab { lab, sandbox in
      var file = LabFile.safetensors(size: 400_000, seed: 4)
      file.faults.bytesPerSecond = 200_000
      lab.addHuggingFace(repo: "org/repo", path: "a.safetensors", file: file)
      lab.addHuggingFace(
        repo: "org/repo", path: "b.safetensors", file: .safetensors(size: 1000, seed: 5))
      let links = ["a", "b"].map { "\(lab.hubEndpoint)/org/repo/resolve/main/\($0).safetensors" }
      let result = try await sandbox.run(
        ["add", "--wait", "--progress", "json", "--json", "--folder", "vae"] + links)
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.errors == "")
      let objects = try result.output.split(separator: "\n").map {
        try WireFormat.decode([String: JSONValue].self, from: $0.utf8)
      }
      for link in links {
        let lines = objects.filter { $0["url"]?.string == link }
        #expect(lines.last?["status"] == "completed", "\(result.output)")
        #expect(lines.dropLast().allSatisfy { $0["status"] != "completed" })
      }
      #expect(objects.count > 2)
      #expect(zip(objects, objects.dropFirst()).allSatisfy { $0 != $1 })
    }
  }

  /// A link to what the slow file has, while that is on its way.
  private func withCopy(_ body: (Sandbox, _ link: String) async throws -> Void) async throws {
    try await withFiles { lab, sandbox, slow, _ in
      lab.addHuggingFace(repo: "org/copy", path: "copy.safetensors", file: .thatTakesMinutes)
      let added = try await sandbox.run(["add", "--folder", "vae", slow])
      try #require(added.status == 0, "\(added.errors)")
      try #require(await isRunning(sandbox))
      try await body(sandbox, "\(lab.hubEndpoint)/org/copy/resolve/main/copy.safetensors")
    }
  }

  @Test("why a download waits is said once in plain lines, and told by ls and show")
  func reason() async throws {
    try await withCopy { sandbox, link in
      let reason = "Waiting for “slow.safetensors”, which has the same content"
      let errors = sandbox.root.appending(path: "errors")
      let running = try sandbox.start(["add", "--wait", "--folder", "loras", link], errors: errors)
      func said() -> String { (try? String(contentsOf: errors, encoding: .utf8)) ?? "" }
      #expect(
        await eventually { said().contains("copy.safetensors: \(reason)") }, "\(said())")
      let list = try await sandbox.run(["ls"])
      #expect(list.output.contains("loras/copy.safetensors  (\(reason)"), "\(list.output)")
      let id = try #require(
        list.output.split(separator: "\n").first { $0.contains("copy") }?.split(separator: " ")
          .first)
      let shown = try await sandbox.run(["show", String(id)])
      #expect(shown.output.contains("Reason            \(reason)"), "\(shown.output)")
      kill(running.processID, SIGINT)
      #expect(await running.status() == 130)
      #expect(said().components(separatedBy: reason).count == 2, "\(said())")
    }
  }

  @Test("in a terminal it stands in the file's line")
  func reasonInTerminal() async throws {
    try await withCopy { sandbox, link in
      let terminal = try TmuxTerminal(sandbox, columns: 100, rows: 24)
      defer { terminal.close() }
      try terminal.type("clear; '\(Sandbox.binary.path())' add --wait --folder loras \(link)")
      try terminal.press("Enter")
      #expect(
        await terminal.shows("copy.safetensors  Waiting for “slow.safetensors”, which has"),
        "\(terminal.text)")
      try terminal.press("C-c")
      #expect(await terminal.shows("Stopped waiting."), "\(terminal.text)")
    }
  }

  @Test("assets scan, too, has its progress as JSON, and with --quiet says nothing")
  func scan() async throws {
    try await withFiles { _, sandbox, slow, _ in
      #expect(
        try await sandbox.run(["assets", "scan", "--wait", "--quiet"]).output == "")
      // The engine reads nothing while it downloads, so that waiting for that takes minutes, too.
      let added = try await sandbox.run(["add", "--folder", "vae", slow])
      try #require(added.status == 0, "\(added.errors)")
      try #require(await isRunning(sandbox))
      try add("models/loras/own.safetensors", to: sandbox)
      let output = sandbox.root.appending(path: "lines")
      try Data().write(to: output)
      let running = try sandbox.start(
        ["assets", "scan", "--wait", "--progress", "json"],
        output: FileHandle(forWritingTo: output))
      func lines() throws -> [[String: JSONValue]] {
        try String(contentsOf: output, encoding: .utf8).split(separator: "\n").map {
          try WireFormat.decode([String: JSONValue].self, from: $0.utf8)
        }
      }
      #expect(
        await eventually { (try? lines().last?["stage"]) == .some("reading") })
      kill(running.processID, SIGINT)
      #expect(await running.status() == 130)
      #expect(try lines().last?["files_done"] == 0)
      #expect(try lines().last?["files_total"] == 1)
    }
  }

  private func add(_ path: String, to sandbox: Sandbox) throws {
    let own = sandbox.root.appending(path: path)
    try FileManager.default.createDirectory(
      at: own.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data([1, 2, 3]).write(to: own)
  }

  @Test("a workflow's models, too, are JSON alone with --progress json")
  func workflowJSON() async throws {
    try await withFiles { _, sandbox, _, quick in
      let workflow = try workflow(quick, in: sandbox)
      let result = try await sandbox.run(
        ["workflow", "--add", "--wait", "--progress", "json", workflow])
      #expect(result.status == 0, "\(result.errors)")
      let objects = try result.output.split(separator: "\n").map {
        try WireFormat.decode([String: JSONValue].self, from: $0.utf8)
      }
      #expect(objects.first?["models"] != nil)
      #expect(objects.last?["status"] == "completed")
    }
  }

  @Test("a terminal gets plain lines where they are asked for, and nothing with none")
  func choice() async throws {
    try await withFiles { _, sandbox, slow, quick in
      let terminal = try TmuxTerminal(sandbox)
      defer { terminal.close() }
      try terminal.type(
        "'\(Sandbox.binary.path())' add --wait --progress none --folder vae \(quick); echo end $?")
      try terminal.press("Enter")
      #expect(await terminal.shows("end 0"), "\(terminal.text)")
      #expect(!terminal.text.contains("completed"), "\(terminal.text)")
      try terminal.type(
        "clear; '\(Sandbox.binary.path())' add --wait --progress plain --folder vae \(slow)")
      try terminal.press("Enter")
      #expect(await terminal.shows("downloading  ", "0 of 1 file"), "\(terminal.text)")
      #expect(!terminal.text.contains("█"), "\(terminal.text)")
    }
  }

  @Test(
    "--progress without waiting, or against --quiet, is a mistake",
    arguments: [
      ["add", "--progress", "json", "URL"],
      ["add", "--wait", "--quiet", "--progress", "json", "URL"],
      ["add", "--wait", "--progress", "loud", "URL"],
      ["apply", "--no-wait", "--progress", "json", "x"],
      ["apply", "--quiet", "--progress", "json", "x"],
      ["assets", "scan", "--progress", "json"],
    ])
  func mistakes(arguments: [String]) async throws {
    let sandbox = try Sandbox()
    #expect(try await sandbox.run(arguments).status == 64)
    await sandbox.remove()
  }

  @Test("a second signal ends it at once, whatever still holds the first")
  func twice() async throws {
    try await CloudBench.withRunning { bench in
      // More than a pipe takes whose reader does not read.
      let added = try await bench.sandbox.run(["add"] + CloudBench.links(150))
      try #require(added.status == 0, "\(added.errors)")
      let pipe = Pipe()
      let errors = bench.sandbox.root.appending(path: "errors")
      let running = try bench.sandbox.start(
        ["ls", "--watch", "--json"], output: pipe.fileHandleForWriting, errors: errors)
      // From the first line on it writes the others, too, and stays in that.
      #expect(
        await eventually {
          var count: Int32 = 0
          return ioctl(pipe.fileHandleForReading.fileDescriptor, UInt(FIONREAD), &count) == 0
            && count > 0
        })
      kill(running.processID, SIGINT)
      #expect(
        await eventually {
          (try? String(contentsOf: errors, encoding: .utf8))?.contains("Stopped watching.") == true
        })
      #expect(kill(running.processID, 0) == 0)
      kill(running.processID, SIGINT)
      #expect(await running.status() == 130)
    }
  }

  private func workflow(_ link: String, in sandbox: Sandbox) throws -> String {
    let workflow = sandbox.root.appending(path: "workflow.json")
    let name = link.split(separator: "/").last ?? ""
    try Data(
      """
      {"nodes": [{"id": 1, "type": "VAELoader", "widgets_values": ["\(name)"],
       "properties": {"models": [{"name": "\(name)", "directory": "vae",
       "url": "\(link)"}]}}], "links": [], "version": 0.4}
      """.utf8
    ).write(to: workflow)
    return workflow.path()
  }

  private static let waiting: [[String]] = [
    ["add", "--wait", "--folder", "vae", "SLOW"], ["add", "--wait", "--json", "SLOW"],
    ["workflow", "--add", "--wait", "WORKFLOW"], ["assets", "scan", "--wait"],
  ]

  @Test(
    "the first signal stops the waiting, says what goes on and how to come back, and ends with 130",
    arguments: waiting, [SIGINT, SIGTERM])
  func detaches(arguments: [String], number: Int32) async throws {
    try await withFiles { _, sandbox, slow, _ in
      if arguments.contains("scan") {
        // The engine reads nothing while it downloads, so that waiting for that takes minutes, too.
        let added = try await sandbox.run(["add", "--folder", "vae", slow])
        try #require(added.status == 0, "\(added.errors)")
        try #require(await isRunning(sandbox))
        try add("models/loras/own.safetensors", to: sandbox)
      }
      let workflow = try workflow(slow, in: sandbox)
      let errors = sandbox.root.appending(path: "errors")
      let running = try sandbox.start(
        arguments.map { $0 == "SLOW" ? slow : $0 == "WORKFLOW" ? workflow : $0 },
        errors: errors)
      // From the first line of progress on it waits.
      #expect(
        await eventually {
          let said = try? String(contentsOf: errors, encoding: .utf8)
          return said?.contains("of 1 file") == true || said?.contains("of 2 files") == true
        })
      kill(running.processID, number)
      #expect(await running.status() == 130)
      let said = try String(contentsOf: errors, encoding: .utf8)
      #expect(said.contains("Stopped waiting. The "), "\(said)")
      #expect(said.contains("go on") || said.contains("goes on"), "\(said)")
      #expect(said.contains("winch "), "\(said)")
      #expect(await isRunning(sandbox))
    }
  }
}
