import HostileInput
import Testing
import Transport

@testable import Origins

/// Headers and bodies as no server should send them: nothing traps, and what comes out is within
/// bounds.
@Suite("Hostile answers") struct HostileAnswerTests {
  @Test("rate limits never ask for a wait beyond a day")
  func rateLimits() {
    var generator = HostileInput(seed: 11)
    for _ in 0..<HostileInput.count {
      let limit = generator.mutate([#""resolvers";r=0;t=172"#, #""api";r=12;t=3"#])
      let after = generator.mutate(["120", "Wed, 21 Oct 2026 07:28:00 GMT"])
      let seconds = RetryAfter.seconds(["RateLimit": limit, "Retry-After": after])
      if let seconds { #expect((0...86_401).contains(seconds)) }
    }
  }

  @Test("links to the next page hold no line ends")
  func pages() {
    var generator = HostileInput(seed: 12)
    for _ in 0..<HostileInput.count {
      _ = LinkHeader.next(
        generator.mutate([#"<https://h/a?cursor=x>; rel="next""#, "<https://h/p>; rel=prev, <"]))
    }
  }

  @Test("ranges that are understood lie in their file")
  func ranges() {
    var generator = HostileInput(seed: 13)
    for _ in 0..<HostileInput.count {
      let text = generator.mutate(["bytes 0-99/1000", "bytes */1000", "bytes 5-9/*"])
      guard let range = ContentRange(text), let bytes = range.bytes else { continue }
      #expect(bytes.lowerBound >= 0)
      if let total = range.total { #expect(bytes.upperBound < total) }
    }
  }

  @Test("what a site says is bounded and holds no control characters")
  func messages() {
    var generator = HostileInput(seed: 14)
    for _ in 0..<HostileInput.count {
      let body = generator.mutate(
        [#"{"error":"a\u001b[31m","message":"b"}"#, #"{"error":["c"]}"#, "<html>"])
      guard let text = SourceMessage.text(Array(body.utf8)) else { continue }
      #expect(text.count <= SourceMessage.longest)
      #expect(!text.unicodeScalars.contains { $0.value < 0x20 })
    }
  }

  @Test("facts of the hub are whole hashes and sizes, or nothing")
  func facts() {
    var generator = HostileInput(seed: 15)
    let hash = String(repeating: "ab", count: 32)
    for _ in 0..<HostileInput.count {
      var facts = HuggingFaceFacts()
      facts.take(
        [
          "X-Linked-Etag": generator.mutate(["\"\(hash)\"", "W/\"\(hash)\""]),
          "X-Linked-Size": generator.mutate(["4683073184"]),
          "X-Repo-Commit": generator.mutate([String(hash.prefix(40))]),
        ], isRedirect: true)
      if let sha256 = facts.hashes.sha256 { #expect(sha256.utf8.count == 64) }
      if let commit = facts.commit { #expect(commit.utf8.count == 40) }
      if let size = facts.size { #expect(size >= 0) }
    }
  }
}
