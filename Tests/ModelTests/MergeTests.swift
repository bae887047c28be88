import ComfyAPI
import Downloads
import Foundation
import Testing

@testable import Model

@Suite("Merging news of a task")
struct MergeTests {
  private let time = Date(timeIntervalSince1970: 10)

  private func download(_ status: DownloadStatus) -> Download {
    Download(id: UUID(), backend: "b", url: "u", name: "n", createdAt: time, status: status)
  }

  private func entry(_ status: TaskStatus, _ progress: TaskProgress? = nil) -> TaskEntry {
    TaskEntry(id: "t", taskName: "d", status: status, createTime: time, progress: progress)
  }

  @Test("completed is final", arguments: [TaskStatus.running, .failed, .cancelled])
  func completedIsFinal(news: TaskStatus) {
    var download = download(.completed)
    download.merge(entry(news))
    #expect(download.status == .completed)
  }

  @Test("cancelled yields to completed alone")
  func cancelled() {
    var download = download(.cancelled)
    download.merge(entry(.running))
    #expect(download.status == .cancelled)
    download.merge(entry(.completed))
    #expect(download.status == .completed)
  }

  @Test("a cancel that was asked for is undone by an end alone")
  func pendingCancel() {
    var download = download(.cancellationPending)
    download.merge(entry(.running))
    #expect(download.status == .cancellationPending)
    download.merge(entry(.failed))
    #expect(download.status == .failed)
  }

  @Test("a premature failure can turn into completed")
  func prematureFailure() {
    var download = download(.failed)
    download.failure = DownloadFailure(code: "X", message: "Y")
    download.merge(entry(.completed))
    #expect(download.status == .completed)
    #expect(download.failure == nil)
  }

  @Test("why it waits is told as long as it does, made harmless")
  func waitReason() {
    var download = download(.running)
    download.merge(
      entry(.running, TaskProgress(phase: .waiting, waitReason: "No \u{1B}[31mhost.")))
    #expect(download.waitReason == "No \u{FFFD}[31mhost.")
    download.merge(entry(.running, TaskProgress(phase: .downloading)))
    #expect(download.waitReason == nil)
    download.merge(entry(.running, TaskProgress(phase: .waiting, waitReason: "No host.")))
    download.merge(entry(.failed))
    #expect(download.waitReason == nil)
  }

  @Test("a backend without figures of its own tells it as a message of a task that has not ended")
  func waitMessage() {
    var download = download(.running)
    var figures = TransferFigures()
    func task(_ status: TaskStatus, _ message: String?) -> TaskResponse {
      TaskResponse(
        id: "t", idempotencyKey: "t", taskName: "d", payload: [:], status: status,
        errorMessage: message, createTime: time, updateTime: time)
    }
    download.merge(task(.running, "The host is busy."), &figures, at: .now)
    #expect(download.waitReason == "The host is busy.")
    #expect(download.failure == nil)
    download.merge(task(.failed, "The host is gone."), &figures, at: .now)
    #expect(download.waitReason == nil)
    #expect(download.failure?.message == "The host is gone.")
  }

  @Test(
    "what has begun can be moved where the backend says that it waits, and what has not else, too",
    arguments: [
      (TaskStatus.created, nil, true), (.created, true, true), (.created, false, false),
      (.running, nil, false), (.running, true, true), (.running, false, false),
      (.failed, true, false),
    ] as [(TaskStatus, Bool?, Bool)])
  func movable(status: TaskStatus, told: Bool?, expected: Bool) {
    var download = download(.created)
    download.taskID = "t"
    download.merge(entry(status, TaskProgress(phase: .waiting, isMovable: told)))
    #expect(download.canBeMoved == expected)
    #expect((download.whyNotMoved == nil) == expected)
  }

  @Test("a transfer that the feed tells of is under way, whatever was told before")
  func begun() {
    var download = download(.created)
    var figures = TransferFigures()
    download.taskID = "t"
    download.merge(entry(.created, TaskProgress(isMovable: true)))
    let message = AssetDownloadMessage(
      taskID: "t", assetName: "n", bytesTotal: 10, bytesDownloaded: 1, progress: 0.1,
      status: .running)
    download.merge(message, &figures, at: .now)
    #expect(!download.canBeMoved)
  }

  @Test("a name that only stands for one is no news of the name", arguments: ["civitai-5", "real"])
  func provisionalName(told: String) {
    var download = download(.created)
    var figures = TransferFigures()
    let message = AssetDownloadMessage(
      taskID: "t", assetName: told, bytesTotal: 0, bytesDownloaded: 0, progress: 0,
      status: .created)
    download.merge(message, &figures, at: .now)
    #expect(download.name == (told == "real" ? "real" : "n"))
  }

  @Test("an unknown status is shown as it is")
  func unknown() {
    var download = download(.running)
    download.merge(entry(TaskStatus(rawValue: "thawing")))
    #expect(download.status.rawValue == "thawing")
  }

  @Test("a message brings bytes and speed but never an end")
  func message() {
    var download = download(.created)
    var figures = TransferFigures()
    let start = ContinuousClock.now
    var message = AssetDownloadMessage(
      taskID: "t", assetName: "m.bin", bytesTotal: 100, bytesDownloaded: 0, progress: 0,
      status: .running)
    download.merge(message, &figures, at: start)
    message.bytesDownloaded = 40
    message.status = .completed
    download.merge(message, &figures, at: start + .seconds(2))
    #expect(download.status == .running)
    #expect(download.name == "m.bin")
    #expect(download.bytesDownloaded == 40)
    #expect(download.bytesPerSecond == 20)
  }

  @Test("a message that comes late does not touch what has ended")
  func lateMessage() {
    var download = download(.completed)
    download.bytesDownloaded = 100
    var figures = TransferFigures()
    let message = AssetDownloadMessage(
      taskID: "t", assetName: "m", bytesTotal: 100, bytesDownloaded: 10, progress: 0.1,
      status: .running)
    download.merge(message, &figures, at: .now)
    #expect(download.bytesDownloaded == 100)
  }

  private func message(_ bytes: Int64, of total: Int64, progress: Double = 0)
    -> AssetDownloadMessage
  {
    AssetDownloadMessage(
      taskID: "t", assetName: "m", bytesTotal: total, bytesDownloaded: bytes, progress: progress,
      status: .running)
  }

  @Test("a message that was overtaken does not turn the bar back")
  func overtakenMessage() {
    var download = download(.running)
    var figures = TransferFigures()
    let start = ContinuousClock.now
    for (second, bytes) in [10, 30, 20, 30, 25, 40].enumerated() {
      download.merge(message(Int64(bytes), of: 100), &figures, at: start + .seconds(second))
    }
    #expect(download.bytesDownloaded == 40)
    download.merge(message(35, of: 100), &figures, at: start + .seconds(6))
    #expect(download.bytesDownloaded == 40)
  }

  @Test("a speed that the backend tells is not guessed anew from when its messages come in")
  func toldSpeed() {
    var download = download(.running)
    var figures = TransferFigures()
    let start = ContinuousClock.now
    let told = entry(
      .running,
      TaskProgress(
        bytesTotal: 10_000, bytesDownloaded: 1000, bytesPerSecond: 1000, phase: .downloading))
    download.merge(told, &figures, at: start)
    download.merge(message(1600, of: 10_000), &figures, at: start + .milliseconds(100))
    #expect(download.bytesDownloaded == 1600)
    #expect(download.bytesPerSecond == 1000)
  }

  @Test("a backend that begins again is believed once it has said so for some seconds")
  func beganAgain() {
    var download = download(.running)
    var figures = TransferFigures()
    let start = ContinuousClock.now
    download.merge(message(90, of: 100), &figures, at: start)
    for second in 1...7 {
      download.merge(message(Int64(second), of: 100), &figures, at: start + .seconds(second))
    }
    #expect(download.bytesDownloaded == 7)
  }

  @Test(
    "without bytes the part a backend reports is shown, in either of its units",
    arguments: [(0.4, 0.4), (40.0, 0.4), (1.0, 1.0), (100.0, 1.0), (-3.0, nil), (0.0, nil)])
  func reportedPart(progress: Double, fraction: Double?) {
    var download = download(.running)
    download.bytesTotal = 1000
    var figures = TransferFigures()
    download.merge(message(0, of: 0, progress: progress), &figures, at: .now)
    #expect(download.fraction == fraction)
    #expect(download.bytesDownloaded == nil)
    #expect(download.bytesTotal == 1000)
  }

  @Test("a failure is told in the words of the engine, with its code and hint")
  func failureWords() {
    var download = download(.running)
    var task = TaskResponse(
      id: "t", idempotencyKey: "t", taskName: "d", payload: [:], status: .failed,
      createTime: time, updateTime: time)
    task.errorMessage = "The hash is wrong."
    task.result = DownloadFileResult(success: false, errorCode: "HASH_MISMATCH", hint: "Retry.")
    var figures = TransferFigures()
    download.merge(task, &figures, at: .now)
    #expect(
      download.failure
        == DownloadFailure(
          code: "HASH_MISMATCH", message: "The hash is wrong.", hint: "Retry."))
  }

  @Test("the end stops the speed and the phase")
  func endStops() {
    var download = download(.running)
    download.merge(
      entry(
        .running,
        TaskProgress(
          bytesTotal: 10, bytesDownloaded: 5, bytesPerSecond: 5, connections: 3,
          phase: .downloading)))
    #expect(download.bytesPerSecond == 5)
    #expect(download.connections == 3)
    download.merge(entry(.completed))
    #expect(download.bytesPerSecond == nil)
    #expect(download.connections == nil)
    #expect(download.phase == nil)
    #expect(download.bytesDownloaded == 10)
  }
}

extension Download {
  fileprivate mutating func merge(_ entry: TaskEntry) {
    var figures = TransferFigures()
    merge(entry, &figures, at: .now)
  }
}
