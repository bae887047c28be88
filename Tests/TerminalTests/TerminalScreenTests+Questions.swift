import Foundation
import Interface
import Testing

@testable import Terminal

extension TerminalScreenTests {
  private static let begin = "\u{1B}[?2026h"
  private static let end = "\u{1B}[?2026l"

  private func full(_ character: Character) -> Frame {
    var frame = Frame(size: Size(columns: 80, rows: 24))
    for row in 0..<24 {
      frame.write(String(repeating: character, count: 80), column: 0, row: row)
    }
    return frame
  }

  /// What a terminal that knows all that is asked answers.
  private func answer(_ terminal: PseudoTerminal, background: String = "ffff/ffff/ffff") {
    terminal.type("\u{1B}[?2026;2$y\u{1B}]11;rgb:\(background)\u{1B}\\\u{1B}[?62;22c")
  }

  @Test("The terminal is asked before the first frame, and its answers are no keys")
  func answers() async throws {
    try await PseudoTerminal.withScreen { screen, terminal in
      #expect(
        terminal.takeText().hasSuffix("\u{1B}[?2026$p\u{1B}]11;?\u{1B}\\\u{1B}[c"))
      answer(terminal)
      terminal.type("x")
      var events: [String] = []
      for await event in screen.events {
        switch event {
        case .background(let background): events.append("\(background)")
        case .key(let key): events.append("\(key)")
        default: break
        }
        if events.count == 2 { break }
      }
      #expect(events.sorted() == ["character(\"x\")", "light"])
      #expect(screen.synchronizes)
      #expect(screen.askedAt == nil)
    }
  }

  @Test("Where the background is known or there are no colours it is not asked for")
  func notAsked() async throws {
    for known in [["COLORFGBG": "0;15"], ["NO_COLOR": "1"]] {
      let environment = ["TERM": "xterm-256color"].merging(known) { $1 }
      try await PseudoTerminal.withScreen(environment: environment) { screen, terminal in
        let text = terminal.takeText()
        #expect(text.contains("\u{1B}[?2026$p"))
        #expect(!text.contains("\u{1B}]11"))
      }
    }
  }

  @Test(
    "What may not understand a question is not asked",
    arguments: [
      ["TERM": "screen"], ["TERM": "linux"], ["TERM": "vt100"],
      ["TERM": "xterm-256color", "STY": "1.host"],
    ])
  func neverAsked(environment: [String: String]) async throws {
    try await PseudoTerminal.withScreen(environment: environment) { screen, terminal in
      let text = terminal.takeText()
      #expect(!text.contains("2026") && !text.contains("\u{1B}]11") && !text.contains("\u{1B}[c"))
      screen.present(full("a"))
      #expect(!terminal.takeText().contains("2026"))
    }
  }

  @Test("A large change is drawn all at once where the terminal can, and a small one as it is")
  func synchronized() async throws {
    try await PseudoTerminal.withScreen { screen, terminal in
      screen.present(full("a"))
      #expect(!terminal.takeText().contains(Self.begin))
      answer(terminal)
      for await event in screen.events { if case .background = event { break } }
      screen.present(full("b"))
      let large = terminal.takeText()
      #expect(large.hasPrefix(Self.begin) && large.hasSuffix(Self.end))
      #expect(large.contains("bbb"))
      var changed = full("b")
      changed.write("c", column: 0, row: 0)
      screen.present(changed)
      #expect(!terminal.takeText().contains("2026"))
      screen.present(changed)
      #expect(terminal.takeText() == "")
    }
  }

  @Test("An answer that comes while leaving is not left to the shell")
  func lateAnswer() async throws {
    try await PseudoTerminal.withScreen { screen, terminal in
      _ = terminal.takeText()
      let late = Task.detached {
        try await Task.sleep(for: .milliseconds(50))
        terminal.type("\u{1B}]11;rgb:0000/0000/0000\u{1B}\\\u{1B}[?62c")
      }
      screen.restore()
      try await late.value
      #expect(terminal.waitingInput == 0)
    }
  }

  @Test("A terminal that answers nothing is left after a moment")
  func noAnswer() async throws {
    try await PseudoTerminal.withScreen { screen, terminal in
      terminal.type("\u{1B}]11;rgb:00")
      let start = ContinuousClock.now
      screen.restore()
      #expect(ContinuousClock.now - start < .seconds(5))
      #expect(terminal.waitingInput == 0)
    }
  }
}
