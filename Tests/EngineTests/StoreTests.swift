import ComfyAPI
import Downloads
import Foundation
import GRDB
import Testing

@testable import Engine

@Suite("The store") struct StoreTests {
  private func makeStore() throws -> (Store, Bench) {
    let bench = try Bench()
    return (try Store(path: bench.directory + "/test.sqlite"), bench)
  }

  private func record(_ id: String, now: Date) throws -> TaskRecord {
    let request = AssetDownloadRequest(
      sourceURL: Bench.url, tags: ["models", "loras", "ümläut"],
      userMetadata: ["number": 1, "list": .array(["a", .null]), "object": .object(["b": true])],
      previewID: "6F9619FF-8B86-D011-B42D-00CF4FC964FF")
    let order = try DownloadOrder(request, hosts: SourceHosts(environment: [:]))
    return TaskRecord(order: order, id: id, now: now)
  }

  @Test("gives back every field of a task") func roundTrip() async throws {
    let (store, bench) = try makeStore()
    var task = try record("a", now: Date(timeIntervalSince1970: 1_800_000_000.125))
    task.published = .init(sha256: "aa", gitBlobSHA1: "bb", blake3: "cc")
    task.size = 1 << 40
    task.result = DownloadFileResult(success: true, sha256: "aa", verified: true)
    task.startedAt = Date(timeIntervalSince1970: 1_800_000_001.5)
    try await store.insert(task)
    task.sequence = 1
    task.position = 1
    #expect(try store.task("a") == task)
    withExtendedLifetime(bench) {}
  }

  @Test("refuses a second active task for one URL") func oneActive() async throws {
    let (store, bench) = try makeStore()
    try await store.insert(try record("a", now: Date()))
    await #expect(throws: DatabaseError.self) {
      try await store.insert(try record("b", now: Date()))
    }
    withExtendedLifetime(bench) {}
  }

  @Test("writes through to the disk") func synchronous() throws {
    let (store, bench) = try makeStore()
    let level = try store.pool.writeWithoutTransaction {
      try Int.fetchOne($0, sql: "PRAGMA synchronous")
    }
    // 2 is FULL (sqlite.org/pragma.html#pragma_synchronous).
    #expect(level == 2)
    withExtendedLifetime(bench) {}
  }
}
