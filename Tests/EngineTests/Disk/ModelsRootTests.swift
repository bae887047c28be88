import ComfyAPI
import Downloads
import Foundation
import TestProcesses
import Testing

@testable import Engine

@Suite("A models folder that goes in the middle") struct ModelsRootTests {
  private func move(_ from: String, _ to: String) throws {
    try FileManager.default.moveItem(atPath: from, toPath: to)
  }

  @Test("is waited for; nothing is made and no byte written in its place") func vanished()
    async throws
  {
    let bench = try Bench()
    let file = bench.offerHeldFile()
    try await bench.withEngine { engine in
      let id = try await engine.queueUntilHeld()
      try move(bench.models, bench.models + ".away")
      #expect(try await bench.waits(id, engine).contains("not there any more"))
      #expect(!FileManager.default.fileExists(atPath: bench.models))
      // What a mount point looks like without its disk.
      try FileManager.default.createDirectory(
        atPath: bench.models, withIntermediateDirectories: true)
      bench.releaseFile()
      try await Task.sleep(for: .milliseconds(100))
      #expect(try await engine.task(id).progress?.phase == .waiting)
      #expect(try FileManager.default.contentsOfDirectory(atPath: bench.models).isEmpty)
      try FileManager.default.removeItem(atPath: bench.models)
      try move(bench.models + ".away", bench.models)
      let task = try await engine.ended(id)
      #expect(task.status == .completed)
      #expect(task.payload["attempt"] == .integer(1))
    }
    #expect(bench.source.offsets == [0, 40_000])
    #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
  }

  @Test("keeps a task that has not begun waiting, and refuses uploads") func before() async throws {
    let bench = try Bench()
    bench.source.offer(ScriptedFile(size: 10_000), at: Bench.url)
    try FileManager.default.createDirectory(
      atPath: bench.models, withIntermediateDirectories: true)
    try await bench.withEngine { engine in
      try move(bench.models, bench.models + ".away")
      let id = try await engine.queue()
      _ = try await bench.waits(id, engine)
      let error = await #expect(throws: EngineError.self) {
        try await engine.createAsset { _ in throw CancellationError() }
      }
      #expect(error?.kind == .unavailable)
      #expect(!FileManager.default.fileExists(atPath: bench.models))
      try move(bench.models + ".away", bench.models)
      #expect(try await engine.ended(id).status == .completed)
    }
  }

  @Test("does not make the library forget what stood there") func library() async throws {
    let bench = try Bench()
    try bench.write([1, 2, 3], to: "vae/a.safetensors")
    try await bench.withEngine(hashesFoundFiles: true) { engine in
      try await engine.read()
      try move(bench.models, bench.models + ".away")
      for isMountPoint in [false, true] {
        if isMountPoint { try Disk.makeDirectory(bench.models) }
        try await engine.scanned()
        let status = try await engine.libraryScan()
        #expect(status.error?.contains("not there any more") == true)
        #expect(status.files == 1)
      }
      try FileManager.default.removeItem(atPath: bench.models)
      try move(bench.models + ".away", bench.models)
      try await engine.scanned()
      #expect(try await engine.libraryScan().error == nil)
      #expect(try await engine.libraryScan().unhashedFiles == 0)
    }
  }

  @Test("is known again by its lock file when it is mounted under another number") func copied()
    async throws
  {
    let bench = try Bench()
    bench.source.offer(ScriptedFile(size: 10_000), at: Bench.url)
    try FileManager.default.createDirectory(
      atPath: bench.models, withIntermediateDirectories: true)
    try await bench.withEngine { engine in
      try move(bench.models, bench.models + ".away")
      let id = try await engine.queue()
      _ = try await bench.waits(id, engine)
      try FileManager.default.copyItem(atPath: bench.models + ".away", toPath: bench.models)
      #expect(try await engine.ended(id).status == .completed)
    }
  }

  @Test(
    "is not written to when its mount has gone",
    .enabled(if: SmallDisk.isPossible, "a filesystem can only be mounted by root"))
  func unmounted() async throws {
    let bench = try Bench()
    let disk = try #require(SmallDisk(at: bench.models, size: 4 << 20))
    bench.offerHeldFile()
    try await bench.withEngine { engine in
      let id = try await engine.queueUntilHeld()
      disk.unmount()
      bench.releaseFile()
      _ = try await bench.waits(id, engine)
      try await Task.sleep(for: .milliseconds(100))
      #expect(try FileManager.default.contentsOfDirectory(atPath: bench.models).isEmpty)
    }
  }
}

@Suite("A folder that cannot be written") struct ReadOnlyFolderTests {
  @Test(
    "fails the download with what to do, keeps its bytes, and a retry goes on from them",
    .enabled(if: SmallDisk.isPossible, "a filesystem can only be mounted by root"))
  func readOnly() async throws {
    let bench = try Bench()
    let disk = try #require(SmallDisk(at: bench.models + "/checkpoints", size: 1 << 20))
    let file = ScriptedFile(size: 100_000)
    bench.source.offer(file, at: Bench.url)
    disk.setReadOnly(true)
    try await bench.withEngine { engine in
      let id = try await engine.queue()
      let failed = try await engine.ended(id)
      #expect(failed.result?.errorCode == "CANNOT_WRITE")
      #expect(failed.errorMessage?.contains("read-only") == true)
      #expect(failed.result?.hint?.contains("writable") == true)
      disk.setReadOnly(false)
      try await engine.retry(id)
      #expect(try await engine.ended(id).status == .completed)
    }
    #expect(bench.source.offsets == [0])
    #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
  }
}

@Suite("A name that is taken") struct TakenNameTests {
  @Test("by other content leaves that alone, and the task says which name it has got")
  func otherContent() async throws {
    let bench = try Bench()
    let file = ScriptedFile(size: 20_000)
    bench.source.offer(file, at: Bench.url)
    try bench.write([1, 2, 3], to: "checkpoints/model.safetensors")
    try bench.write([4], to: "checkpoints/model (2).safetensors")
    let task = try await bench.withEngine { engine in
      try await engine.ended(try await engine.queue())
    }
    #expect(task.result?.filename == "model (3).safetensors")
    #expect(
      task.payload["note"]
        == "Another file has the name model.safetensors, so this one is model (3).safetensors.")
    #expect(bench.read("checkpoints/model.safetensors") == [1, 2, 3])
    #expect(bench.read("checkpoints/model (2).safetensors") == [4])
    #expect(bench.read("checkpoints/model (3).safetensors") == file.bytes)
  }

  @Test("by the same content is kept as it is") func sameContent() async throws {
    let bench = try Bench()
    let file = ScriptedFile(size: 20_000)
    bench.source.offer(file, at: Bench.url)
    try bench.write(file.bytes, to: "checkpoints/model.safetensors")
    let before = Disk.status(bench.models + "/checkpoints/model.safetensors")
    let task = try await bench.withEngine { engine in
      try await engine.ended(try await engine.queue())
    }
    #expect(task.result?.filename == "model.safetensors")
    #expect(task.payload["note"] == nil)
    #expect(Disk.status(bench.models + "/checkpoints/model.safetensors") == before)
    #expect(bench.placedFiles() == ["checkpoints/model.safetensors"])
  }
}
