import Interface
import Testing

@testable import Terminal

@Suite("Commands to the terminal") struct ControlSequenceTests {
  private func sequences(_ environment: [String: String], isUnicode: Bool = true) -> ControlSequence
  {
    ControlSequence(traits: TerminalTraits(environment: environment), isUnicode: isUnicode)
  }

  private let xterm = ["TERM": "xterm-256color"]
  private let tmux = ["TERM": "screen-256color", "TMUX": "/tmp/tmux-0/default,1,0"]
  private let screen = ["TERM": "screen.xterm-256color", "STY": "1.pts-0.host"]
  private let hostile = "a\u{1B}\\b\u{7}c\u{9C}d\u{1B}[2Je\nf\u{202E}g"

  @Test("Text is copied by OSC 52, in base64")
  func copies() {
    #expect(sequences(xterm).copy("hello") == "\u{1B}]52;c;aGVsbG8=\u{7}")
    #expect(sequences(xterm).copy("") == "\u{1B}]52;c;\u{7}")
    #expect(sequences(xterm).copy("日\n") == "\u{1B}]52;c;5pelCg==\u{7}")
  }

  @Test("tmux gets the command itself and one to pass on")
  func copiesThroughTmux() {
    #expect(
      sequences(tmux).copy("hello")
        == "\u{1B}]52;c;aGVsbG8=\u{7}\u{1B}Ptmux;\u{1B}\u{1B}]52;c;aGVsbG8=\u{7}\u{1B}\\")
  }

  @Test("GNU screen passes it on in pieces that it does not cut")
  func copiesThroughScreen() {
    let text = sequences(screen).copy(String(repeating: "x", count: 1000)) ?? ""
    let pieces = text.split(separator: "\u{1B}\\", omittingEmptySubsequences: true)
    #expect(pieces.count > 4)
    #expect(pieces.allSatisfy { $0.hasPrefix("\u{1B}P") && $0.utf8.count < 700 })
    let whole = pieces.map { $0.dropFirst(2) }.joined()
    #expect(whole == sequences(xterm).copy(String(repeating: "x", count: 1000)))
  }

  @Test("Nothing is copied that is too long, or where the terminal has no such command")
  func doesNotCopy() {
    #expect(sequences(xterm).copy(String(repeating: "x", count: 74_994)) != nil)
    #expect(sequences(xterm).copy(String(repeating: "x", count: 74_995)) == nil)
    for term in ["linux", "vt100", "dumb", ""] {
      #expect(sequences(["TERM": term]).copy("a") == nil)
    }
  }

  @Test("Every way of notifying rings, and words are told where they are understood")
  func notifies() {
    let notification = DesktopNotification(title: "Winch; done", body: "3 downloads; 1 failed")
    func text(_ environment: [String: String]) -> String {
      sequences(environment).notification(notification)
    }
    #expect(text(xterm) == "\u{7}\u{1B}]9;Winch; done: 3 downloads; 1 failed\u{7}")
    let titled = "\u{7}\u{1B}]777;notify;Winch, done;3 downloads; 1 failed\u{7}"
    #expect(text(["TERM": "foot"]) == titled)
    #expect(text(["TERM": "xterm-256color", "VTE_VERSION": "7600"]) == titled)
    #expect(
      text(tmux)
        == "\u{7}\u{1B}Ptmux;\u{1B}\u{1B}]9;Winch; done: 3 downloads; 1 failed\u{7}\u{1B}\\")
    #expect(text(["TERM": "linux"]) == "\u{7}")
    #expect(text(["TERM": "vt100"]) == "\u{7}")
  }

  @Test("No text ends a command, or begins another")
  func hostileText() {
    for environment in [xterm, tmux, screen, ["TERM": "foot"]] {
      let sequences = sequences(environment)
      let notification = DesktopNotification(title: hostile, body: hostile)
      for text in [
        sequences.title(hostile), sequences.notification(notification),
        sequences.copy(hostile) ?? "",
      ] {
        let plain = DesktopNotification(title: "x", body: "x")
        let expected = [
          sequences.title("x"), sequences.notification(plain), sequences.copy("x") ?? "",
        ]
        #expect(expected.contains { controls($0) == controls(text) }, "\(text.debugDescription)")
      }
    }
  }

  private func controls(_ text: String) -> [UInt32] {
    text.unicodeScalars.map(\.value).filter { $0 < 0x20 || (0x7F...0x9F).contains($0) }
  }

  @Test("Outside of UTF-8 a title is ASCII, whose bytes are never controls")
  func ascii() {
    #expect(sequences(xterm, isUnicode: false).title("À日") == "\u{1B}]2;??\u{7}")
  }

  @Test("A long name is cut")
  func long() {
    let text = sequences(xterm).title(String(repeating: "x\u{301}\u{302}", count: 10_000))
    #expect(text.utf8.count < 1100)
  }

  @Test("A console and a vt100 are asked for nothing that they would show as letters")
  func plainTerminals() {
    for term in ["linux", "vt100", "vt220", "ansi"] {
      let traits = TerminalTraits(environment: ["TERM": term])
      #expect(!traits.hasMouse && !traits.hasTitle && !traits.hasClipboard)
      #expect(traits.leaveSequence == ControlSequence.bracketedPasteOff)
    }
  }
}
