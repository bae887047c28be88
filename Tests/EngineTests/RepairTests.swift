import ComfyAPI
import Foundation
import Testing

@testable import Engine

@Suite("Repairing a stored file") struct RepairTests {
  private static let path = "checkpoints/model.safetensors"

  /// Stores a file, spoils it, and has that found.
  private func withDamage(
    _ damage: @Sendable (Bench) throws -> Void,
    _ body: @Sendable (Bench, Engine, String) async throws -> Void
  ) async throws {
    let bench = try Bench()
    bench.source.offer(ScriptedFile(size: 5000), at: Bench.url)
    try await bench.withEngine { engine in
      let task = try await engine.ended(try await engine.queue())
      let id = try #require(task.result?.assetID)
      _ = try await engine.update(
        id, AssetUpdate(name: "Mine", userMetadata: ["note": "keep"]))
      try damage(bench)
      try await check(engine, id)
      try await body(bench, engine, id)
    }
  }

  private static func spoil(_ bench: Bench) throws {
    var bytes = try #require(bench.read(path))
    bytes[4000] ^= 1
    try bench.write(bytes, to: path)
  }

  private static func leave(_ bench: Bench) {}

  private static func remove(_ bench: Bench) throws {
    try FileManager.default.removeItem(atPath: bench.models + "/" + path)
  }

  private func check(_ engine: Engine, _ id: String) async throws {
    _ = try await engine.checkAsset(id)
    _ = try await eventually {
      try await engine.assetCheck(id).state.isEnd ? true : nil
    }
  }

  private func repaired(_ engine: Engine, _ id: String) async throws -> TaskResponse {
    try await engine.ended(try await engine.repairAsset(id).taskID)
  }

  @Test("puts a changed file aside once the new one is verified, under its own name again")
  func changed() async throws {
    try await withDamage(Self.spoil) { bench, engine, id in
      let spoilt = bench.read(Self.path)
      let task = try await repaired(engine, id)
      #expect(task.status == .completed)
      #expect(bench.placedFiles() == [Self.path, Self.path + ".changed"])
      #expect(bench.read(Self.path) == ScriptedFile(size: 5000).bytes)
      #expect(bench.read(Self.path + ".changed") == spoilt)
      let asset = try await engine.asset(id)
      #expect(asset.name == "Mine")
      #expect(asset.userMetadata == ["note": "keep"])
      #expect(asset.metadata?["intact"] == true)
      #expect(asset.metadata?["verified"] == true)
      #expect(try await engine.content(of: id).size == 5000)
    }
  }

  @Test("a second file that was put aside gets a name of its own") func twice() async throws {
    try await withDamage(Self.spoil) { bench, engine, id in
      _ = try await repaired(engine, id)
      try Self.spoil(bench)
      try await check(engine, id)
      _ = try await repaired(engine, id)
      #expect(
        bench.placedFiles()
          == [Self.path, Self.path + ".changed", Self.path + ".changed-2"])
    }
  }

  @Test("brings a missing file back under its name") func missing() async throws {
    try await withDamage(Self.remove) { bench, engine, id in
      let task = try await repaired(engine, id)
      #expect(task.status == .completed)
      #expect(bench.placedFiles() == [Self.path])
      #expect(try await engine.asset(id).metadata?["check"] == "intact")
    }
  }

  @Test("fetches nothing that another folder has") func otherName() async throws {
    try await withDamage(Self.leave) { bench, engine, id in
      _ = try await engine.stored(tags: ["models", "vae"])
      try Self.remove(bench)
      try await check(engine, id)
      let asked = bench.source.offsets.count
      let task = try await repaired(engine, id)
      #expect(task.status == .completed)
      #expect(bench.source.offsets.count == asked)
      #expect(bench.isOneFile(Self.path, "vae/model.safetensors"))
    }
  }

  @Test("takes no other name of the spoilt file for the right one") func sameInode() async throws {
    try await withDamage(Self.leave) { bench, engine, id in
      _ = try await engine.stored(tags: ["models", "vae"])
      let path = bench.models + "/" + Self.path
      let date = try #require(
        try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date)
      let file = try #require(FileHandle(forWritingAtPath: path))
      try file.seek(toOffset: 4000)
      try file.write(contentsOf: Data([7, 7, 7]))
      try file.close()
      try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
      try await check(engine, id)
      let task = try await repaired(engine, id)
      #expect(task.status == .completed)
      #expect(bench.read(Self.path) == ScriptedFile(size: 5000).bytes)
    }
  }

  @Test("leaves everything as it is when the link leads to another file by now")
  func sourceChanged() async throws {
    try await withDamage(Self.spoil) { bench, engine, id in
      let spoilt = bench.read(Self.path)
      bench.source.offer(ScriptedFile(size: 5000, seed: 9), at: Bench.url)
      let task = try await repaired(engine, id)
      #expect(task.status == .failed)
      #expect(task.result?.errorCode == "SOURCE_CHANGED")
      #expect(bench.placedFiles() == [Self.path])
      #expect(bench.read(Self.path) == spoilt)
    }
  }

  @Test("takes nothing else where the source publishes no hash") func unpublished() async throws {
    try await withDamage(Self.spoil) { bench, engine, id in
      var other = ScriptedFile(size: 5000, seed: 9)
      other.hashes = .init()
      bench.source.offer(other, at: Bench.url)
      let task = try await repaired(engine, id)
      #expect(task.result?.errorCode == "SOURCE_CHANGED")
      #expect(bench.placedFiles() == [Self.path])
    }
  }

  @Test("is refused for what no check has found wrong, and asked for twice is one task")
  func refused() async throws {
    try await withDamage(Self.leave) { bench, engine, id in
      await #expect(throws: EngineError.self) { _ = try await engine.repairAsset(id) }
      await #expect(throws: EngineError.self) { _ = try await engine.repairAsset("absent") }
      try Self.spoil(bench)
      try await check(engine, id)
      bench.source.change(Bench.url) { $0?.holdsAt = 100 }
      let first = try await engine.repairAsset(id).taskID
      #expect(try await engine.repairAsset(id).taskID == first)
      bench.releaseFile()
      #expect(try await engine.ended(first).status == .completed)
    }
  }

  @Test("goes on after a new start of the engine") func restart() async throws {
    let bench = try Bench()
    bench.source.offer(ScriptedFile(size: 100_000), at: Bench.url)
    let (id, task) = try await bench.withEngine { engine in
      let stored = try await engine.ended(try await engine.queue())
      let id = try #require(stored.result?.assetID)
      try Self.spoil(bench)
      try await check(engine, id)
      bench.source.change(Bench.url) { $0?.holdsAt = 40_000 }
      let task = try await engine.repairAsset(id).taskID
      try await engine.reached(40_000, task)
      return (id, task)
    }
    bench.releaseFile()
    let (repair, asset) = try await bench.withEngine { engine in
      (try await engine.ended(task), try await engine.asset(id))
    }
    #expect(repair.status == .completed)
    #expect(asset.metadata?["check"] == "intact")
    #expect(bench.placedFiles() == [Self.path, Self.path + ".changed"])
  }
}
