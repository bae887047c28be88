import ComfyAPI
import Downloads
import Foundation
import Origins
import Testing

@testable import Engine

@Suite("A download that expects a hash") struct ExpectedHashTests {
  private static let wrong = "sha256:" + String(repeating: "a", count: 64)

  private func request(
    _ hash: String?, tags: [String] = ["models", "checkpoints"]
  ) -> AssetDownloadRequest {
    AssetDownloadRequest(sourceURL: Bench.url, tags: tags, expectedHash: hash)
  }

  private func refusal(
    _ engine: Engine, _ request: AssetDownloadRequest
  ) async throws -> ErrorResponse {
    do {
      _ = try await engine.download(request)
    } catch {
      return error.response
    }
    return try #require(nil, "it was taken")
  }

  private func task(
    _ engine: Engine, _ request: AssetDownloadRequest
  ) async throws -> TaskResponse {
    guard case .task(let task) = try await engine.download(request) else {
      return try #require(nil, "nothing was fetched")
    }
    return try await engine.ended(task.taskID)
  }

  /// A file whose source publishes no hash.
  private static func silent() -> ScriptedFile {
    var file = ScriptedFile(size: 5000)
    file.hashes = PublishedHashes()
    return file
  }

  @Test("is refused at once where the source publishes another") func published() async throws {
    let bench = try Bench()
    let file = ScriptedFile(size: 5000)
    bench.source.offer(file, at: Bench.url)
    try await bench.withEngine { engine in
      let refusal = try await refusal(engine, request(Self.wrong))
      #expect(refusal.code == "UNEXPECTED_CONTENT")
      let published = try #require(file.hashes.sha256)
      #expect(refusal.message.contains(published))
      #expect(refusal.message.contains(Self.wrong.suffix(64)))
      #expect(bench.source.offsets == [])
    }
  }

  @Test("is taken where the source publishes that one") func right() async throws {
    let bench = try Bench()
    let file = ScriptedFile(size: 5000)
    bench.source.offer(file, at: Bench.url)
    try await bench.withEngine { engine in
      let task = try await task(engine, request(file.hashes.sha256.map { "sha256:" + $0 }))
      #expect(task.status == .completed)
    }
  }

  @Test("is compared with what came where the source publishes none, and nothing wrong is placed")
  func received() async throws {
    let bench = try Bench()
    bench.source.offer(Self.silent(), at: Bench.url)
    try await bench.withEngine { engine in
      let task = try await task(engine, request(Self.wrong))
      #expect(task.status == .failed)
      #expect(task.result?.errorCode == "UNEXPECTED_CONTENT")
      #expect(bench.placedFiles() == [])
      let sha256 = ScriptedFile.sha256(Self.silent().bytes)
      #expect(try await self.task(engine, request("sha256:" + sha256)).status == .completed)
      #expect(bench.placedFiles() == ["checkpoints/model.safetensors"])
    }
  }

  @Test("is compared with BLAKE3, too") func blake3() async throws {
    let bench = try Bench()
    bench.source.offer(Self.silent(), at: Bench.url)
    try await bench.withEngine { engine in
      let wrong = "blake3:" + String(repeating: "a", count: 64)
      let task = try await task(engine, request(wrong))
      #expect(task.status == .failed)
    }
  }

  @Test("is compared with a file of the link that is stored already") func stored() async throws {
    let bench = try Bench()
    bench.source.offer(Self.silent(), at: Bench.url)
    try await bench.withEngine { engine in
      _ = try await task(engine, request(nil))
      let refusal = try await refusal(
        engine, request(Self.wrong, tags: ["models", "loras"]))
      #expect(refusal.code == "UNEXPECTED_CONTENT")
      #expect(bench.placedFiles() == ["checkpoints/model.safetensors"])
    }
  }

  @Test("holds a task that is under way to it, and refuses one for another content")
  func joined() async throws {
    let bench = try Bench()
    var file = Self.silent()
    file.holdsAt = 2000
    bench.source.offer(file, at: Bench.url)
    try await bench.withEngine { engine in
      let id = try await engine.queue()
      guard case .task(let same) = try await engine.download(request(Self.wrong)) else {
        Issue.record("no task")
        return
      }
      #expect(same.taskID == id)
      let other = "sha256:" + String(repeating: "b", count: 64)
      #expect(try await refusal(engine, request(other)).code == "LINK_IN_USE")
    }
  }

  @Test("must be a hash", arguments: ["", "abc", "md5:abc", "sha256:abc"])
  func malformed(hash: String) async throws {
    let bench = try Bench()
    try await bench.withEngine { engine in
      let refusal = try await refusal(engine, request(hash))
      #expect(refusal.code == "INVALID_HASH")
      #expect(refusal.details?["field"] == "expected_hash")
    }
  }
}
