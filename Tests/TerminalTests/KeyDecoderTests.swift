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
    case .mouse(let mouse):
      "\(mouse.kind) \(mouse.position.column),\(mouse.position.row) \(mouse.modifiers.rawValue)"
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

  @Test("Clicks and the wheel are told with their place and the keys held down")
  func mouse() {
    #expect(
      decode(bytes("\u{1B}[<0;1;1M\u{1B}[<2;300;40M\u{1B}[<64;5;6M\u{1B}[<93;5;6M"))
        == ["left 0,0 0", "right 299,39 0", "wheelUp 4,5 0", "wheelDown 4,5 7"])
  }

  @Test("A release, a movement, a further button and nonsense of the mouse are nothing")
  func otherMouse() {
    for report in ["0;1;1m", "35;1;1M", "128;1;1M", "66;1;1M", "0;0;1M", "0;1M", ";;M", "0;1;1;1M"]
    {
      #expect(decode(bytes("\u{1B}[<\(report)x")) == ["character(\"x\")"], "\(report)")
    }
    #expect(decode(bytes("\u{1B}[<0;99999999999999999999;1Mx")) == ["character(\"x\")"])
  }

  @Test("A report that a slow line has torn is still one, and never typed text")
  func tornMouse() {
    #expect(decode(bytes("\u{1B}[<0;1"), bytes("2;5Mx")) == ["left 11,4 0", "character(\"x\")"])
  }

  @Test("A mouse that is told in the old way is nothing")
  func oldMouse() {
    #expect(decode(bytes("\u{1B}[M !!x")) == ["character(\"x\")"])
  }

  @Test("What a terminal answers to a question is no typed text")
  func answers() {
    #expect(decode(bytes("\u{1B}]11;rgb:0000/0000/0000\u{7}x")) == ["character(\"x\")"])
    #expect(decode(bytes("\u{1B}]11;rgb:00"), bytes("00/0/0\u{1B}\\x")) == ["character(\"x\")"])
    #expect(decode(bytes("\u{1B}P>|term\u{1B}\\x")) == ["character(\"x\")"])
    #expect(decode(bytes("\u{1B}[?62;1;4c\u{1B}[?2026;2$yx")) == ["character(\"x\")"])
  }

  @Test("An introducer that was a key with Alt does not swallow what is typed later")
  func lonelyIntroducers() {
    for introducer in ["[", "]", "P", "_", "^", "O"] {
      #expect(decode(bytes("\u{1B}" + introducer), bytes("x")) == ["character(\"x\")"])
    }
  }

  @Test("A string or a sequence without end gives up")
  func endless() {
    #expect(decode(bytes("\u{1B}]" + String(repeating: "a", count: 1000))).count > 700)
    #expect(decode(bytes("\u{1B}[" + String(repeating: "1", count: 1000))).count > 700)
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

  @Test("A paste whose begin and end a slow line has torn is a paste")
  func tornPaste() {
    #expect(
      decode(bytes("\u{1B}[20"), bytes("0~one "), bytes("two\u{1B}"), bytes("[20"), bytes("1~x"))
        == ["paste(one two)", "character(\"x\")"])
  }

  @Test("The end of a paste that never began is nothing")
  func strayPasteEnd() {
    #expect(decode([.key(WINCH_KEY_PASTE_END)]) == [])
    #expect(decode(bytes("\u{1B}[201~x")) == ["character(\"x\")"])
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
