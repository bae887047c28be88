import Foundation
import Testing

@testable import EngineServer

@Suite("the multipart parser")
struct MultipartParserTests {
  typealias Part = (head: MultipartHead, content: String)

  /// Reads a form in pieces of a length.
  private func parts(_ form: String, by length: Int, boundary: String = "b") throws -> [Part] {
    var parser = try #require(MultipartParser(boundary: boundary))
    var parts: [Part] = []
    var bytes = Array(form.utf8)[...]
    while !bytes.isEmpty {
      for event in try parser.feed(bytes.prefix(length)) {
        switch event {
        case .part(let head): parts.append((head, ""))
        case .content(let content):
          parts[parts.count - 1].content += String(decoding: content, as: UTF8.self)
        case .partEnd: break
        }
      }
      bytes = bytes.dropFirst(length)
    }
    try parser.finish()
    return parts
  }

  private static func part(_ name: String, _ content: String) -> String {
    "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(content)\r\n"
  }

  @Test(
    "reads a form, wherever it is cut",
    arguments: [
      (part("a", "1") + "--b--", ["a=1"]),
      (part("a", "1") + part("c", "2") + "--b--\r\n", ["a=1", "c=2"]),
      ("preamble\r\n--x\r\n" + part("a", "1") + "--b--\r\nepilogue --b\r\n", ["a=1"]),
      (part("a", "") + "--b--", ["a="]),
      ("--b\r\nContent-Disposition: form-data; name=a\r\n\r\n--b--", ["a="]),
      (part("a", "\r\n--") + "--b--", ["a=\r\n--"]),
      (part("a", "x\r\n-\r\n--c\r\n\r") + "--b--", ["a=x\r\n-\r\n--c\r\n\r"]),
      (part("a", "--B no boundary") + "--b--", ["a=--B no boundary"]),
      ("--b \t \r\ncontent-disposition: form-data; name=a\r\n\r\n1\r\n--b--", ["a=1"]),
      ("--b--", []),
    ] as [(String, [String])])
  func cuts(form: String, expected: [String]) throws {
    for length in 1...(form.utf8.count) {
      let parts = try parts(form, by: length)
      #expect(parts.map { "\($0.head.name)=\($0.content)" } == expected, "cut by \(length)")
    }
  }

  @Test(
    "refuses what is no form, wherever it is cut",
    arguments: [
      ("", "ends before"), ("no boundary at all", "ends before"),
      (part("a", "1"), "ends before"), (part("a", "1") + "--b-", "ends before"),
      ("--b", "ends before"), ("--b\r\nContent-Disp", "ends before"),
      ("--bc\r\n", "not alone"), ("--b x\r\n", "not alone"), ("--b\nx", "not alone"),
      ("--b\r\n\r\n1\r\n--b--", "no headers"), ("--b\r\nno colon\r\n\r\n", "malformed"),
      ("--b\r\n: x\r\n\r\n", "malformed"), ("--b\r\nA: 1\r\n folded\r\n\r\n", "malformed"),
      ("--b\r\nA: 1\r\na: 2\r\n\r\n", "malformed"), ("--b\r\nA: \u{0}\r\n\r\n", "malformed"),
      ("--b\r\nContent-Type: text/plain\r\n\r\n", "which field"),
      ("--b\r\nContent-Disposition: attachment; name=a\r\n\r\n", "which field"),
      ("--b\r\nContent-Disposition: form-data\r\n\r\n", "which field"),
      ("--b\r\nContent-Disposition: form-data; name=\"a\r\n\r\n", "which field"),
      ("--b\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n", "which field"),
      (
        "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n",
        "encoded"
      ),
    ] as [(String, String)])
  func refusals(form: String, message: String) {
    for length in 1...max(1, form.utf8.count) {
      let error = #expect(throws: MultipartError.self) { try parts(form, by: length) }
      #expect(error?.message.contains(message) == true, "cut by \(length)")
    }
  }

  @Test("headers without an end are refused, not kept")
  func longHead() throws {
    var parser = try #require(MultipartParser(boundary: "b"))
    _ = try parser.feed(Array("--b\r\nX: ".utf8))
    #expect(throws: MultipartError("The headers of a part are too long.")) {
      for _ in 0..<10 { _ = try parser.feed([UInt8](repeating: 0x79, count: 1000)) }
    }
  }

  @Test("a boundary line without an end is refused, not kept")
  func longPadding() throws {
    var parser = try #require(MultipartParser(boundary: "b"))
    #expect(throws: MultipartError("A boundary is not alone on its line.")) {
      _ = try parser.feed(Array(("--b" + String(repeating: " ", count: 300)).utf8))
    }
  }

  @Test("too many parts are refused")
  func manyParts() throws {
    let form = String(repeating: Self.part("a", "1"), count: 65) + "--b--"
    #expect(throws: MultipartError("The form has too many parts.")) {
      try parts(form, by: 100)
    }
  }

  @Test("binary content comes out as it went in, at once but for a delimiter's length")
  func binary() throws {
    var parser = try #require(MultipartParser(boundary: "b"))
    _ = try parser.feed(Array("--b\r\nContent-Disposition: form-data; name=file\r\n\r\n".utf8))
    let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ ($0 >> 8)) }
    var received: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 999) {
      for event in try parser.feed(bytes[start..<min(start + 999, bytes.count)]) {
        guard case .content(let content) = event else { continue }
        received += content
      }
      #expect(received.count >= min(start + 999, bytes.count) - 5)
    }
    for event in try parser.feed(Array("\r\n--b--".utf8)) {
      guard case .content(let content) = event else { continue }
      received += content
    }
    #expect(received == bytes)
  }

  @Test("a boundary is what RFC 2046 allows", arguments: ["", "a b ", "ä", "a\"b"])
  func badBoundary(boundary: String) {
    #expect(MultipartParser(boundary: boundary) == nil)
    #expect(MultipartParser(boundary: String(repeating: "b", count: 71)) == nil)
    #expect(MultipartParser(boundary: "----WebKitFormBoundary7MA4YWxk'()+_,./:=? x") != nil)
  }

  @Test(
    "the file's name and type are read",
    arguments: [
      ("name=\"file\"; filename=\"a b.png\"", "a b.png"), ("name=file; filename=a.png", "a.png"),
      ("NAME=file ; FileName = \"x;y.png\"", "x;y.png"),
      (#"name=file; filename="q\"uo\\te\d.png""#, #"q"uo\te\d.png"#),
      ("name=file; filename=\"ü.png\"; filename*=UTF-8''x", "ü.png"), ("name=file", nil),
    ] as [(String, String?)])
  func fileName(parameters: String, filename: String?) throws {
    let head = "Content-Disposition: form-data; \(parameters)\r\nContent-Type: image/PNG; q=1"
    #expect(
      try MultipartHead(lines: Array(head.utf8))
        == MultipartHead(name: "file", filename: filename, contentType: "image/png"))
  }

  @Test("headers that are not UTF-8 are refused")
  func badUTF8() {
    #expect(throws: MultipartError.self) {
      try MultipartHead(
        lines: Array("Content-Disposition: form-data; name=file; filename=".utf8) + [0xFF])
    }
  }

  @Test("a file or a field beyond its limit is refused as too large")
  func limits() throws {
    var form = UploadForm(largestFile: 10)
    _ = try form.take(.part(MultipartHead(name: "file")))
    #expect(try form.take(.content([UInt8](repeating: 1, count: 10)[...]))?.count == 10)
    let file = #expect(throws: Refusal.self) { try form.take(.content([1])) }
    #expect(file?.status == .contentTooLarge)
    _ = try form.take(.part(MultipartHead(name: "name")))
    let field = #expect(throws: Refusal.self) {
      try form.take(.content([UInt8](repeating: 0x61, count: UploadForm.largestField + 1)[...]))
    }
    #expect(field?.status == .contentTooLarge)
    #expect(field?.response.details?["field"] == "name")
  }
}
