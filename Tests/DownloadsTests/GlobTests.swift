import Downloads
import Testing

@Suite("Patterns for names")
struct GlobTests {
  @Test(
    "match as a shell's do, over slashes too",
    arguments: [
      ("*.safetensors", "a/b.safetensors", true), ("*.safetensors", "a.gguf", false),
      ("*fp16*", "unet/model-fp16.bin", true), ("unet/*", "unet/a/b", true),
      ("unet/*", "vae/unet/b", false), ("m?.bin", "m1.bin", true), ("m?.bin", "m12.bin", false),
      ("m[0-9].bin", "x/m7.bin", true), ("m[!0-9].bin", "m7.bin", false),
      ("m[]x].bin", "m].bin", true), ("[", "[", true), ("a[b", "a[b", true), ("", "", true),
      ("*", "", true), ("a*b*c", "aXbYc", true), ("a*b*c", "aXbY", false), ("a", "b/a", true),
    ])
  func matches(pattern: String, path: String, expected: Bool) {
    #expect(Glob(pattern).matches(path) == expected)
  }

  @Test("many stars take no longer than the lengths multiplied")
  func manyStars() {
    let glob = Glob(String(repeating: "*a", count: 500) + "b")
    #expect(!glob.matches(String(repeating: "a", count: 5000)))
  }
}
