import ComfyAPI
import Foundation
import Testing

@Suite("Tasks")
struct TaskTests {
  private let entry = """
    {"id": "t1", "task_name": "model_upload", "status": "running",
     "create_time": "2026-08-21T09:30:00.125Z"
    """

  @Test("an entry without optional fields is read")
  func minimalEntry() throws {
    let entry = try WireFormat.decode(TaskEntry.self, from: (entry + "}").utf8)
    #expect(entry.status == .running)
    #expect(entry.progress == nil)
    #expect(entry.createTime.timeIntervalSince1970.truncatingRemainder(dividingBy: 1) == 0.125)
  }

  @Test("an unknown status is kept as it came and is not an end")
  func unknownStatus() throws {
    let text = entry.replacing("running", with: "defragmenting") + "}"
    let entry = try WireFormat.decode(TaskEntry.self, from: text.utf8)
    #expect(entry.status.rawValue == "defragmenting")
    #expect(!entry.status.isTerminal)
  }

  @Test("a missing required field is named")
  func missingField() {
    #expect(throws: WireError(field: "status", message: "'status' is missing.")) {
      try WireFormat.decode(
        TaskEntry.self,
        from: #"{"id": "t", "task_name": "x", "create_time": "2026-01-01T00:00:00Z"}"#.utf8)
    }
  }

  @Test("a wrong type deep in a page names its place")
  func deepField() {
    let text = """
      {"tasks": [\(entry)}, {"id": 7}],
       "pagination": {"offset": 0, "limit": 20, "total": 2, "has_more": false}}
      """
    #expect {
      try WireFormat.decode(TasksListResponse.self, from: text.utf8)
    } throws: {
      ($0 as? WireError)?.field == "tasks[1].id"
    }
  }

  @Test("a finished task brings its result, unknown parts of it ignored")
  func result() throws {
    let text = """
      {"id": "t1", "idempotency_key": "k", "task_name": "task:download_file",
       "payload": {"source_url": "https://huggingface.co/a/b/resolve/main/c", "n": 3},
       "status": "completed", "create_time": "2026-08-21T09:30:00Z",
       "update_time": "2026-08-21T09:31:00Z",
       "result": {"success": true, "filename": "c", "asset_id": "a1", "colour": "blue"}}
      """
    let task = try WireFormat.decode(TaskResponse.self, from: text.utf8)
    #expect(task.result == DownloadFileResult(success: true, filename: "c", assetID: "a1"))
    #expect(task.payload["n"] == 3)
  }

  @Test("a download answer 202 may already be completed")
  func completedAnswer() throws {
    let text = #"{"task_id": "t1", "status": "completed"}"#
    let answer = try WireFormat.decode(AssetDownloadResponse.self, from: text.utf8)
    #expect(answer == AssetDownloadResponse(taskID: "t1", status: .completed))
  }
}
