import Downloads
import Testing

@testable import Interface

@Suite("Finding and filtering")
struct FindingTests {
  @Test("/ finds while typing, n and N go on, and nothing is hidden")
  func finds() throws {
    var state = try screen(four)
    state.tap(.character("g"), .character("/"))
    _ = state.type("a.bin")
    #expect(state.list.selected?.name == "delta.bin")
    state.tap(.enter, .character("n"))
    #expect(state.list.selected?.name == "alpha.bin")
    state.tap(.character("n"))
    #expect(state.list.selected?.name == "delta.bin")
    state.tap(.character("N"))
    #expect(state.list.selected?.name == "alpha.bin")
    #expect(state.names.count == 4)
  }

  @Test("Esc while searching puts the cursor back")
  func searchGivenUp() throws {
    var state = try screen(four)
    state.tap(.character("/"))
    _ = state.type("delta")
    #expect(state.list.selected?.name == "delta.bin")
    state.tap(.escape)
    #expect(state.list.selected?.name == "bravo.bin")
  }

  /// The characters of a row that are underlined.
  private func underlined(_ row: Int, of state: State) -> String {
    let frame = state.frame()
    return (0..<frame.size.columns).map { frame[$0, row] }
      .filter(\.style.isUnderlined).map(\.text).joined()
  }

  private func search(_ text: String, in downloads: [Download], columns: Int = 60) throws -> State {
    var state = try screen(downloads, columns: columns, rows: 10)
    state.tap(.character("/"))
    _ = state.type(text)
    return state
  }

  @Test("what is found is underlined, and nothing else")
  func underlines() throws {
    let state = try search("HARLIE.", in: four)
    #expect((2...5).map { underlined($0, of: state) } == ["", "", "harlie.", ""])
  }

  @Test("a word is underlined each time it stands there, in tags too, and wide ones as a whole")
  func underlinesEach() throws {
    let tagged = [download(1, "ab_模型_AB.bin", tags: ["abc"])]
    let found = try search("ab", in: tagged, columns: 100)
    #expect(underlined(2, of: found) == "abABab")
    #expect(underlined(2, of: try search("型", in: tagged)) == "型")
  }

  @Test(
    "what the name's shortening hides is underlined as its dots, what no cell shows as the name")
  func underlinesHidden() throws {
    let long = [download(1, "a-name-that-is-hidden-here-in-its-middle-part.bin")]
    #expect(
      underlined(2, of: try search("hidden-here", in: long, columns: 40)).allSatisfy { $0 == "…" })
    #expect(underlined(2, of: try search("huggingface", in: four)) == "delta.bin")
    #expect(underlined(2, of: try search("size>30", in: four)) == "delta.bin")
  }

  @Test("what is excluded is not underlined, the rest of the words is")
  func underlinesWanted() throws {
    #expect(underlined(2, of: try search("delta & !alpha", in: four)) == "delta")
  }

  @Test("what is new is found too, and what was renamed no longer")
  func findsNew() throws {
    var state = try search("echo", in: four)
    state.tap(.enter)
    _ = state.apply(news(four + [download(5, "echo.bin")]))
    state.tap(.character("n"))
    #expect(state.list.selected?.name == "echo.bin")
    _ = state.apply(news(four + [download(5, "foxtrot.bin")]))
    #expect(!state.list.isFound(4))
  }

  @Test("a mistake in a filter is said and marked where it stands, and the last filter goes on")
  func mistake() throws {
    var state = try screen(four, columns: 60, rows: 10)
    state.tap(.character("f"))
    _ = state.type("size>15")
    _ = state.apply(.paste(" & speed>x"))
    #expect(state.names == ["delta.bin", "charlie.bin", "bravo.bin"])
    let frame = state.frame()
    #expect(frame.text(8) == "Filter: size>15 & speed>x")
    #expect(!frame.text(9).isEmpty)
    #expect(frame[24, 8].style.isUnderlined)
    #expect(!frame[18, 8].style.isUnderlined)
    state.tap(.enter)
    #expect(state.level == .prompt)
  }

  @Test("Tab completes the names of fields")
  func completes() throws {
    var state = try screen(four)
    state.tap(.character("f"))
    _ = state.type("a & stat")
    state.tap(.tab)
    #expect(state.prompt?.field.text == "a & state:failed")
  }

  @Test("digits show saved views, and :save-view saves what is shown")
  func views() throws {
    var state = try screen(four)
    state.tap(.character("4"))
    #expect(state.names == ["alpha.bin"])
    state.tap(.character("1"))
    #expect(state.names.count == 4)
    state.tap(.character("9"))
    #expect(
      state.message?.text == "Nothing is saved at 9; :save-view 9 NAME saves what is shown.")
    _ = state.type(":filter size>15")
    state.tap(.enter)
    _ = state.type(":save-view 9 large ones")
    state.tap(.enter, .character("1"), .character("9"))
    #expect(state.frame().text(1).contains("9 large ones"))
    #expect(state.names == ["delta.bin", "charlie.bin", "bravo.bin"])
  }
}
