import Downloads
import Testing

@testable import Interface

@Suite("The help")
struct HelpTests {
  @Test("it lists every action of the table, scrolled to its end")
  func isComplete() throws {
    var state = try screen(columns: 200, rows: 24)
    state.tap(.character("?"))
    var shown = picture(of: state.frame())
    #expect(shown.contains("> a             Add downloads."))
    for _ in 0..<20 {
      state.tap(.pageDown)
      shown += "\n" + picture(of: state.frame())
    }
    for action in ActionTable.actions { #expect(shown.contains(action.help), "\(action.name)") }
    state.tap(.character("?"))
    #expect(state.level == .table)
  }

  @Test("it is narrowed while words are typed, and Enter does what is marked")
  func searched() throws {
    var state = try screen([download(1, "a.bin", .failed)], columns: 60, rows: 12)
    state.tap(.character("?"), .character("/"))
    _ = state.type("again failed")
    #expect(
      picture(of: state.frame()) == """
        Winch  ● local                            0 active  1 failed
        Keys that match "again failed"; / searches, Enter does what…
        Downloads
        > r             Start a failed, cancelled or silent download
                        again.





        Search: again failed
        Enter do it  Tab complete  Esc give up
        """)
    state.tap(.enter)
    #expect(state.level == .help)
    #expect(state.tap(.enter) == [.retry([identifier(1)])])
    #expect(state.level == .table)
  }

  @Test("what cannot be done where the help was opened says so")
  func notHere() throws {
    var state = try screen()
    state.tap(.character("?"), .character("/"))
    _ = state.type("queue the links")
    state.tap(.enter, .enter)
    #expect(state.message?.text == "queue cannot be done here.")
  }

  @Test("Esc while searching shows everything again")
  func searchGivenUp() throws {
    var state = try screen()
    state.tap(.character("?"), .character("/"))
    _ = state.type("xyzzy")
    #expect(!picture(of: state.frame()).contains("Downloads"))
    state.tap(.escape)
    #expect(state.help.search == "")
    #expect(state.level == .help)
  }

  @Test("its end tells what the marks in the table stand for")
  func marks() throws {
    var state = try screen(columns: 40, rows: 16)
    state.tap(.character("?"), .end)
    #expect(
      picture(of: state.frame()) == """
        Winch  ● local                  0 active
        Keys; / searches, Enter does what is ma…
          ^C            Leave from anywhere.
          ^L            Draw the screen anew.
        > ^Z            Suspend; the shell's fg
                        comes back.

        Marks in the table
          · queued (not sent yet)  ∘ queued
          ↓ running, resolving
          ≡ verifying, placing  ↻ waiting
          ‖ paused  ✓ completed  ≈ unverified
          ✗ failed  × cancelled  ⊗ cancelling
          ? silent

        / search  Enter do it  Esc back
        """)
    state = try screen(columns: 80, rows: 24, isUnicode: false)
    state.tap(.tab, .character("?"), .end)
    #expect(
      picture(of: state.frame()).contains(
        """
        Marks in the table
          + verified, stored  - unverified  = checking  o waiting
          ! damaged, missing, unreadable
        """))
  }

  @Test("it shows the keys of the configuration")
  func showsChangedKeys() throws {
    let state = try screen(columns: 100, rows: 30, keys: KeyMap(changes: ["add": [.function(7)]]))
    var opened = state
    opened.tap(.character("?"))
    #expect(picture(of: opened.frame()).contains("F7            Add downloads."))
  }
}
