import Downloads
import Testing

@Suite("A pasted block of text")
struct PastedTextTests {
  private func lines(_ text: String) throws -> [String] {
    PastedText.lines(text, hosts: try SourceHosts(environment: [:]))
  }

  private let first = "https://huggingface.co/o/n/resolve/main/a.safetensors"
  private let second = "https://civitai.com/models/5?modelVersionId=6"

  @Test("lines with a link each stay as they are, and so do empty ones")
  func plain() throws {
    #expect(try lines("\(first)\n\n  \(second)\n") == [first, "", "  \(second)", ""])
  }

  @Test("links in prose, Markdown, HTML, JSON and commands come out, in order")
  func embedded() throws {
    let texts = [
      "Get \(first), then \(second).", "- [one](\(first)) and **\(second)**",
      "<a href=\"\(first)\">x</a><a href='\(second)'>y</a>",
      "{\"url\": \"\(first)\", \"other\": \"\(second)\"}", "wget \(first) \(second)",
      "\(first)\t\(second)", "\(first) | \(second)",
    ]
    for text in texts { #expect(try lines(text) == [first, second], "\(text)") }
  }

  @Test("a link without https:// comes out of prose too")
  func withoutScheme() throws {
    #expect(try lines("see huggingface.co/o/n for it") == ["huggingface.co/o/n"])
  }

  @Test("a link of another site comes out as well, so that it can be said that it is")
  func otherSite() throws {
    #expect(try lines("at https://example.com/x now") == ["https://example.com/x"])
  }

  @Test("a line without a link stays whole")
  func noLink() throws {
    #expect(try lines("no link here / there") == ["no link here / there"])
    let long = String(repeating: "x y ", count: 40_000)
    #expect(try lines(long) == [long])
  }
}
