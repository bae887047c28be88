import Downloads
import Testing

@Suite("FileName")
struct FileNameTests {
  @Test(
    "a name from outside becomes a safe one",
    arguments: [
      ("m.safetensors", "m.safetensors"), ("../../etc/passwd", "passwd"), ("a\\b.bin", "b.bin"),
      (".hidden", "hidden"), ("x\u{1B}[2J.bin", "x_[2J.bin"), ("a:b?.bin", "a_b_.bin"),
      ("name. ", "name"), ("ünï.bin", "ünï.bin"), ("a\u{202E}b.bin", "a_b.bin"),
    ])
  func sanitizes(text: String, expected: String) {
    #expect(FileName.sanitized(text) == expected)
  }

  @Test("nothing usable gives no name", arguments: ["", "/", "..", " . ", "../"])
  func nothing(text: String) { #expect(FileName.sanitized(text) == nil) }

  @Test("a name that is too long keeps its extension")
  func long() throws {
    let name = try #require(
      FileName.sanitized(String(repeating: "ü", count: 300) + ".safetensors"))
    #expect(name.utf8.count <= 255)
    #expect(name.hasSuffix("ü.safetensors"))
  }

  @Test("a number goes before the extension, within the limit")
  func numbered() {
    #expect(FileName.numbered("m.safetensors", 2) == "m (2).safetensors")
    #expect(FileName.numbered("m", 3) == "m (3)")
    let long = FileName.numbered(String(repeating: "a", count: 251) + ".bin", 12)
    #expect(long.utf8.count == 255 && long.hasSuffix("a (12).bin"))
  }
}
