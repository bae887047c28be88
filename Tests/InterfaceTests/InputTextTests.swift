import ComfyAPI
import Downloads
import Testing

@testable import Interface

@Suite("Texts of the input fields")
struct InputTextTests {
  @Test("tags are separated by commas and spaces, each kept once")
  func tags() {
    #expect(TagText(" a, b c,,a ").tags == ["a", "b", "c"])
    #expect(TagText("").tags == [])
    #expect(TagText("a\u{202E}b").problem != nil)
    #expect(TagText(String(repeating: "x", count: 300)).problem != nil)
  }

  @Test("a folder is suggested from its first letters")
  func folders() {
    let known = KnownNames(["loras", "vae", "vae_approx"])
    #expect(Suggestions(for: "lor", among: known).rest == "as")
    #expect(Suggestions(for: "", among: known).rest == nil)
    #expect(FolderText("").problem == nil)
    #expect(FolderText("my/own").problem == nil)
  }

  @Test("a path that leaves the models folder is wrong", arguments: ["../x", "/etc", "a//b", "."])
  func wrongFolders(text: String) {
    #expect(FolderText(text).problem != nil)
    #expect(FolderText(text).folder == nil)
  }

  @Test("each wrong line of metadata is named")
  func metadataLines() {
    let field = MetadataField("a=1\noops\n\n=x\na=2\nb = two = 2 ")
    #expect(field.problems.map(\.line) == [1, 3, 4])
    #expect(field.values == ["a": "1", "b": "two = 2"])
  }

  @Test("a mistake in JSON stands below its line")
  func metadataJSON() {
    #expect(MetadataField("{\"a\":\n1").problems.map(\.line) == [1])
    #expect(MetadataField("{\n\"a\" 1,\n\"b\": 2}").problems.map(\.line) == [1])
    #expect(MetadataField("{\"a\": [1]}").values == ["a": .array([1])])
  }

  @Test(
    "secrets are taken out of links and the rest stays as it was",
    arguments: [
      ("https://c/x?token=a", "https://c/x"),
      ("https://c/x?a=1&TOKEN=b&c=2", "https://c/x?a=1&c=2"),
      ("https://c/x?t%6Fken=b", "https://c/x"), ("https://c/x?a=1", "https://c/x?a=1"),
      ("https://c/x?tokens=1", "https://c/x?tokens=1"), ("no link", "no link"),
      ("https://me:secret@c/x?token=a", "https://c/x"), ("HTTPS://secret@c", "HTTPS://c"),
      ("http://a@b@c/d@e", "http://c/d@e"), ("see https://secret@c/x", "see https://c/x"),
      ("hf://org/repo@main/x", "hf://org/repo@main/x"), ("https://@", "https://"),
    ])
  func tokens(link: String, kept: String) {
    #expect(LinkToken.removed(from: link).link == kept)
    #expect(LinkToken.removed(from: link).hadToken == (link != kept))
    #expect(LinkToken.masked(link).count == link.count)
    #expect(!LinkToken.masked(link).contains("secret"))
  }
}

@Suite("A text field")
struct TextFieldTests {
  private func edited(_ text: String, at cursor: Int, _ edits: TextField.Edit...) -> String {
    var field = TextField(text, isMultiline: true)
    field.moveCursor(to: cursor)
    for edit in edits { field.apply(edit) }
    field.insert("|")
    return field.text
  }

  @Test("the cursor goes left, right and to the ends of its line")
  func moves() {
    #expect(edited("ab\ncd", at: 4, .left, .left) == "ab|\ncd")
    #expect(edited("ab\ncd", at: 0, .left) == "|ab\ncd")
    #expect(edited("ab\ncd", at: 5, .right) == "ab\ncd|")
    #expect(edited("ab\ncd", at: 4, .home) == "ab\n|cd")
    #expect(edited("ab\ncd", at: 1, .end) == "ab|\ncd")
  }

  @Test("characters, words and line parts are deleted")
  func deletes() {
    #expect(edited("abc", at: 2, .backspace) == "a|c")
    #expect(edited("abc", at: 0, .backspace) == "|abc")
    #expect(edited("abc", at: 1, .delete) == "a|c")
    #expect(edited("abc", at: 3, .delete) == "abc|")
    #expect(edited("one two  ", at: 9, .deleteWord) == "one |")
    #expect(edited("ab\ncd", at: 4, .deleteToStart) == "ab\n|d")
    #expect(edited("ab\ncd", at: 1, .deleteToEnd) == "a|\ncd")
    #expect(edited("ab\ncd", at: 3, .backspace) == "ab|cd")
  }

  @Test("one press deletes a whole joined character")
  func deletesClusters() {
    #expect(edited("x👨‍👩‍👧", at: 2, .backspace) == "x|")
    #expect(edited("e\u{301}x", at: 1, .backspace) == "|x")
  }

  @Test("a combining mark typed alone joins its letter")
  func joinsMarks() {
    var field = TextField("e")
    field.insert("\u{301}")
    #expect(field.text.count == 1)
    #expect(field.cursor == 1)
  }

  @Test("a field of one line makes line ends spaces and takes no control characters")
  func staysOneLine() {
    #expect(TextField("a\r\nb\u{1B}[1mc\u{0}").text == "a b[1mc")
  }

  @Test("the part around the cursor is shown, wide characters whole")
  func showsCursor() {
    #expect(FieldLine("abcdef", offset: 6, width: 4) == FieldLine("def", offset: 3, width: 4))
    let wide = FieldLine("模型模型", offset: 4, width: 4)
    #expect(wide.text == "型")
    #expect(wide.cursor == 2)
    #expect(FieldLine("abc", offset: nil, width: 2).text == "abc")
  }
}
