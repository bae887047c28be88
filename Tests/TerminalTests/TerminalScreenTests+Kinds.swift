import Foundation
import Interface
import Testing

@testable import Terminal

extension TerminalScreenTests {
  /// With what its description says at the end: leaving the alternate screen where there is one.
  @Test(
    "Every kind of terminal is drawn on and given back",
    arguments: [
      "xterm-256color": "\u{1B}[?1049l", "screen": "\u{1B}[?1049l",
      "tmux-256color": "\u{1B}[?1049l",
      "linux": "\u{1B}[?25h\u{1B}[?0c", "vt100": "\u{1B}[?1l\u{1B}>",
    ])
  func kinds(term: String, leave: String) async throws {
    try await PseudoTerminal.withScreen(environment: ["TERM": term]) { screen, terminal in
      terminal.type("\u{1B}[?62c")
      var frame = Frame(size: Size(columns: 80, rows: 24))
      frame.write("hello", column: 0, row: 0, style: Style(foreground: .red))
      screen.present(frame, TerminalModes(hasMouse: true, title: "winch"))
      #expect(terminal.takeText().contains("hello"))
      screen.restore()
      let end = terminal.takeText()
      let parts = [leave, "\u{1B}[?2004l"] + (screen.traits.hasMouse ? ["\u{1B}[?1000l"] : [])
      for part in parts { #expect(end.contains(part), "\(end.debugDescription)") }
    }
  }

  @Test("The line's own modes come back", arguments: ["xterm-256color", "linux", "vt100"])
  func lineModes(term: String) throws {
    let terminal = try PseudoTerminal()
    defer { terminal.close() }
    let before = terminal.lineModes
    let screen = try TerminalScreen(
      input: terminal.device, output: terminal.device, environment: ["TERM": term],
      locale: "C.UTF-8")
    #expect(terminal.lineModes != before)
    screen.restore()
    #expect(terminal.lineModes == before)
  }

  @Test(
    "A terminal that cannot be drawn on is refused, and nothing is written to it",
    arguments: [["TERM": "dumb"], ["TERM": "no-such-terminal"], ["TERM": ""], [:]])
  func refused(environment: [String: String]) throws {
    let terminal = try PseudoTerminal()
    defer { terminal.close() }
    let before = terminal.lineModes
    let problem = #expect(throws: TerminalError.self) {
      try TerminalScreen(
        input: terminal.device, output: terminal.device, environment: environment,
        locale: "C.UTF-8")
    }
    #expect(problem?.message.contains("TERM") == true)
    #expect(problem?.message.hasSuffix(".") == true)
    #expect(terminal.takeText() == "")
    #expect(terminal.lineModes == before)
  }

  @Test("Stopped by ^Z, the terminal has its modes back, and they are asked for again afterwards")
  func stopped() async throws {
    try await PseudoTerminal.withScreen { screen, terminal in
      terminal.type("\u{1B}[?62c")
      var frame = Frame(size: Size(columns: 80, rows: 24))
      frame.write("hello", column: 0, row: 0)
      screen.present(frame, TerminalModes(hasMouse: true, title: "winch"))
      _ = terminal.takeText()
      screen.beginHold(.stopped)
      expect(
        ["\u{1B}[23;2t", "\u{1B}[?1006l\u{1B}[?1000l", "\u{1B}[?2004l", "\u{1B}[?1049l"],
        in: terminal.takeText())
      screen.endHold(.stopped)
      let back = terminal.takeText()
      expect(
        [
          "\u{1B}[?2004h\u{1B}[22;2t", "\u{1B}[?1000h\u{1B}[?1006h", "\u{1B}]2;winch\u{7}", "hello",
        ], in: back)
      #expect(back.contains("\u{1B}[?1049h"))
    }
  }

  @Test(
    "A paste during which the terminal changes its size, on a line that tears it, is one paste",
    .timeLimit(.minutes(10)))
  func resizedPaste() async throws {
    try await PseudoTerminal.withScreen { screen, terminal in
      terminal.type("\u{1B}[?62c\u{1B}[20")
      try await Task.sleep(for: .milliseconds(200))
      terminal.type("0~one\rt")
      try await Task.sleep(for: .milliseconds(200))
      terminal.resize(columns: 60, rows: 20)
      screen.adoptSize()
      var events: [String] = []
      for await event in screen.events {
        switch event {
        case .resize(let size):
          events.append("\(size.columns)x\(size.rows)")
          terminal.type("wo\u{1B}[20")
          try await Task.sleep(for: .milliseconds(200))
          terminal.type("1~x")
        case .paste(let text): events.append("paste \(text)")
        case .key(let key): events.append("\(key)")
        default: break
        }
        if events.last?.hasPrefix("character") == true { break }
      }
      #expect(events == ["60x20", "paste one\ntwo", "character(\"x\")"])
    }
  }
}

/// The parts stand in the text one after another.
func expect(
  _ parts: [String], in text: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  var rest = text[...]
  for part in parts {
    guard let place = rest.range(of: part) else {
      Issue.record(
        "\(part.debugDescription) in \(text.debugDescription)", sourceLocation: sourceLocation)
      return
    }
    rest = rest[place.upperBound...]
  }
}
