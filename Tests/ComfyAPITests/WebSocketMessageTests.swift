import ComfyAPI
import Testing

@Suite("WebSocketMessage")
struct WebSocketMessageTests {
  private func decode(_ text: String) throws -> WebSocketMessage {
    try WireFormat.decode(WebSocketMessage.self, from: text.utf8)
  }

  @Test("a progress message is read")
  func progress() throws {
    let message = try decode(
      """
      {"type": "asset_download", "data": {"task_id": "t", "asset_name": "m", "bytes_total": 200,
       "bytes_downloaded": 50, "progress": 0.25, "status": "running"}}
      """)
    guard case .assetDownload(let download) = message else {
      Issue.record("\(message) is no asset_download")
      return
    }
    #expect(download.fraction == 0.25)
  }

  @Test("types that do not concern downloads pass")
  func otherTypes() throws {
    #expect(
      try decode(#"{"type": "executing", "data": {"node": null}}"#) == .other(type: "executing"))
    #expect(try decode(#"{"type": "crystools.monitor"}"#) == .other(type: "crystools.monitor"))
  }

  @Test("the greeting carries the session's id")
  func greeting() throws {
    let message = try decode(#"{"type": "status", "data": {"status": {}, "sid": "s1"}}"#)
    #expect(message == .status(sessionID: "s1"))
  }

  @Test(
    "the fraction comes from bytes where the total is known, and is bounded",
    arguments: [
      (Int64(100), Int64(50), 0.9, TaskStatus.running, 0.5), (0, 50, 0.4, .running, 0.4),
      (0, 0, 100, .running, 1), (100, 120, 0, .running, 1), (100, 10, 0.1, .completed, 1),
    ])
  func fraction(
    total: Int64, downloaded: Int64, progress: Double, status: TaskStatus, expected: Double
  ) {
    let message = AssetDownloadMessage(
      taskID: "t", assetName: "m", bytesTotal: total, bytesDownloaded: downloaded,
      progress: progress, status: status)
    #expect(message.fraction == expected)
  }

  @Test("every message comes back as it was sent")
  func roundTrip() throws {
    let messages: [WebSocketMessage] = [
      .status(sessionID: "s"), .featureFlags(["a": true]), .other(type: "x"),
      .assetDownload(
        AssetDownloadMessage(
          taskID: "t", assetName: "m", bytesTotal: 1, bytesDownloaded: 1, progress: 1,
          status: .completed)),
    ]
    for message in messages {
      #expect(try decode(try WireFormat.encodeText(message)) == message)
    }
  }
}
