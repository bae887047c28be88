import HTTPTypes
import Testing

@testable import EngineServer

@Suite("conditions and ranges of a content request")
struct ContentConditionsTests {
  private func answer(
    _ headers: HTTPFields, size: Int64 = 100
  ) -> ContentConditions.Answer { ContentConditions(headers, size: size, hash: "h").answer }

  @Test(
    "one range is given, more than one and none are the whole file",
    arguments: [
      ("bytes=0-0", .bytes(0..<1, isPart: true)), ("bytes=10-", .bytes(10..<100, isPart: true)),
      ("bytes=-10", .bytes(90..<100, isPart: true)), ("Bytes=5-9", .bytes(5..<10, isPart: true)),
      ("bytes=-1000", .bytes(0..<100, isPart: true)),
      ("bytes=99-99999999999999999999", .bytes(99..<100, isPart: true)),
      ("bytes=100-", .noSuchRange), ("bytes=-0", .noSuchRange),
      ("bytes=99999999999999999999-", .noSuchRange), ("bytes=5-2", .bytes(0..<100, isPart: false)),
      ("bytes=0-1,5-6", .bytes(0..<100, isPart: false)), ("bytes=", .bytes(0..<100, isPart: false)),
      ("bytes=-", .bytes(0..<100, isPart: false)), ("bytes=a-b", .bytes(0..<100, isPart: false)),
      ("bytes=+1-2", .bytes(0..<100, isPart: false)), ("lines=1-2", .bytes(0..<100, isPart: false)),
      ("bytes=1\u{301}-2", .bytes(0..<100, isPart: false)),
    ] as [(String, ContentConditions.Answer)])
  func ranges(range: String, expected: ContentConditions.Answer) {
    #expect(answer([.range: range]) == expected)
  }

  @Test("a file without bytes is given whole and has no range")
  func empty() {
    #expect(answer([:], size: 0) == .bytes(0..<0, isPart: false))
    #expect(answer([.range: "bytes=0-"], size: 0) == .noSuchRange)
    #expect(answer([.range: "bytes=-1"], size: 0) == .noSuchRange)
  }

  @Test(
    "a known tag is not sent again",
    arguments: [
      ("\"h\"", true), ("W/\"h\"", true), ("\"a\" , \"h\"", true), ("*", true), ("\"a\"", false),
      ("h", false), ("", false), (",,", false),
    ])
  func ifNoneMatch(tags: String, isKnown: Bool) {
    #expect((answer([.ifNoneMatch: tags, .range: "bytes=0-1"]) == .notModified) == isKnown)
  }

  @Test("a range of another content is the whole of this one")
  func ifRange() {
    #expect(answer([.range: "bytes=0-1", .ifRange: "\"h\""]) == .bytes(0..<2, isPart: true))
    for other in ["\"a\"", "W/\"h\"", "Wed, 21 Oct 2026 07:28:00 GMT"] {
      #expect(answer([.range: "bytes=0-1", .ifRange: other]) == .bytes(0..<100, isPart: false))
    }
  }

  @Test("content that is demanded by another tag has changed")
  func ifMatch() {
    #expect(answer([.ifMatch: "\"a\"", .ifNoneMatch: "\"h\""]) == .changed)
    #expect(answer([.ifMatch: "W/\"h\""]) == .changed)
    #expect(answer([.ifMatch: "\"h\""]) == .bytes(0..<100, isPart: false))
  }
}
