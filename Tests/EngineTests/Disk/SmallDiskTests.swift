import ComfyAPI
import Downloads
import Foundation
import TestProcesses
import Testing

@testable import Engine

@Suite(
  "On a small disk", .serialized,
  .enabled(if: SmallDisk.isPossible, "a filesystem can only be mounted by root"))
struct SmallDiskTests {
  @Test("a write without room in the middle is waited out, and no byte is fetched twice")
  func fullInTheMiddle() async throws {
    let bench = try Bench()
    let disk = try #require(SmallDisk(at: bench.models, size: 1 << 20))
    var file = ScriptedFile(size: 3 << 19)
    file.knowsSize = false
    bench.source.offer(file, at: Bench.url)
    bench.freeBytes = 1 << 40
    try await bench.withEngine { engine in
      let id = try await engine.queue()
      #expect(try await bench.waits(id, engine).contains("cannot grow"))
      let kept = try #require(try await engine.task(id).progress?.bytesDownloaded)
      #expect(kept > 900_000)
      disk.resize(to: 4 << 20)
      let task = try await engine.ended(id)
      #expect(task.status == .completed)
      #expect(task.payload["attempt"] == .integer(1))
      #expect(bench.source.offsets.allSatisfy { $0 == 0 || $0 == kept })
    }
    #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
  }

  @Test("room that cannot be taken ahead is waited for, and what came is kept") func fullBefore()
    async throws
  {
    let bench = try Bench()
    let disk = try #require(SmallDisk(at: bench.models, size: 1 << 20))
    let file = ScriptedFile(size: 3 << 19)
    bench.source.offer(file, at: Bench.url)
    bench.freeBytes = 1 << 40
    try await bench.withEngine { engine in
      let id = try await engine.queue()
      _ = try await bench.waits(id, engine)
      disk.resize(to: 4 << 20)
      #expect(try await engine.ended(id).status == .completed)
    }
    #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
  }

  @Test("a database without room is waited for as well, and nothing is lost") func fullDatabase()
    async throws
  {
    let bench = try Bench()
    let disk = try #require(SmallDisk(at: bench.directory + "/data", size: 1 << 20))
    let file = bench.offerHeldFile()
    try await bench.withEngine(reservedBytes: 1) { engine in
      let id = try await engine.queueUntilHeld()
      bench.freeBytes = 0
      _ = try await bench.waits(id, engine)
      let ballast = disk.path + "/ballast"
      fill(ballast)
      bench.releaseFile()
      bench.freeBytes = nil
      _ = try await eventually("it waits for the database") {
        try await bench.waits(id, engine).contains("database") ? true : nil
      }
      try FileManager.default.removeItem(atPath: ballast)
      let task = try await engine.ended(id)
      #expect(task.status == .completed)
    }
    #expect(bench.source.offsets == [0, 40_000])
    #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
  }

  /// Writes until there is no room.
  private func fill(_ path: String) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    defer { close(descriptor) }
    let bytes = [UInt8](repeating: 1, count: 4096)
    while write(descriptor, bytes, bytes.count) > 0 {}
  }
}
