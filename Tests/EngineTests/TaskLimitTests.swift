import ComfyAPI
import Downloads
import Foundation
import OriginLab
import Testing

@testable import Engine

@Suite("The limit of a task") struct TaskLimitTests {
  @Test("outlives the engine, and is told with its progress") func kept() async throws {
    let bench = try Bench()
    bench.offerHeldFile()
    let id = try await bench.withEngine { engine in
      let id = try await engine.queueUntilHeld()
      #expect(try await engine.limits(of: id) == TransferLimits())
      let set = try await engine.setLimits(TransferLimits(bytesPerSecond: 5_000_000), of: id)
      #expect(set == TransferLimits(bytesPerSecond: 5_000_000))
      return id
    }
    try await bench.withEngine { engine in
      #expect(try await engine.limits(of: id).bytesPerSecond == 5_000_000)
      #expect(try await engine.task(id).progress?.limit == 5_000_000)
      #expect(try engine.tasks(TaskQuery()).tasks.first?.progress?.limit == 5_000_000)
      _ = try await engine.setLimits(TransferLimits(), of: id)
      #expect(try await engine.task(id).progress?.limit == nil)
      #expect(await engine.limits().bytesPerSecond == nil)
    }
  }

  @Test("slows its transfer down and no other, and is felt at once when it is lifted")
  func slows() async throws {
    let bench = try Bench()
    let file = bench.offerHeldFile()
    bench.offerOtherFile(size: 100_000)
    try await bench.withEngine { engine in
      let id = try await engine.queueUntilHeld()
      try await engine.pause(id)
      bench.releaseFile()
      // A minute's worth of bytes.
      _ = try await engine.setLimits(TransferLimits(bytesPerSecond: 1000), of: id)
      try await engine.resume(id)
      _ = try await engine.ended(try await engine.queue(Bench.otherURL))
      #expect(try await engine.task(id).status.isTerminal == false)
      _ = try await engine.setLimits(TransferLimits(), of: id)
      #expect(try await engine.ended(id).status == .completed)
    }
    #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
  }

  @Test("is kept when it fails, is cancelled and is tried again") func retried() async throws {
    let bench = try Bench()
    bench.offerHeldFile()
    try await bench.withEngine { engine in
      let id = try await engine.queueUntilHeld()
      _ = try await engine.setLimits(TransferLimits(bytesPerSecond: 5_000_000), of: id)
      try await engine.cancel(id)
      #expect(try await engine.task(id).progress?.limit == nil)
      try await engine.retry(id)
      #expect(try await engine.task(id).progress?.limit == 5_000_000)
    }
  }

  @Test("is one for all of its connections, and changed while they run")
  func connections() async throws {
    try await LabBench.with { bench in
      var file = LabFile.safetensors(size: 40 << 20, seed: 1)
      file.faults.bytesPerSecond = 10_000_000
      let url = bench.offer(file)
      let other = bench.offer(
        LabFile.safetensors(size: 1 << 20, seed: 2), name: "other.safetensors")
      try await bench.withEngine { engine in
        let id = try await engine.queue(url)
        _ = try await engine.setLimits(TransferLimits(bytesPerSecond: 1_000_000), of: id)
        _ = try await eventually("two connections flow") {
          try await engine.trace(id).connections.count >= 2 ? true : nil
        }
        // The other is done before a hundredth of this one could be.
        #expect(try await engine.ended(try await engine.queue(other)).status == .completed)
        #expect(try await engine.task(id).status.isTerminal == false)
        _ = try await engine.setLimits(TransferLimits(), of: id)
        #expect(try await engine.ended(id).status == .completed)
      }
    }
  }

  @Test("is refused for one that has ended, that nobody knows, and below the least")
  func refuses() async throws {
    let bench = try Bench()
    bench.source.offer(ScriptedFile(size: 10), at: Bench.url)
    try await bench.withEngine { engine in
      let id = try await engine.queue()
      _ = try await engine.ended(id)
      for (id, limit, code) in [
        (id, Int64(5000), "TASK_HAS_ENDED"), (UUID().uuidString.lowercased(), 5000, nil),
        (id, 999, "INVALID_LIMIT"),
      ] as [(String, Int64, String?)] {
        let error = try await #require(throws: EngineError.self) {
          try await engine.setLimits(TransferLimits(bytesPerSecond: limit), of: id)
        }
        if let code { #expect(error.response.code == code) }
      }
    }
  }
}
