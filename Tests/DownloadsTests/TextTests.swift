import Downloads
import Testing

@Suite("Text for people")
struct TextTests {
  @Test(
    "control, escape and bidirectional characters are replaced",
    arguments: [
      ("plain ü 漢", "plain ü 漢"), ("\u{1B}[31mred", "\u{FFFD}[31mred"), ("a\nb\tc", "a b c"),
      ("x\u{202E}y\u{2066}z", "x\u{FFFD}y\u{FFFD}z"), ("\u{9B}1m", "\u{FFFD}1m"),
      ("\u{7F}", "\u{FFFD}"),
    ])
  func sanitizes(text: String, expected: String) { #expect(PlainText.sanitized(text) == expected) }

  @Test(
    "sizes are short",
    arguments: [
      (Int64(0), "0 B"), (-5, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (1024, "1.0 kB"),
      (10_240, "10 kB"), (999_600, "1.0 MB"), (6_938_041_126, "6.9 GB"), (1 << 40, "1.1 TB"),
      (.max, "9223 PB"),
    ])
  func sizes(bytes: Int64, expected: String) { #expect(ByteCount.text(bytes) == expected) }

  @Test(
    "times are short",
    arguments: [
      (Int64(-1), "0s"), (59, "59s"), (60, "1m00s"), (3599, "59m59s"), (3661, "1h01m"),
      (90_000, "1d1h"), (.max, ">99d"),
    ])
  func times(seconds: Int64, expected: String) {
    #expect(DurationText.text(seconds: seconds) == expected)
  }

  @Test("metadata is read from lines and from JSON")
  func metadata() throws {
    #expect(try MetadataText.parse("a = b\n\nc=d=e") == ["a": "b", "c": "d=e"])
    #expect(try MetadataText.parse(#" {"n": 3, "s": "t"} "#) == ["n": 3, "s": "t"])
    #expect(try MetadataText.parse("  ") == [:])
  }

  @Test(
    "metadata that cannot be read names the line",
    arguments: ["a=b\nnonsense", "a=b\n=c", "a=b\na=c"])
  func badMetadata(text: String) {
    #expect {
      try MetadataText.parse(text)
    } throws: { error in
      let failure = error as? DownloadFailure
      return failure?.code == "INVALID_METADATA" && failure?.message.contains("Line 2") == true
    }
  }

  @Test("metadata is read from pairs, with texts or with JSON, and of two the later counts")
  func metadataPairs() throws {
    #expect(try MetadataText.parse(pairs: ["a=1", "b = c=d", "a=2"]) == ["a": "2", "b": "c=d"])
    #expect(
      try MetadataText.parse(jsonPairs: ["a=1", "b = [true]", "a=2", "c=null", #"d="x=y""#])
        == ["a": 2, "b": .array([true]), "c": .null, "d": "x=y"])
  }

  @Test(
    "a pair that is none, and a value that is no JSON, are errors",
    arguments: ["a", "=1", "", "a=", "a=me", "a=1 2", "a={"])
  func badPairs(pair: String) {
    #expect(throws: DownloadFailure.self) { try MetadataText.parse(jsonPairs: [pair]) }
  }

  @Test("broken JSON is an error", arguments: ["{", "{]}", #"{"a": }"#])
  func badJSON(text: String) {
    #expect(throws: DownloadFailure.self) { try MetadataText.parse(text) }
  }

  @Test(
    "tags have rules", arguments: ["", " a", "a,b", "a\u{7}", String(repeating: "x", count: 256)])
  func badTags(tag: String) { #expect(!Tag.isValid(tag)) }
}
