import ComfyAPI
import Testing

@testable import Downloads

@Suite("How far some files have come") struct BatchProgressTests {
  private static let half = BatchProgress(
    verb: "verifying", files: 1, filesTotal: 3, bytes: 5_000_000_000, bytesTotal: 10_000_000_000,
    bytesPerSecond: 500_000_000)

  @Test("is a line of figures") func text() {
    #expect(
      Self.half.text == "verifying  50%  1 of 3 files  5.0/10.0 GB  500 MB/s  10s left")
  }

  @Test("has neither percents nor an end while nobody knows all sizes") func unknown() {
    var progress = Self.half
    progress.hasUnknownSizes = true
    #expect(progress.text == "verifying  1 of 3 files  5.0 GB  500 MB/s")
  }

  @Test("has no figures while nobody knows which files there are") func looking() throws {
    var progress = BatchProgress(verb: "looking", filesTotal: 0, bytesTotal: 0)
    progress.hasUnknownFiles = true
    #expect(progress.text == "looking")
    #expect(progress.fraction == nil)
    let object = try #require(progress.json.object)
    #expect(object["files_total"] == .null)
    #expect(object["bytes_total"] == .null)
  }

  @Test("tells how those stand for which no bytes arrive") func standing() {
    var progress = Self.half
    progress.bytesPerSecond = nil
    progress.items = ["waiting", nil, "queued", "waiting"].map {
      BatchProgress.Item(name: "a", word: $0, bytesTotal: nil)
    }
    #expect(
      progress.text == "verifying  50%  1 of 3 files  5.0/10.0 GB  2 waiting, 1 queued")
  }

  @Test("has no size in JSON while nobody knows all, and what is under way") func json() throws {
    var progress = Self.half
    progress.items = [BatchProgress.Item(name: "a", bytes: 5, bytesTotal: 10)]
    var object = try #require(progress.json.object)
    #expect(object["stage"] == "verifying")
    #expect(object["files_done"] == 1)
    #expect(object["bytes_total"] == 10_000_000_000)
    #expect(object["eta_seconds"] == 10)
    progress.hasUnknownSizes = true
    object = try #require(progress.json.object)
    #expect(object["bytes_total"] == .null)
    #expect(object["eta_seconds"] == .null)
    guard case .array(let items)? = object["under_way"] else {
      Issue.record("no files")
      return
    }
    #expect(items.first?.object?["bytes_done"] == 5)
  }

  @Test("is whole only when all files are done, however many bytes were read") func whole() {
    var progress = Self.half
    progress.bytes = progress.bytesTotal
    #expect(progress.fraction == 0.99)
    progress.files = 3
    #expect(progress.fraction == 1)
    #expect(progress.text == "verifying  100%  3 of 3 files  10.0/10.0 GB")
  }

  @Test("counts files where there are no bytes, and nothing is all of nothing") func empty() {
    #expect(BatchProgress(verb: "", files: 1, filesTotal: 2, bytesTotal: 0).fraction == 0.5)
    #expect(BatchProgress(verb: "", filesTotal: 0, bytesTotal: 0).fraction == 1)
  }
}
