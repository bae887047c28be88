import ComfyAPI
import Foundation
import OriginLab
import TestTerminal
import Testing

/// `winch ls` for people, in the real binary.
@Suite("Listing downloads", .serialized)
struct ListCommandTests {
  /// Three downloads at the cloud: 10000 to 10002.
  private func withDownloads(_ body: (CloudBench) async throws -> Void) async throws {
    try await CloudBench.withRunning { bench in
      let added = try await bench.sandbox.run(
        ["add", "--folder", "loras", "--tag", "mine"] + CloudBench.links(3))
      try #require(added.status == 0, "\(added.errors)")
      try await body(bench)
    }
  }

  private func names(_ output: String) -> [String] {
    output.matches(of: /loras\/(\d+)\.safetensors/).map { String($0.1) }
  }

  @Test("lists in the order of the queue, sorted by a column, or the other way round")
  func sorted() async throws {
    try await withDownloads { bench in
      let queue = try await bench.sandbox.run(["ls"])
      #expect(queue.status == 0, "\(queue.errors)")
      #expect(names(queue.output) == ["10000", "10001", "10002"])
      #expect(!queue.output.contains("\u{1B}"))
      let reversed = try await bench.sandbox.run(["ls", "--sort", "name", "--reverse"])
      #expect(names(reversed.output) == ["10002", "10001", "10000"])
    }
  }

  @Test("takes the screen's filters, as an argument, an option or both, in JSON too")
  func filtered() async throws {
    try await withDownloads { bench in
      for arguments in [
        ["name:10001"], ["--filter", "name:10001"], ["tag:mine", "--filter", "10001"],
        ["tag:mine", "10001"],
      ] {
        let result = try await bench.sandbox.run(["ls"] + arguments)
        #expect(names(result.output) == ["10001"], "\(result.output)\(result.errors)")
      }
      let json = try await bench.sandbox.run(["ls", "--json", "!name:10001"])
      let object = try WireFormat.decode([String: JSONValue].self, from: json.output.utf8)
      guard case .array(let downloads)? = object["downloads"] else {
        Issue.record("\(json.output)")
        return
      }
      #expect(downloads.count == 2)
      let none = try await bench.sandbox.run(["ls", "size"])
      #expect(none.status == 0)
      #expect(none.output == "")
      #expect(none.errors.contains("None of 3 downloads matches."), "\(none.errors)")
      #expect(none.errors.contains("put the filter into quotes"), "\(none.errors)")
    }
  }

  @Test("a filter or column that means nothing ends it with 64, and says where and what to write")
  func mistakes() async throws {
    let sandbox = try Sandbox()
    let filter = try await sandbox.run(["ls", "siz>5G"])
    #expect(filter.status == 64)
    #expect(filter.errors.contains("is size meant?"), "\(filter.errors)")
    #expect(filter.errors.contains("\n  siz>5G\n  ^^^\n"), "\(filter.errors)")
    let sort = try await sandbox.run(["ls", "--sort", "siez", "--json"])
    #expect(sort.status == 64)
    #expect(sort.output == "")
    #expect(sort.errors.contains("Did you mean size?"), "\(sort.errors)")
    await sandbox.remove()
  }

  @Test("an empty list says so, and how to add to it, and JSON stays alone")
  func empty() async throws {
    let sandbox = try Sandbox()
    let list = try await sandbox.run(["ls"])
    #expect(list.status == 0)
    #expect(list.output == "")
    #expect(list.errors.contains("Nothing is queued."))
    #expect(list.errors.contains("winch add"))
    let json = try await sandbox.run(["ls", "--json"])
    #expect(json.output == "{\"downloads\":[]}\n")
    #expect(json.errors == "")
    await sandbox.remove()
  }

  @Test("without the backend it shows what the journal knows, and ends with 69")
  func offline() async throws {
    try await withDownloads { bench in
      let away = ["COMFY_CLOUD_BASE_URL": "http://127.0.0.1:9"]
      let list = try await bench.sandbox.run(["ls"], variables: away)
      #expect(list.status == 69)
      #expect(names(list.output) == ["10000", "10001", "10002"])
      #expect(list.errors.contains("what was known last"), "\(list.errors)")
    }
  }

  @Test("without the engine of this machine it says how what is left goes on, and ends with 0")
  func engineStopped() async throws {
    try await Sandbox.withLab { lab, sandbox in
      lab.addHuggingFace(repo: "org/repo", path: "m.safetensors", file: .thatTakesMinutes)
      let link = "\(lab.hubEndpoint)/org/repo/resolve/main/m.safetensors"
      let added = try await sandbox.run(["add", "--folder", "vae", link])
      #expect(added.status == 0, "\(added.errors)")
      let elsewhere = try await sandbox.run(
        ["ls"], variables: ["WINCH_SOCKET": sandbox.root.appending(path: "none.sock").path()])
      #expect(elsewhere.status == 69)
      #expect(elsewhere.output.contains("vae/m.safetensors"))
      #expect(elsewhere.errors.contains("does not answer at"), "\(elsewhere.errors)")
      #expect(try await sandbox.run(["stop"]).status == 0)
      for arguments in [["ls"], ["ls", "--json"]] {
        let list = try await sandbox.run(arguments)
        #expect(list.status == 0)
        #expect(list.output.contains("m.safetensors"))
        #expect(list.errors.contains("The engine is not running"), "\(list.errors)")
      }
    }
  }

  @Test(
    "a terminal gets titles, marks and colours, none with NO_COLOR or where it is dumb",
    arguments: [("NO_COLOR", "1"), ("TERM", "dumb"), ("TERM", "tmux-256color")])
  func terminal(variable: String, value: String) async throws {
    try await withDownloads { bench in
      let terminal = try TmuxTerminal(bench.sandbox, columns: 60)
      defer { terminal.close() }
      try terminal.type("\(variable)=\(value) '\(Sandbox.binary.path())' ls; echo status $?")
      try terminal.press("Enter")
      #expect(await terminal.shows("Status", "Name", "10002", "status 0"), "\(terminal.text)")
      // The line that was typed is wider than the terminal.
      let shown = terminal.styledText
      #expect(shown.contains("\u{1B}[3") == (value == "tmux-256color"), "\(shown)")
    }
  }
}
