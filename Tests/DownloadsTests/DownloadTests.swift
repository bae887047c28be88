import ComfyAPI
import Downloads
import Foundation
import Testing

@Suite("Download")
struct DownloadTests {
  private let download = Download(
    id: UUID(), backend: "local", url: "https://huggingface.co/a/b/resolve/main/c", name: "c",
    createdAt: Date(timeIntervalSince1970: 0))

  @Test("an unknown size gives no percentage and no time left")
  func unknownSize() {
    var download = download
    download.bytesDownloaded = 100
    download.bytesPerSecond = 10
    #expect(download.fraction == nil)
    #expect(download.secondsLeft == nil)
  }

  @Test("the time left is rounded up, and unknown without speed")
  func timeLeft() {
    var download = download
    download.bytesTotal = 100
    download.bytesDownloaded = 40
    #expect(download.secondsLeft == nil)
    download.bytesPerSecond = 50
    #expect(download.secondsLeft == 2)
  }

  @Test("JSON has every key, null where unknown")
  func json() throws {
    let object = try #require(download.json.object)
    #expect(
      Set(object.keys) == [
        "id", "task_id", "backend", "url", "name", "folder", "tags", "user_metadata", "status",
        "phase", "wait_reason", "bytes_total", "bytes_downloaded", "bytes_per_second", "limit",
        "eta_seconds", "connections", "attempt", "hash", "sha256", "verified", "asset_id", "path",
        "error", "created_at", "started_at", "completed_at",
      ])
    #expect(object["hash"] == .null)
    #expect(object["status"] == "queued")
  }

  @Test("the request says models, the folder and the tags, each once")
  func request() {
    let submission = Submission(url: "u", tags: ["loras", "style"], folder: Folder("loras"))
    #expect(submission.request(usingModelTypeTags: false).tags == ["models", "loras", "style"])
    #expect(
      submission.request(usingModelTypeTags: true).tags
        == ["models", "model_type:loras", "loras", "style"])
  }

  @Test("the request names the file only for a backend that takes names")
  func fileName() {
    let submission = Submission(url: "u", fileName: "mine.pt")
    #expect(submission.request(usingModelTypeTags: false).filename == nil)
    #expect(
      submission.request(usingModelTypeTags: false, namingFile: true).filename == "mine.pt")
  }
}
