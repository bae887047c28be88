import CTerminal
import Interface
import Testing

@testable import Terminal

@Suite("What a terminal says of itself") struct TerminalAnswerTests {
  @Test(
    "The background is dark or light by how bright it is",
    arguments: [
      ("11;rgb:0000/0000/0000", Background.dark), ("11;rgb:ffff/ffff/ffff", .light),
      ("11;rgb:00/2b/36", .dark), ("11;rgb:fd/f6/e3", .light), ("11;rgb:f/f/f", .light),
      ("11;rgba:1e1e/1e1e/2e2e/ffff", .dark), ("11;rgb:0000/0000/ffff", .dark),
    ])
  func background(command: String, expected: Background) {
    #expect(TerminalAnswer(command: command) == .background(expected))
  }

  @Test(
    "Nonsense is no answer",
    arguments: [
      "", "11", "11;?", "11;rgb:", "11;rgb:ffff/ffff", "11;rgb:fffff/0/0", "11;rgb:-1/0/0",
      "11;rgb:g/0/0", "10;rgb:0/0/0", "52;c;QQ==", "11;rgb:0/0/0:1",
    ])
  func nonsense(command: String) {
    #expect(TerminalAnswer(command: command) == nil)
  }

  @Test(
    "Synchronised output is there when its mode can be set",
    arguments: [("1", true), ("2", true), ("0", false), ("3", false), ("4", false), ("", false)])
  func synchronizes(value: String, expected: Bool) {
    #expect(
      TerminalAnswer(parameters: "?2026;\(value)$", final: "y") == .synchronizes(expected))
    #expect(TerminalAnswer(parameters: "?2004;\(value)$", final: "y") == nil)
  }

  @Test("Answers come between keys, in pieces and ended either way")
  func decoded() {
    var decoder = KeyDecoder()
    var events: [Event] = []
    func feed(_ text: String) {
      for byte in text.utf8 { events += decoder.decode(.byte(byte)) }
      events += decoder.decode(.pause)
    }
    feed("a\u{1B}]11;rgb:ff")
    feed("ff/ffff/ffff\u{7}b\u{1B}[?2026;")
    feed("1$y\u{1B}]11;rgb:0/0/0\u{1B}\\\u{1B}[?1;2c")
    #expect(
      decoder.answers == [
        .background(.light), .synchronizes(true), .background(.dark), .attributes,
      ])
    #expect(events.count == 2)
  }

  @Test("In a paste there are no answers")
  func pasted() {
    var decoder = KeyDecoder()
    _ = decoder.decode(.key(WINCH_KEY_PASTE_BEGIN))
    for byte in "\u{1B}]11;rgb:f/f/f\u{7}\u{1B}[?1c".utf8 { _ = decoder.decode(.byte(byte)) }
    _ = decoder.decode(.key(WINCH_KEY_PASTE_END))
    #expect(decoder.answers == [])
  }
}
