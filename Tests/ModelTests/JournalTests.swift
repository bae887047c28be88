import ComfyAPI
import Downloads
import Foundation
import Testing

@testable import Model

@Suite("Journal")
struct JournalTests {
  private func download(_ name: String, at seconds: Double = 0) -> Download {
    var download = Download(
      id: UUID(), backend: "local", url: "https://huggingface.co/o/n/resolve/main/\(name)",
      name: name, createdAt: Date(timeIntervalSince1970: seconds))
    download.tags = ["a", "b"]
    download.folder = "loras"
    download.userMetadata = ["n": 3]
    download.failure = DownloadFailure(code: "C", message: "M", hint: "H")
    download.verified = true
    return download
  }

  @Test("a download comes back as it was kept, also from another process's point of view")
  func roundTrip() throws {
    let folder = URL.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "state/journal.sqlite").path()
    var kept = download("m.bin")
    kept.previewID = "preview"
    kept.fileName = "n.bin"
    kept.expectedHash = ContentHash(.sha256, digits: String(repeating: "a", count: 64))
    kept.status = .completed
    kept.taskID = "task"
    kept.attempt = 4
    (kept.bytesTotal, kept.bytesDownloaded) = (10, 9)
    (kept.hash, kept.sha256) = ("blake3:1", "2")
    (kept.assetID, kept.path) = ("asset", "models/loras/m.bin")
    kept.startedAt = Date(timeIntervalSince1970: 11)
    kept.completedAt = Date(timeIntervalSince1970: 12)
    try Journal(path: path).insert([kept])
    #expect(try Journal(path: path).downloads(of: "local") == [kept])
  }

  @Test("the journal is readable by its user alone")
  func mode() throws {
    let folder = URL.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "journal.sqlite").path()
    _ = try Journal(path: path)
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test("a paste is kept whole or not at all")
  func allOrNothing() throws {
    let journal = try Journal()
    let first = download("a")
    try journal.insert([first])
    #expect(throws: (any Error).self) { try journal.insert([download("b"), first]) }
    #expect(try journal.downloads(of: "local").map(\.name) == ["a"])
  }

  @Test("downloads are listed oldest first and by backend")
  func order() throws {
    let journal = try Journal()
    var other = download("cloud")
    other.backend = "cloud"
    try journal.insert([download("new", at: 2), download("old", at: 1), other])
    #expect(try journal.downloads(of: "local").map(\.name) == ["old", "new"])
  }

  @Test("of two programs one may send, until its claim has run out")
  func claim() throws {
    let journal = try Journal()
    let queued = download("a")
    try journal.insert([queued])
    let now = Date(timeIntervalSince1970: 1000)
    let fresh = Journal.Claim(place: 1, firstAttempt: nil, lastAttempt: nil)
    #expect(try journal.claim(queued.id, now: now) == fresh)
    #expect(try journal.claim(queued.id, now: now + 1) == nil)
    let later = now + Journal.claimLifetime + 1
    let again = Journal.Claim(place: 1, firstAttempt: now, lastAttempt: now)
    #expect(try journal.claim(queued.id, now: later) == again)
    try journal.release(queued.id)
    #expect(
      try journal.claim(queued.id, now: later)
        == Journal.Claim(place: 1, firstAttempt: now, lastAttempt: later))
    try journal.release(queued.id, restoring: again)
    #expect(try journal.claim(queued.id, now: later) == again)
    try journal.forgetAttempts(queued.id)
    #expect(try journal.claim(queued.id, now: now) == fresh)
  }

  @Test("the claims of a program that died are void at once, those of a living one are not")
  func deadClaimant() throws {
    let folder = URL.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "journal.sqlite").path()
    let now = Date(timeIntervalSince1970: 1000)
    let (first, second) = (download("a"), download("b"))
    let survivor = try Journal(path: path)
    try survivor.insert([first, second])
    do {
      let victim = try Journal(path: path)
      #expect(try victim.claim([first.id, second.id], now: now).count == 2)
      #expect(try survivor.claim(first.id, now: now + 1) == nil)
      #expect(try survivor.doubts(now: now + 1).isEmpty)
    }
    #expect(try survivor.doubts(now: now + 1).count == 2)
    let claim = try survivor.claim(first.id, now: now + 1)
    #expect(claim == Journal.Claim(place: 1, firstAttempt: now, lastAttempt: now))
  }

  @Test("claims tell the order in which the downloads were queued, also to who opens it later")
  func places() throws {
    let folder = URL.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "journal.sqlite").path()
    let now = Date(timeIntervalSince1970: 1000)
    let downloads = (0..<5).map { download("\($0)") }
    let journal = try Journal(path: path)
    try journal.insert(downloads)
    let places = try downloads.reversed().compactMap { try journal.claim($0.id, now: now)?.place }
    #expect(places.count == 5)
    #expect(places == places.sorted().reversed())
    let other = try Journal(path: path)
    #expect(try other.doubts(now: now + 100).values.map(\.place).sorted() == places.sorted())
    #expect(try other.queue() != nil)
    #expect(try other.queue() == journal.queue())
  }

  @Test("what was written in one go is listed in its order")
  func pasteOrder() throws {
    let journal = try Journal()
    let names = (0..<50).map { "\($0)" }
    try journal.insert(names.map { download($0) })
    #expect(try journal.downloads(of: "local").map(\.name) == names)
  }

  @Test("a note is kept and replaced")
  func notes() throws {
    let journal = try Journal()
    #expect(try journal.note("draft") == nil)
    try journal.setNote("draft", "a")
    try journal.setNote("draft", "b")
    #expect(try journal.note("draft") == "b")
  }

  @Test("what is no database is left as it is, and said with its path and what to do")
  func foreign() throws {
    let path = FileManager.default.temporaryDirectory.path() + "/\(UUID()).sqlite"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let text = Data("This is no database, however long it may be.".utf8)
    try text.write(to: URL(filePath: path))
    #expect {
      try Journal(path: path)
    } throws: {
      let failure = $0 as? DownloadFailure
      return failure?.code == "JOURNAL_UNAVAILABLE"
        && failure?.message == "The journal \(path) is not an SQLite database."
        && failure?.hint?.hasPrefix("Move it away, with \(path)-wal") == true
    }
    #expect(try Data(contentsOf: URL(filePath: path)) == text)
  }

  @Test("a journal that cannot be opened says so")
  func unopenable() {
    #expect {
      try Journal(path: "/proc/nowhere/journal.sqlite")
    } throws: {
      ($0 as? DownloadFailure)?.code == "JOURNAL_UNAVAILABLE"
    }
  }
}
