import Foundation
import OriginLab
import TestTerminal
import Testing

/// The real binary in a real terminal.
@Suite("Screen in a terminal", .serialized)
struct ScreenTests {
  private func with(
    columns: Int = 120, rows: Int = 30, variables: [String: String] = [:],
    _ body: (OriginLab, Sandbox, TmuxTerminal) async throws -> Void
  ) async throws {
    try await Sandbox.withLab { lab, sandbox in
      let terminal = try TmuxTerminal(
        sandbox, columns: columns, rows: rows, variables: variables)
      defer { terminal.close() }
      try await body(lab, sandbox, terminal)
    }
  }

  @Test("two pasted links come in with moving bars, and survive the screen's death")
  func journey() async throws {
    try await with { lab, sandbox, terminal in
      var slow = LabFile.safetensors(size: 12_000_000, seed: 11)
      slow.faults.bytesPerSecond = 4_000_000
      var other = LabFile.safetensors(size: 8_000_000, seed: 12)
      other.faults.bytesPerSecond = 4_000_000
      var third = LabFile.safetensors(size: 16_000_000, seed: 13)
      third.faults.bytesPerSecond = 5_000_000
      lab.addHuggingFace(repo: "org/repo", path: "one.safetensors", file: slow)
      lab.addHuggingFace(repo: "org/repo", path: "two.safetensors", file: other)
      lab.addHuggingFace(repo: "org/repo", path: "three.safetensors", file: third)
      let base = "\(lab.hubEndpoint)/org/repo/resolve/main/"

      try await terminal.open()
      try terminal.press("a")
      try terminal.paste("\(base)one.safetensors\n\(base)two.safetensors\n")
      #expect(await terminal.shows("two.safetensors"))
      try terminal.press("Tab")
      try terminal.type("night, portrait")
      try terminal.press("Tab")
      try terminal.type("checkpoints")
      try terminal.press("Enter")

      var percentages: Set<String> = []
      let finished = await eventually {
        let text = terminal.text
        for match in text.matches(of: /(\d+)%/) { percentages.insert(String(match.1)) }
        // The message line says the word as well.
        return text.matches(of: /100%.*completed/).count == 2
      }
      #expect(finished, "\(terminal.text)")
      #expect(percentages.count > 2, "the bars moved: \(percentages)")
      #expect(terminal.text.contains("night"))
      #expect(
        sandbox.model("checkpoints/one.safetensors") == Data(slow.bytes(0..<slow.size)))
      #expect(
        sandbox.model("checkpoints/two.safetensors") == Data(other.bytes(0..<other.size)))

      try terminal.paste("\(base)three.safetensors")
      #expect(await terminal.shows("three.safetensors"))
      try terminal.press("Enter")
      let sent = lab.bytesSentByContentHost
      #expect(await eventually { lab.bytesSentByContentHost > sent + 2_000_000 })
      let program = try #require(try terminal.programPID())
      kill(program, SIGKILL)
      #expect(
        await eventually {
          ["checkpoints", "unsorted"].contains {
            sandbox.model("\($0)/three.safetensors")?.count == third.size
          }
        })

      // Nobody can restore a terminal after SIGKILL: its Enter key is still a carriage return.
      try terminal.type("stty sane; tput rmcup; clear")
      try terminal.press("C-j")
      try await terminal.open()
      #expect(
        await terminal.shows("one.safetensors", "two.safetensors", "three.safetensors"))
      #expect(
        await eventually { terminal.text.components(separatedBy: "completed").count > 3 },
        "\(terminal.text)")
    }
  }

  @Test(
    "the terminal is as it was after every way out",
    arguments: ["q", "TERM", "HUP", "INT", "SEGV", "ABRT"])
  func restored(way: String) async throws {
    try await with { _, _, terminal in
      try await terminal.open()
      if way == "q" {
        try terminal.press("q")
      } else {
        let program = try #require(try terminal.programPID())
        let signals = ["TERM": SIGTERM, "HUP": SIGHUP, "INT": SIGINT, "SEGV": SIGSEGV]
        kill(program, signals[way] ?? SIGABRT)
      }
      #expect(try await eventually { try terminal.programPID() == nil })
      try terminal.type(
        "clear; stty -a | tr ' ' '\\n' | grep -x -e icanon -e echo -e isig; echo end")
      try terminal.press("Enter")
      #expect(await terminal.shows("icanon", "echo", "isig", "end"), "\(terminal.text)")
    }
  }

  @Test("Control-Z gives the terminal back and fg takes it again")
  func suspends() async throws {
    try await with { _, _, terminal in
      try await terminal.open()
      try terminal.press("C-z")
      #expect(await eventually { terminal.text.contains("Stopped") }, "\(terminal.text)")
      try terminal.type("fg")
      try terminal.press("Enter")
      #expect(await terminal.shows("Winch", "a add"), "\(terminal.text)")
    }
  }

  @Test("two screens on one engine show the same, and each what the other does")
  func twoScreens() async throws {
    try await with { lab, sandbox, terminal in
      var slow = LabFile.safetensors(size: 8_000_000, seed: 14)
      slow.faults.bytesPerSecond = 200_000
      lab.addHuggingFace(repo: "org/repo", path: "shared.safetensors", file: slow)
      let other = try TmuxTerminal(sandbox, columns: 80, rows: 24)
      defer { other.close() }
      try await terminal.open()
      try await other.open()
      try terminal.press("a")
      try terminal.paste("\(lab.hubEndpoint)/org/repo/resolve/main/shared.safetensors\n")
      try terminal.press("Enter")
      #expect(await terminal.shows("running"), "\(terminal.text)")
      #expect(await other.shows("running", "shared"), "\(other.text)")
      try other.press("d")
      #expect(await terminal.shows("cancelled"), "\(terminal.text)")
      try terminal.press("r")
      #expect(await other.shows("running"), "\(other.text)")
    }
  }

  @Test(
    "every size shows something true",
    arguments: [(120, 40), (80, 24), (40, 12), (20, 5)])
  func sizes(columns: Int, rows: Int) async throws {
    try await with { _, _, terminal in
      try await terminal.open()
      try terminal.resize(columns: columns, rows: rows)
      #expect(await terminal.shows("local", "a add"), "\(terminal.text)")
      let program = try terminal.programPID()
      #expect(program != nil)
    }
  }

  @Test("a terminal that cannot draw gets plain lines", arguments: ["dumb", ""])
  func plainTerminal(term: String) async throws {
    try await with { _, _, terminal in
      try terminal.type("TERM='\(term)' '\(Sandbox.binary.path())'; echo status $?")
      try terminal.press("Enter")
      #expect(await terminal.shows("winch add", "status 0"), "\(terminal.text)")
    }
  }

  @Test("without UTF-8 the screen is plain ASCII")
  func ascii() async throws {
    try await with(variables: ["LC_ALL": "C"]) { _, _, terminal in
      try await terminal.open()
      #expect(terminal.text.allSatisfy { $0.isASCII }, "\(terminal.text)")
    }
  }
}
