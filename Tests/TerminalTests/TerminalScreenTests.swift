import Foundation
import Interface
import Testing

@testable import Terminal

/// ncurses keeps one terminal at a time, so all tests with a screen are in here, one after another.
@Suite("The screen on a terminal", .serialized) @MainActor struct TerminalScreenTests {
  private let size = Size(columns: 80, rows: 24)

  private func frame(_ text: String) -> Frame {
    var frame = Frame(size: size)
    frame.write(text, column: 0, row: 0)
    return frame
  }

  @Test("A frame that is equal to the last one writes nothing")
  func nothing() async throws {
    try await PseudoTerminal.withScreen { screen, terminal in
      screen.present(frame("hello"))
      #expect(terminal.takeText().contains("hello"))
      screen.present(frame("hello"))
      #expect(terminal.takeText() == "")
    }
  }

  @Test("Mouse and title are asked for once, and given back")
  func modes() async throws {
    try await PseudoTerminal.withScreen { screen, terminal in
      _ = terminal.takeText()
      let modes = TerminalModes(hasMouse: true, title: "a\u{7}b\u{1B}]c")
      screen.present(frame(""), modes)
      let text = terminal.takeText()
      #expect(text.contains("\u{1B}[?1000h\u{1B}[?1006h"))
      #expect(text.contains("\u{1B}]2;a\u{FFFD}b\u{FFFD}]c\u{7}"))
      screen.present(frame("."), modes)
      #expect(terminal.takeText().contains("\u{1B}]2") == false)
      screen.present(frame("."), TerminalModes())
      #expect(
        terminal.takeText()
          == "\u{1B}[?1006l\u{1B}[?1000l\u{1B}[23;2t\u{1B}[22;2t")
      screen.present(frame("."), modes)
      _ = terminal.takeText()
      screen.restore()
      let end = terminal.takeText()
      for part in [
        "\u{1B}[23;2t", "\u{1B}[?1006l", "\u{1B}[?1000l", "\u{1B}[?2004l", "\u{1B}[?1049l",
      ] {
        #expect(end.contains(part), "\(end.debugDescription)")
      }
    }
  }

  @Test("A click comes as an event, in pieces too, and not as letters")
  func mouse() async throws {
    try await PseudoTerminal.withScreen { screen, terminal in
      terminal.type("\u{1B}[<0;3;2M\u{1B}[<0;3;2m\u{1B}[<64;1")
      try await Task.sleep(for: .milliseconds(200))
      terminal.type("0;20Mx")
      var events: [String] = []
      for await event in screen.events {
        switch event {
        case .mouse(let mouse):
          events.append("\(mouse.kind) \(mouse.position.column),\(mouse.position.row)")
        case .key(let key): events.append("\(key)")
        default: break
        }
        if events.count == 3 { break }
      }
      #expect(events == ["left 2,1", "wheelUp 9,19", "character(\"x\")"])
    }
  }

  @Test("Lent to a program, the terminal is as it was, and is drawn anew with its modes afterwards")
  func lent() async throws {
    try await PseudoTerminal.withScreen { screen, terminal in
      screen.present(frame("hello"), TerminalModes(hasMouse: true))
      _ = terminal.takeText()
      let status = try await screen.run(["sh", "-c", "exit 7"])
      #expect(status == 7)
      let text = terminal.takeText()
      let parts = ["\u{1B}[?1000l", "\u{1B}[?1049l", "\u{1B}[?1049h", "\u{1B}[?1000h", "hello"]
      let places = parts.compactMap { text.range(of: $0)?.lowerBound }
      #expect(places.count == parts.count, "\(text.debugDescription)")
    }
  }

  @Test("What is typed for the other program is not read")
  func lentInput() async throws {
    try await PseudoTerminal.withScreen { screen, terminal in
      try await screen.lend {
        terminal.type("secret\n")
        try await Task.sleep(for: .milliseconds(100))
        #expect(terminal.waitingInput == 7)
        tcflush(terminal.device, TCIFLUSH)
      }
    }
  }

  @Test("A program that is not there is told of")
  func noProgram() async throws {
    try await PseudoTerminal.withScreen { screen, _ in
      await #expect(throws: TerminalError.self) {
        try await screen.run(["/nonexistent/editor"])
      }
      let status = try await screen.run(["sh", "-c", "kill -TERM $$"])
      #expect(status == 128 + SIGTERM)
    }
  }
}
