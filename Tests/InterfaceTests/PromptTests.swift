import ComfyAPI
import Downloads
import Testing

@testable import Interface

@Suite("The command line")
struct CommandLineTests {
  private func typed(_ text: String, on downloads: [Download] = []) throws -> State {
    var state = try screen(downloads, rows: 8)
    _ = state.type(":" + text)
    return state
  }

  @Test("a name does what its key does")
  func runs() throws {
    var state = try typed("retry", on: [download(1, "a.bin", .failed)])
    #expect(state.frame().text(6) == ":retry")
    #expect(state.tap(.enter).contains(.retry([identifier(1)])))
    #expect(state.level == .table)
  }

  @Test("the beginning of a name will do where only one begins so")
  func abbreviates() throws {
    var state = try typed("che", on: [download(1, "a.bin")])
    state.tap(.enter)
    #expect(state.message?.text == "The backend has no task for it to ask about.")
  }

  @Test(
    "a mistake is said with what is near",
    arguments: [
      ("retyr", "There is no command retyr. Did you mean retry?"),
      ("xyzzy", "There is no command xyzzy; ? shows all of them."),
      ("retr", "retr may be retry or retry-failed."),
      ("new-line", "new-line cannot be done here."),
      ("retry now", "retry takes nothing after it."),
      ("retry", "It is running: only a failed or cancelled one can be retried."),
    ])
  func mistakes(text: String, sentence: String) throws {
    var state = try typed(text, on: [download(1, "a.bin")])
    state.tap(.enter)
    #expect(state.message?.text == sentence)
  }

  @Test("Tab goes through the names that begin so, and back")
  func completes() throws {
    var state = try typed("retr")
    state.tap(.tab)
    #expect(state.frame().text(6) == ":retry")
    state.tap(.tab)
    #expect(state.frame().text(6) == ":retry-failed")
    state.tap(.backTab)
    #expect(state.frame().text(6) == ":retry")
  }

  @Test("the line above the candidates is the one entered before, and the typed one comes back")
  func recalls() throws {
    var state = try typed("help")
    state.tap(.enter, .escape)
    _ = state.type(":red")
    state.tap(.up)
    #expect(state.frame().text(6) == ":help")
    state.tap(.up)
    #expect(state.prompt?.field.text == "help")
    state.tap(.down)
    #expect(state.frame().text(6) == ":red")
  }

  @Test("what was entered is there in the next run")
  func isRemembered() throws {
    var state = try typed("help")
    guard case .saveSettings(let settings)? = state.tap(.enter).first else {
      Issue.record("Nothing was remembered.")
      return
    }
    #expect(settings.commands == ["help"])
    let kept = try WireFormat.encodeText(settings)
    #expect(try WireFormat.decode(ScreenSettings.self, from: kept.utf8) == settings)
    #expect(
      try WireFormat.decode(ScreenSettings.self, from: #"{"commands":7}"#.utf8)
        == ScreenSettings())
  }

  @Test("Esc gives the line up")
  func givesUp() throws {
    var state = try typed("quit")
    #expect(state.tap(.escape) == [])
    #expect(state.isRunning)
    #expect(state.level == .table)
  }

  @Test("what is typed below a pane acts on the pane")
  func belowPane() throws {
    var state = try screen([download(1, "a.bin")], rows: 8)
    state.tap(.enter, .character(":"))
    #expect(state.frame().text(1) == "a.bin")
    _ = state.type("back")
    state.tap(.enter)
    #expect(state.level == .table)
  }

  @Test("the footer shows what fits, and what it does")
  func candidates() throws {
    let state = try typed("re", on: [download(1, "a.bin")])
    #expect(state.frame().text(7).hasPrefix("retry  retry-failed  redraw"))
  }
}

@Suite("The key map")
struct KeyMapTests {
  @Test("keys of the configuration come in place of the table's")
  func changes() throws {
    let keys = KeyMap(changes: ["retry": [.character("t"), .function(5)]])
    #expect(keys.action(for: .character("t"), at: .table)?.name == "retry")
    #expect(keys.action(for: .function(5), at: .detail)?.name == "retry")
    #expect(keys.action(for: .character("r"), at: .table) == nil)
  }

  @Test("a key that is taken is no longer the other action's, and neither help nor footer say so")
  func takes() throws {
    let keys = KeyMap(changes: ["retry": [.character("a")]])
    let add = try #require(ActionTable.action(named: "add", at: .table))
    #expect(keys.action(for: .character("a"), at: .table)?.name == "retry")
    #expect(keys.keys(of: add, at: .table) == [])
  }

  @Test("Ctrl-C leaves whatever the configuration says")
  func cannotBeLockedIn() {
    let keys = KeyMap(changes: ["retry": [.control("c")]])
    for level in Level.allCases {
      #expect(keys.action(for: .control("c"), at: level)?.name == "interrupt")
    }
  }

  @Test("every name of a key is read back as that key")
  func names() {
    let keys: [KeyPress] = [
      .character("d"), .character("D"), .character(" "), .character(":"), .control("d"), .enter,
      .tab, .backTab, .escape, .backspace, .delete, .up, .down, .left, .right, .home, .end, .pageUp,
      .pageDown, .function(12),
    ]
    for key in keys { #expect(KeyPress(name: key.name) == key, "\(key.name)") }
    #expect(KeyPress(name: "ctrl-x") == .control("x"))
    for name in ["", "F0", "F13", "^1", "Ctrl-I", "abc", "\u{1B}"] {
      #expect(KeyPress(name: name) == nil, "\(name)")
    }
  }
}

@Suite("The log")
struct MessageLogTests {
  @Test("a message stays for as long as it takes to read, and goes by itself")
  func staysLongEnough() throws {
    var state = try screen(rows: 8)
    _ = state.apply(.outcome(.notice("Ten short words take a little more than three seconds.")))
    _ = state.apply(.clock(noon.addingTimeInterval(5)))
    #expect(state.message != nil)
    _ = state.apply(.clock(noon.addingTimeInterval(8)))
    #expect(state.message == nil)
  }

  @Test("L shows all that was said, the newest first, repetitions counted")
  func shown() throws {
    var state = try screen(columns: 60, rows: 8)
    _ = state.apply(.outcome(.notice("One.")))
    _ = state.apply(.clock(noon.addingTimeInterval(61)))
    _ = state.apply(.outcome(.problem("Two.")))
    _ = state.apply(.outcome(.problem("Two.")))
    state.tap(.character("L"))
    #expect(state.frame().text(1) == "Log, newest first")
    #expect(state.frame().text(2) == "15:07:41 Two. (2 times)")
    #expect(state.frame().text(3) == "15:06:40 One.")
    state.tap(.character("q"))
    #expect(state.level == .table)
  }

  @Test("it keeps the newest thousand")
  func bounded() {
    var log = MessageLog()
    for number in 0..<1500 { log.note(.notice("\(number)"), at: noon) }
    #expect(log.entries.count == 1000)
    #expect(log.entries.first?.message.text == "500")
  }
}
