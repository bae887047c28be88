import CTerminal
import Interface
import Testing

@testable import Terminal

@Suite("Keys from the terminal") struct KeyDecoderTests {
  /// Decodes texts and keys, each followed by a pause, and collects what they mean.
  private func decode(_ batches: [TerminalInput]...) -> [String] {
    var decoder = KeyDecoder()
    return batches.flatMap { $0 + [.pause] }.flatMap { decoder.decode($0) }.map(Self.text)
  }

  private func bytes(_ text: String) -> [TerminalInput] { text.utf8.map(TerminalInput.byte) }

  private static func text(_ event: Event) -> String {
    switch event {
    case .key(let key): "\(key)"
    case .paste(let text): "paste(\(text))"
    default: "other"
    }
  }

  @Test("Letters are themselves, in any script")
  func letters() {
    #expect(
      decode(bytes("aé日")) == [
        "character(\"a\")", "character(\"é\")", "character(\"日\")",
      ])
  }

  @Test("A letter whose bytes come apart is one letter, and what is none is shown as such")
  func splitLetters() {
    #expect(
      decode([.byte(0xC3)], [.byte(0xA9)], [.byte(0xFF), .byte(0x61)]) == [
        "character(\"é\")", "character(\"\u{FFFD}\")", "character(\"a\")",
      ])
    #expect(
      decode([.byte(0xE6), .byte(0x97), .byte(0x61)]) == [
        "character(\"\u{FFFD}\")", "character(\"a\")",
      ])
  }

  @Test("Control characters are keys")
  func controls() {
    #expect(
      decode(bytes("\r\n\t\u{7F}\u{8}\u{3}\u{1A}")) == [
        "enter", "enter", "tab", "backspace", "backspace", "control(\"c\")", "control(\"z\")",
      ])
  }

  @Test("Escape alone is the key, and twice it is two")
  func escape() {
    #expect(decode(bytes("\u{1B}")) == ["escape"])
    #expect(decode(bytes("\u{1B}"), bytes("x")) == ["escape", "character(\"x\")"])
    #expect(decode(bytes("\u{1B}\u{1B}")) == ["escape", "escape"])
  }

  @Test("A key with Alt never does what the key alone does")
  func alt() {
    #expect(decode(bytes("\u{1B}xq")) == ["character(\"q\")"])
  }

  @Test("A sequence nobody knows is no key at all")
  func unknownSequences() {
    #expect(decode(bytes("\u{1B}[1;5Cx")) == ["character(\"x\")"])
    #expect(decode(bytes("\u{1B}OPx")) == ["character(\"x\")"])
    #expect(decode([.key(WINCH_KEY_OTHER)]) == [])
  }

  @Test("Named keys have their names")
  func named() {
    let keys = [WINCH_KEY_UP, WINCH_KEY_PAGE_DOWN, WINCH_KEY_BACK_TAB, WINCH_KEY_DELETE]
    #expect(decode(keys.map(TerminalInput.key)) == ["up", "pageDown", "backTab", "delete"])
    let function = winch_key(rawValue: WINCH_KEY_FUNCTION.rawValue + 5)
    #expect(decode([.key(function)]) == ["function(5)"])
  }

  @Test("A paste is one event, over any number of reads, and its line ends are line feeds")
  func paste() {
    #expect(
      decode(
        [.key(WINCH_KEY_PASTE_BEGIN)] + bytes("one\rt"), bytes("wo\r\nq\u{1B}[A\n"),
        [.key(WINCH_KEY_PASTE_END)] + bytes("x"))
        == ["paste(one\ntwo\nq\u{1B}[A\n)", "character(\"x\")"])
  }

  @Test("The end of a paste that never began is nothing")
  func strayPasteEnd() {
    #expect(decode([.key(WINCH_KEY_PASTE_END)]) == [])
  }

  @Test("A paste without end does not fill the memory")
  func hugePaste() throws {
    var decoder = KeyDecoder()
    _ = decoder.decode(.key(WINCH_KEY_PASTE_BEGIN))
    for _ in 0..<(KeyDecoder.longestPaste + 10) { _ = decoder.decode(.byte(0x61)) }
    guard case .paste(let text)? = decoder.decode(.key(WINCH_KEY_PASTE_END)).first else {
      Issue.record("no paste")
      return
    }
    #expect(text.unicodeScalars.count == KeyDecoder.longestPaste)
  }
}
