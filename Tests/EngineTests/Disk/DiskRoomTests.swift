import ComfyAPI
import Downloads
import Foundation
import GRDB
import Testing

@testable import Engine

@Suite("A download without room") struct DiskRoomTests {
  @Test("waits before its first byte, says for how much, and begins when there is room")
  func waits() async throws {
    let bench = try Bench()
    bench.source.offer(ScriptedFile(size: 100_000), at: Bench.url)
    bench.freeBytes = 40_000
    let task = try await bench.withEngine { engine in
      let id = try await engine.queue()
      let message = try await bench.waits(id, engine)
      #expect(message == "Waiting for 60 kB on the models' disk.")
      let listed = try engine.tasks(TaskQuery()).tasks.map(\.progress?.waitReason)
      #expect(listed == [message])
      #expect(bench.source.offsets.isEmpty)
      bench.freeBytes = 200_000
      return try await engine.ended(id)
    }
    #expect(task.status == .completed)
    #expect(task.errorMessage == nil)
    #expect(task.payload["attempt"] == .integer(1))
  }

  @Test("lets a smaller one behind it begin") func smallerOne() async throws {
    let bench = try Bench()
    bench.source.offer(ScriptedFile(size: 100_000), at: Bench.url)
    bench.source.offer(ScriptedFile(size: 10_000, seed: 2), at: Bench.otherURL)
    bench.freeBytes = 40_000
    try await bench.withEngine { engine in
      let large = try await engine.queue()
      let small = try await engine.queue(Bench.otherURL)
      #expect(try await engine.ended(small).status == .completed)
      #expect(try await engine.task(large).progress?.phase == .waiting)
      bench.freeBytes = 200_000
      #expect(try await engine.ended(large).status == .completed)
    }
  }

  @Test("waits as well where its size is only learnt later, and has no slot then")
  func laterSize() async throws {
    let bench = try Bench()
    var file = ScriptedFile(size: 100_000)
    file.resolveErrors = [.refusal("SOURCE_SERVER_ERROR", .retry(after: nil))]
    bench.source.offer(file, at: Bench.url)
    bench.freeBytes = 40_000
    try await bench.withEngine { engine in
      let id = try await engine.queue()
      _ = try await bench.waits(id, engine)
      #expect(bench.source.offsets.isEmpty)
      bench.freeBytes = nil
      let task = try await engine.ended(id)
      #expect(task.status == .completed)
      #expect(task.payload["attempt"] == .integer(1))
    }
  }

  @Test("has a place in the queue again when it has stopped, and says so")
  func moved() async throws {
    let bench = try Bench()
    bench.offerHeldFile()
    bench.offerOtherFile(size: 100_000)
    try await bench.withEngine(reservedBytes: 1600) { engine in
      let stopped = try await engine.queueUntilHeld()
      bench.freeBytes = 1000
      _ = try await bench.waits(stopped, engine)
      let later = try await engine.queue(Bench.otherURL)
      _ = try await eventually("its transfer has ended") {
        let task = try await engine.task(stopped)
        return task.status == .running && task.progress?.isMovable == true ? true : nil
      }
      try await engine.move(stopped, to: .end)
      let first = try #require(try await engine.task(later).progress?.queueOrder)
      let last = try #require(try await engine.task(stopped).progress?.queueOrder)
      #expect(first < last)
    }
  }

  @Test("stops when others take the reserve, keeps its bytes and goes on when it is back")
  func lowWater() async throws {
    let bench = try Bench()
    let file = bench.offerHeldFile()
    try await bench.withEngine(reservedBytes: 1600) { engine in
      let id = try await engine.queueUntilHeld()
      bench.freeBytes = 1000
      #expect(try await bench.waits(id, engine) == "Waiting for 700 B on the models' disk.")
      #expect(try await engine.task(id).progress?.bytesDownloaded == 40_000)
      bench.releaseFile()
      bench.freeBytes = nil
      let task = try await engine.ended(id)
      #expect(task.status == .completed)
      #expect(task.payload["attempt"] == .integer(1))
    }
    #expect(bench.source.offsets == [0, 40_000])
    #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
  }

  @Test("goes on in a new engine as well") func newEngine() async throws {
    let bench = try Bench()
    bench.offerHeldFile()
    let id = try await bench.withEngine(reservedBytes: 1600) { engine in
      let id = try await engine.queueUntilHeld()
      bench.freeBytes = 1000
      _ = try await bench.waits(id, engine)
      return id
    }
    bench.releaseFile()
    try await bench.withEngine(reservedBytes: 1600) { engine in
      _ = try await bench.waits(id, engine)
      bench.freeBytes = nil
      #expect(try await engine.ended(id).status == .completed)
    }
    #expect(bench.source.offsets == [0, 40_000])
  }

  @Test("can be cancelled while it waits, and begins anew when its bytes were given up")
  func cancelled() async throws {
    let bench = try Bench()
    let file = bench.offerHeldFile()
    try await bench.withEngine(reservedBytes: 1600) { engine in
      let id = try await engine.queueUntilHeld()
      bench.freeBytes = 1000
      _ = try await bench.waits(id, engine)
      try await engine.cancel(id, deletesPartial: true)
      #expect(try await engine.task(id).errorMessage == nil)
      bench.releaseFile()
      bench.freeBytes = nil
      try await engine.retry(id)
      #expect(try await engine.ended(id).status == .completed)
    }
    #expect(bench.source.offsets == [0, 0])
    #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
  }

  @Test("fetches again what somebody removed from the work folder to make room")
  func removedPartial() async throws {
    let bench = try Bench()
    let file = bench.offerHeldFile()
    try await bench.withEngine(reservedBytes: 1600) { engine in
      let id = try await engine.queueUntilHeld()
      bench.freeBytes = 1000
      _ = try await bench.waits(id, engine)
      try FileManager.default.removeItem(atPath: bench.models + "/.winch/\(id).part")
      bench.releaseFile()
      bench.freeBytes = nil
      #expect(try await engine.ended(id).status == .completed)
    }
    #expect(bench.source.offsets == [0, 0])
    #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
  }

  @Test("is no failure, whoever says that there is no room", arguments: [ENOSPC, EDQUOT])
  func remedies(code: Int32) {
    let error = TransferError(DiskError("write", "/models/.winch/a.part", code))
    #expect(error.remedy == .wait(.refusal))
    #expect(TransferError(DatabaseError(resultCode: .SQLITE_FULL)).remedy == .wait(.refusal))
  }

  @Test("is counted in the status with what is still to come of all") func bytesToCome()
    async throws
  {
    let bench = try Bench()
    bench.offerHeldFile()
    bench.source.offer(ScriptedFile(size: 70_000, seed: 2), at: Bench.otherURL)
    try await bench.withEngine { engine in
      _ = try await engine.queueUntilHeld()
      bench.freeBytes = 20_000
      let other = try await engine.queue(Bench.otherURL)
      _ = try await bench.waits(other, engine)
      let status = await engine.status()
      #expect(status.bytesToCome == 130_000)
      #expect(status.freeBytes == 20_000)
    }
  }
}
