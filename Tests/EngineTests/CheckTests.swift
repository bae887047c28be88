import ComfyAPI
import Foundation
import Testing

@testable import Engine

@Suite("Checking a stored file again") struct CheckTests {
  private func with(
    _ body: @Sendable (Bench, Engine, String) async throws -> Void
  ) async throws {
    let bench = try Bench()
    bench.source.offer(ScriptedFile(size: 5000), at: Bench.url)
    try await bench.withEngine { engine in
      let task = try await engine.ended(try await engine.queue())
      try await body(bench, engine, try #require(task.result?.assetID))
    }
  }

  private func outcome(_ engine: Engine, _ id: String) async throws -> AssetCheck {
    _ = try await engine.checkAsset(id)
    return try await eventually {
      let check = try await engine.assetCheck(id)
      return check.state.isEnd ? check : nil
    }
  }

  @Test("finds it intact, and the asset says so") func intact() async throws {
    try await with { _, engine, id in
      let check = try await outcome(engine, id)
      #expect(check.state == .intact)
      #expect(check.bytesChecked == 5000)
      let metadata = try await engine.asset(id).metadata
      #expect(metadata?["intact"] == true)
      #expect(metadata?["checked_at"] != nil)
    }
  }

  @Test("finds a changed byte") func damaged() async throws {
    try await with { bench, engine, id in
      var bytes = try #require(bench.read("checkpoints/model.safetensors"))
      bytes[4000] ^= 1
      try bench.write(bytes, to: "checkpoints/model.safetensors")
      #expect(try await outcome(engine, id).state == .damaged)
      #expect(try await engine.asset(id).metadata?["intact"] == false)
    }
  }

  @Test("takes a file that was only touched for the stored one") func touched() async throws {
    try await with { bench, engine, id in
      let bytes = try #require(bench.read("checkpoints/model.safetensors"))
      try bench.write(bytes, to: "checkpoints/model.safetensors")
      await #expect(throws: EngineError.self) { _ = try await engine.content(of: id) }
      #expect(try await outcome(engine, id).state == .intact)
      #expect(try await engine.content(of: id).size == 5000)
    }
  }

  @Test("finds it missing") func missing() async throws {
    try await with { bench, engine, id in
      try FileManager.default.removeItem(atPath: bench.models + "/checkpoints/model.safetensors")
      #expect(try await outcome(engine, id).state == .missing)
      let metadata = try await engine.asset(id).metadata
      #expect(metadata?["intact"] == false)
      #expect(metadata?["check"] == "missing")
    }
  }

  @Test("knows a file of another size without reading it") func otherSize() async throws {
    try await with { bench, engine, id in
      try bench.write([1, 2, 3], to: "checkpoints/model.safetensors")
      let check = try await outcome(engine, id)
      #expect(check.state == .damaged)
      #expect(check.bytesTotal == 3)
    }
  }

  @Test("a damaged file stands in for no download, though it looks as it did")
  func damagedIsNotOffered() async throws {
    try await with { bench, engine, id in
      let path = bench.models + "/checkpoints/model.safetensors"
      let before = try FileManager.default.attributesOfItem(atPath: path)
      var bytes = try #require(bench.read("checkpoints/model.safetensors"))
      bytes[4000] ^= 1
      let file = try #require(FileHandle(forWritingAtPath: path))
      try file.write(contentsOf: Data(bytes))
      try file.close()
      let date = try #require(before[.modificationDate] as? Date)
      try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
      #expect(try await outcome(engine, id).state == .damaged)
      await #expect(throws: EngineError.self) { _ = try await engine.content(of: id) }
      // It is fetched anew.
      let task = try await engine.ended(try await engine.queue())
      #expect(task.status == .completed)
      #expect(bench.placedFiles().count == 2)
    }
  }

  @Test("is not told of before it begins") func unknown() async throws {
    try await with { _, engine, id in
      await #expect(throws: EngineError.self) { _ = try await engine.assetCheck(id) }
      await #expect(throws: EngineError.self) { _ = try await engine.checkAsset("absent") }
    }
  }

  @Test("deleting an asset leaves its file, unless that is wanted") func deleted() async throws {
    try await with { bench, engine, id in
      try await engine.deleteAsset(id)
      #expect(bench.placedFiles() == ["checkpoints/model.safetensors"])
    }
    try await with { bench, engine, id in
      try await engine.deleteAsset(id, deletesFile: true)
      #expect(bench.placedFiles() == [])
      await #expect(throws: EngineError.self) { _ = try await engine.asset(id) }
    }
  }

  @Test("a file that somebody changed is not deleted with its asset") func changed() async throws {
    try await with { bench, engine, id in
      try bench.write([1, 2, 3], to: "checkpoints/model.safetensors")
      await #expect(throws: EngineError.self) {
        try await engine.deleteAsset(id, deletesFile: true)
      }
      #expect(bench.read("checkpoints/model.safetensors") == [1, 2, 3])
      _ = try await engine.asset(id)
    }
  }
}
