import CloudLab
import ComfyAPI
import Foundation
import OriginLab
import TestTerminal
import Testing

/// `winch ls --watch` in the real binary.
@Suite("Watching the list", .serialized)
struct ListWatchTests {
  /// A watching command, with what it has written so far.
  private struct Watch {
    let running: Sandbox.Running
    let outputFile: URL
    let errorFile: URL

    init(_ sandbox: Sandbox, _ arguments: [String]) throws {
      outputFile = sandbox.root.appending(path: "watched")
      errorFile = sandbox.root.appending(path: "watched-errors")
      try Data().write(to: outputFile)
      running = try sandbox.start(
        ["ls", "--watch"] + arguments, output: try FileHandle(forWritingTo: outputFile),
        errors: errorFile)
    }

    var output: String { (try? String(contentsOf: outputFile, encoding: .utf8)) ?? "" }
    var errors: String { (try? String(contentsOf: errorFile, encoding: .utf8)) ?? "" }

    /// Whole lines alone.
    var lines: [String] { output.split(separator: "\n").map(String.init) }

    func objects(of url: String) -> [[String: JSONValue]] {
      lines.compactMap { try? WireFormat.decode([String: JSONValue].self, from: $0.utf8) }
        .filter { $0["url"]?.string == url }
    }

    func end() async -> Int32 {
      kill(running.processID, SIGINT)
      return await running.status()
    }
  }

  private func withDownloads(
    _ count: Int, _ body: (CloudBench, [String]) async throws -> Void
  ) async throws {
    try await CloudBench.withRunning { bench in
      let links = CloudBench.links(count)
      let added = try await bench.sandbox.run(["add", "--folder", "loras"] + links)
      try #require(added.status == 0, "\(added.errors)")
      try await body(bench, links)
    }
  }

  @Test("JSON has a line for each download, then one for each that has changed, until ^C")
  func json() async throws {
    try await withDownloads(2) { bench, links in
      let watch = try Watch(bench.sandbox, ["--json"])
      #expect(await eventually { watch.lines.count == 2 })
      let before = watch.objects(of: links[1])
      let task = try #require(bench.lab.task(of: links[0]))
      #expect(
        await eventually {
          // Whoever connects later hears nothing of it.
          bench.lab.progress(task.id, 250, of: 1000)
          return watch.objects(of: links[0]).last?["bytes_downloaded"] == 250
        })
      bench.lab.complete(task.id)
      #expect(await eventually { watch.objects(of: links[0]).last?["status"] == "completed" })
      #expect(await watch.end() == 130)
      #expect(watch.objects(of: links[1]) == before)
      let lines = watch.lines
      #expect(Set(lines).count == lines.count, "\(watch.output)")
      #expect(watch.errors == "Stopped watching. The downloads go on.\n")
    }
  }

  @Test("takes the filters and the order of the list, and has its lines without a terminal")
  func selection() async throws {
    try await withDownloads(3) { bench, links in
      let watch = try Watch(bench.sandbox, ["!name:10001", "--sort", "name", "--reverse"])
      #expect(await eventually { watch.lines.count == 2 })
      let names = watch.output.matches(of: /loras\/(\d+)\.safetensors\n/).map { String($0.1) }
      #expect(names == ["10002", "10000"], "\(watch.output)")
      bench.lab.complete(try #require(bench.lab.task(of: links[1])).id)
      bench.lab.complete(try #require(bench.lab.task(of: links[0])).id)
      #expect(await eventually { watch.output.contains("completed") })
      #expect(await watch.end() == 130)
      #expect(!watch.output.contains("10001"), "\(watch.output)")
    }
  }

  @Test("an engine that goes away is said once, and what happens after it came back is shown")
  func away() async throws {
    try await Sandbox.withLab { lab, sandbox in
      lab.addHuggingFace(
        repo: "org/repo", path: "m.safetensors", file: .safetensors(size: 1000, seed: 1))
      let link = "\(lab.hubEndpoint)/org/repo/resolve/main/m.safetensors"
      #expect(try await sandbox.run(["status", "--start"]).status == 0)
      let watch = try Watch(sandbox, [])
      #expect(try await sandbox.run(["stop"]).status == 0)
      #expect(await eventually { watch.errors.contains("The engine is not running") })
      let added = try await sandbox.run(["add", "--wait", "--folder", "vae", link])
      #expect(added.status == 0, "\(added.errors)")
      #expect(await eventually { watch.output.contains("vae/m.safetensors") }, "\(watch.errors)")
      #expect(await watch.end() == 130)
      #expect(watch.errors.components(separatedBy: "not running").count == 2, "\(watch.errors)")
    }
  }

  @Test("it starts no engine")
  func startsNothing() async throws {
    let sandbox = try Sandbox()
    let watch = try Watch(sandbox, [])
    #expect(await eventually { watch.errors.contains("The engine is not running") })
    #expect(await watch.end() == 130)
    #expect(try await sandbox.enginePID() == nil)
    await sandbox.remove()
  }

  @Test("a key that is refused ends it with 77")
  func refused() async throws {
    try await withDownloads(1) { bench, _ in
      let result = try await bench.sandbox.run(
        ["ls", "--watch", "--json"], variables: ["COMFY_CLOUD_API_KEY": "comfyui-wrong"])
      #expect(result.status == 77, "\(result.errors)")
    }
  }

  @Test("a terminal has the list drawn over, no higher than it is, and it stays after ^C")
  func terminal() async throws {
    try await withDownloads(20) { bench, links in
      let terminal = try TmuxTerminal(bench.sandbox, columns: 80, rows: 12)
      defer { terminal.close() }
      try terminal.type("clear; '\(Sandbox.binary.path())' ls --watch; echo status $?")
      try terminal.press("Enter")
      #expect(await terminal.shows("Status", "10000", "11 more of 20"), "\(terminal.text)")
      try terminal.resize(columns: 70, rows: 8)
      #expect(await terminal.shows("Status", "10000", "15 more of 20"), "\(terminal.text)")
      let task = try #require(bench.lab.task(of: links[0]))
      bench.lab.move(task.id, to: "running")
      #expect(await terminal.shows("↓ running"), "\(terminal.text)")
      try terminal.press("C-c")
      #expect(
        await terminal.shows("15 more of 20\nStopped watching.", "status 130"),
        "\(terminal.text)")
    }
  }

  @Test("it ends when nobody reads it any more")
  func abandoned() async throws {
    try await withDownloads(1) { bench, _ in
      let terminal = try TmuxTerminal(bench.sandbox)
      defer { terminal.close() }
      try terminal.type("'\(Sandbox.binary.path())' ls --watch --json | head -c 1; echo end $?")
      try terminal.press("Enter")
      #expect(await terminal.shows("end 0"), "\(terminal.text)")
    }
  }
}
