import ComfyAPI
import Foundation
import Testing

@testable import Downloads

@Suite("Tasks without news")
struct SilenceTests {
  private let start = Date(timeIntervalSince1970: 1000)

  private func task(
    _ status: DownloadStatus = .running, total: Int64? = nil, bytes: Int64? = nil
  ) -> Download {
    var download = Download(
      id: UUID(), backend: "cloud", url: "u", name: "n", createdAt: start, status: status)
    download.taskID = "t"
    download.startedAt = start
    download.bytesTotal = total
    download.bytesDownloaded = bytes
    return download
  }

  private func silence(_ download: Download, after seconds: Double) -> Double? {
    download.silence(at: start + seconds)
  }

  @Test("a task that tells its bytes may pause for two minutes")
  func withBytes() {
    var download = task(total: 1000, bytes: 10)
    download.newsAt = start
    #expect(silence(download, after: 120) == nil)
    #expect(silence(download, after: 121) == 121)
  }

  @Test("one without bytes has as long as its size takes at a slow source")
  func withoutBytes() {
    let download = task(total: 30_000_000_000)
    #expect(silence(download, after: 6300) == nil)
    #expect(silence(download, after: 6301) == 6301)
  }

  @Test("one of unknown size has half an hour")
  func withoutSize() {
    #expect(silence(task(), after: 1800) == nil)
    #expect(silence(task(), after: 1801) == 1801)
    #expect(silence(task(.created), after: 1801) == 1801)
  }

  @Test("what all bytes are there of may take its time to be stored")
  func allBytes() {
    var download = task(total: 1000, bytes: 1000)
    download.newsAt = start
    #expect(silence(download, after: 299) == nil)
  }

  @Test("bytes of an earlier run are no news, and no silence either")
  func notHeardYet() {
    #expect(silence(task(total: 1000, bytes: 10), after: 99_999) == nil)
  }

  @Test(
    "what has ended, waits its turn or was never sent is not silent",
    arguments: [DownloadStatus.completed, .failed, .cancelled, .cancellationPending])
  func ended(status: DownloadStatus) {
    #expect(silence(task(status), after: 99_999) == nil)
  }

  @Test("a queue that says so may be long")
  func waiting() {
    #expect(silence(task(.created, total: 10, bytes: 0), after: 99_999) == nil)
    var paused = task(total: 10, bytes: 5)
    paused.newsAt = start
    paused.phase = .paused
    #expect(silence(paused, after: 99_999) == nil)
    var unsent = task(.queued)
    unsent.taskID = nil
    #expect(silence(unsent, after: 99_999) == nil)
  }
}
