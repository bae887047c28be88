import Foundation
import HostileInput
import Testing

@testable import ComfyAPI

private enum Messages {
  static let usual: [String] = [
    #"{"data":{"asset_name":"m.gguf","bytes_downloaded":50,"bytes_total":200,"progress":0.25,"#
      + #""status":"running","task_id":"t"},"type":"asset_download"}"#,
    """
    {"type": "asset_download", "data": {"task_id": "t", "asset_name": "a b/c", "bytes_total": -1,
     "bytes_downloaded": 9223372036854775807, "progress": -1.50, "status": "later"}}
    """,
    #"{"type":"asset_download","data":{"task_id":"","asset_name":"","bytes_total":0,"#
      + #""bytes_downloaded":0,"progress":100,"status":""}}"#,
  ]

  /// What is to be left to the decoder, for it reads each of these or refuses it.
  static let unusual: [String] =
    [
      "\"m.gguf\"": ["\"m\\u0041\"", "\"\u{E9}\"", "\"\u{1}\"", "null", "7", "\"m"],
      ":50": [":5e1", ":50.0", ":050", ":+50", ":-0", ":9223372036854775808", ":--5", ":"],
      ":0.25": [
        ":.25", ":0.", ":-.5", ":00.25", ":1.2.3", ":0.-2", ":2E-1", ":\"0.25\"", ":1e400",
      ],
      "\"task_id\":\"t\"": ["\"task_id\":\"t\",\"task_id\":\"u\"", "\"error\":null", "\"x\":[]"],
      "asset_download": ["executing", "status"],
      "asset_download\"}": ["asset_download\"", "asset_download\"}}", "asset_download\",}"],
      "{\"data\"": ["[\"data\"", "{\"data\":{},\"data\"", "\u{FEFF}{\"data\""],
    ].flatMap { part, others in
      others.map { usual[0].replacingOccurrences(of: part, with: $0) }
    }
}

@Suite("PlainProgressReader")
struct PlainProgressReaderTests {
  private func decoded(_ bytes: [UInt8]) -> WebSocketMessage? {
    try? WireFormat.decode(WebSocketMessage.self, from: bytes)
  }

  @Test("plain messages are read as the decoder reads them", arguments: Messages.usual)
  func plain(text: String) throws {
    let message = try #require(PlainProgressReader.message(in: text.utf8))
    #expect(decoded(Array(text.utf8)) == .assetDownload(message))
  }

  @Test("what is not plain is left to the decoder", arguments: Messages.unusual)
  func unusual(text: String) { #expect(PlainProgressReader.message(in: text.utf8) == nil) }

  @Test("a message that is not plain is decoded")
  func decodes() throws {
    let text = Messages.usual[0].replacingOccurrences(of: "m.gguf", with: "m\\u0041")
    guard case .assetDownload(let message) = try WebSocketMessage(frame: text.utf8) else {
      Issue.record("It is no asset_download.")
      return
    }
    #expect(message.assetName == "mA")
  }

  @Test("whatever is read of hostile messages, the decoder reads the same")
  func hostile() {
    var input = HostileInput(seed: 11)
    let texts = (Messages.usual + Messages.unusual).map { Array($0.utf8) }
    var readCount = 0
    for _ in 0..<HostileInput.count {
      let bytes = input.mutate(texts)
      guard let message = PlainProgressReader.message(in: bytes) else { continue }
      readCount += 1
      #expect(
        decoded(bytes) == .assetDownload(message), "\(String(decoding: bytes, as: UTF8.self))")
    }
    #expect(readCount > HostileInput.count / 100)
  }
}
