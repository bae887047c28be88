import Testing

@testable import Transport

@Suite("ResponseHeadParser")
struct ResponseHeadParserTests {
  private func parse(_ lines: String...) -> HTTPResponseHead? {
    var parser = ResponseHeadParser(url: "http://host/")
    for line in lines + [""] {
      if case .head(let head) = parser.read(Array((line + "\r\n").utf8)) { return head }
    }
    return nil
  }

  @Test("values are trimmed and hold no bare line break")
  func trimmedValues() throws {
    let head = try #require(parse("HTTP/1.1 200 OK", "A:\t b \r c\0d ", "Empty:"))
    #expect(head.headers["a"] == "b  cd")
    #expect(head.headers["empty"] == "")
  }

  @Test("a folded line continues the value before it")
  func foldedLine() throws {
    #expect(try #require(parse("HTTP/1.1 200 OK", "A: b", "  c")).headers["A"] == "b c")
  }

  @Test("a status line without reason has a status")
  func statusWithoutReason() throws {
    #expect(try #require(parse("HTTP/1.1 206")).status == 206)
  }

  @Test("bytes that are no UTF-8 are replaced")
  func invalidUTF8() throws {
    var parser = ResponseHeadParser(url: "http://host/")
    _ = parser.read(Array("HTTP/1.1 200 OK\r\n".utf8))
    _ = parser.read(Array("A: x".utf8) + [0xFF, 0x0D, 0x0A])
    guard case .head(let head) = parser.read([0x0D, 0x0A]) else {
      Issue.record("the head did not end")
      return
    }
    #expect(head.headers["A"] == "x\u{FFFD}")
  }

  @Test("trailers are no second head")
  func trailers() {
    var parser = ResponseHeadParser(url: "http://host/")
    _ = parser.read(Array("HTTP/1.1 200 OK\r\n".utf8))
    _ = parser.read([0x0D, 0x0A])
    #expect(parser.read(Array("Trailer: x\r\n".utf8)) == .more)
    #expect(parser.read([0x0D, 0x0A]) == .more)
  }
}
