import Foundation
import Testing

@testable import ComfyAPI

@Suite("JSON that is written without an encoder")
struct DirectJSONTests {
  @Test("a page is what the encoder makes of it, byte for byte")
  func page() throws {
    let dates = [0, 0.125, 1_787_304_600.875, -86_400.5].map(Date.init(timeIntervalSince1970:))
    let texts = ["t1", "", "ü 漢 🙂", "\"\\/", "\u{0}\u{1}\u{8}\t\n\u{C}\r\u{1F}\u{7F}\u{2028}"]
    var tasks: [TaskEntry] = []
    for (number, text) in texts.enumerated() {
      let date = dates[number % dates.count]
      tasks.append(
        TaskEntry(id: text, taskName: text, status: TaskStatus(rawValue: text), createTime: date))
      tasks.append(
        TaskEntry(
          id: text, taskName: "download_file", status: .running, createTime: date,
          startedAt: date, completedAt: date,
          progress: TaskProgress(
            bytesTotal: .max, bytesDownloaded: .min, bytesPerSecond: 0, limit: 1000,
            connections: 8, phase: TaskPhase(rawValue: text), waitReason: text,
            queueOrder: -1, isMovable: number % 2 == 0)))
      tasks.append(
        TaskEntry(
          id: text, taskName: "", status: .failed, createTime: date, progress: TaskProgress()))
    }
    for tasks in [tasks, []] {
      let page = TasksListResponse(
        tasks: tasks,
        pagination: PaginationInfo(offset: 3, limit: 100, total: 10_000, hasMore: !tasks.isEmpty))
      let written = try WireFormat.encode(page)
      #expect(written == (try WireFormat.encodeByEncoder(page)))
      let read = try WireFormat.decode(TasksListResponse.self, from: written)
      #expect(read == page)
    }
  }
}
