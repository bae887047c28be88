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

  @Test("an unknown status is shown as it is")
  func unknown() {
    var download = download(.running)
    download.merge(entry(TaskStatus(rawValue: "thawing")))
    #expect(download.status.rawValue == "thawing")
  }

  @Test("a message brings bytes and speed but never an end")
  func message() {
    var download = download(.created)
    var rate = Rate()
    let start = ContinuousClock.now
    var message = AssetDownloadMessage(
      taskID: "t", assetName: "m.bin", bytesTotal: 100, bytesDownloaded: 0, progress: 0,
      status: .running)
    download.merge(message, rate: &rate, at: start)
    message.bytesDownloaded = 40
    message.status = .completed
    download.merge(message, rate: &rate, at: start + .seconds(2))
    #expect(download.status == .running)
    #expect(download.name == "m.bin")
    #expect(download.bytesDownloaded == 40)
    #expect(download.bytesPerSecond == 20)
  }

  @Test("a message that comes late does not touch what has ended")
  func lateMessage() {
    var download = download(.completed)
    download.bytesDownloaded = 100
    var rate = Rate()
    let message = AssetDownloadMessage(
      taskID: "t", assetName: "m", bytesTotal: 100, bytesDownloaded: 10, progress: 0.1,
      status: .running)
    download.merge(message, rate: &rate, at: .now)
    #expect(download.bytesDownloaded == 100)
  }

  @Test("the end stops the speed and the phase")
  func endStops() {
    var download = download(.running)
    download.merge(
      entry(
        .running,
        TaskProgress(
          bytesTotal: 10, bytesDownloaded: 5, bytesPerSecond: 5, phase: .downloading)))
    #expect(download.bytesPerSecond == 5)
    download.merge(entry(.completed))
    #expect(download.bytesPerSecond == nil)
    #expect(download.phase == nil)
    #expect(download.bytesDownloaded == 10)
  }
}
