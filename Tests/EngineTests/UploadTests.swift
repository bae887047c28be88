import ComfyAPI
import Downloads
import Foundation
import Testing

@testable import Engine

@Suite("An upload") struct UploadTests {
  private static let bytes = ScriptedFile(size: 20_000).bytes

  private func upload(
    _ engine: Engine, _ upload: AssetUpload, _ bytes: [UInt8] = bytes
  ) async throws -> AssetCreated {
    try await engine.createAsset { file in
      for start in stride(from: 0, to: bytes.count, by: 3000) {
        try await file.append(bytes[start..<min(start + 3000, bytes.count)])
      }
      return upload
    }
  }

  private static let model = AssetUpload(
    filename: "own.safetensors", tags: ["models", "loras"])

  @Test("has both hashes, and serves a download of the same content") func hashes() async throws {
    let bench = try Bench()
    bench.source.offer(ScriptedFile(size: 20_000), at: Bench.url)
    let engine = try bench.engine()
    let created = try await upload(engine, Self.model)
    #expect(created.asset.metadata?["sha256"] == .string(ScriptedFile.sha256(Self.bytes)))
    #expect(created.asset.metadata?["verified"] == false)
    #expect(created.asset.metadata?["source_url"] == nil)
    #expect(bench.read("loras/own.safetensors") == Self.bytes)
    let stored = try await engine.stored(tags: ["models", "loras"])
    #expect(stored.asset.id == created.asset.id)
    #expect(bench.source.offsets.isEmpty)
  }

  @Test("of content that was downloaded gets a hard link") func downloaded() async throws {
    let bench = try Bench()
    bench.source.offer(ScriptedFile(size: 20_000), at: Bench.url)
    try await bench.withEngine { engine in
      _ = try await engine.ended(try await engine.queue())
      let created = try await upload(engine, Self.model)
      #expect(created.createdNew)
      let first = Disk.status(bench.models + "/checkpoints/model.safetensors")
      let second = Disk.status(bench.models + "/loras/own.safetensors")
      #expect(first != nil && first?.inode == second?.inode)
    }
  }

  @Test("never takes the name of another file") func takenName() async throws {
    let bench = try Bench()
    try bench.write([1, 2, 3], to: "loras/own.safetensors")
    let engine = try bench.engine()
    let created = try await upload(engine, Self.model)
    #expect(created.asset.filePath == "models/loras/own (2).safetensors")
    #expect(bench.read("loras/own.safetensors") == [1, 2, 3])
  }

  @Test("made many times at once is stored once") func concurrent() async throws {
    let bench = try Bench()
    let engine = try bench.engine()
    let created = try await withThrowingTaskGroup(of: AssetCreated.self) { group in
      for _ in 0..<8 { group.addTask { try await upload(engine, Self.model) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(created.map(\.asset.id)).count == 1)
    #expect(created.count(where: \.createdNew) == 1)
    #expect(bench.placedFiles() == ["loras/own.safetensors"])
    #expect(bench.workFiles == [])
  }

  @Test("with an id that another takes at the same time is refused") func sameID() async throws {
    let bench = try Bench()
    let engine = try bench.engine()
    let id = "0b0e7a12-0000-4000-8000-000000000001"
    let outcomes = await withTaskGroup(of: String.self) { group in
      for number in 0..<4 {
        group.addTask {
          var wish = Self.model
          wish.id = id
          do {
            return try await upload(engine, wish, [UInt8](repeating: UInt8(number), count: 9))
              .asset.id
          } catch {
            return (error as? EngineError)?.response.code ?? "\(error)"
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes.sorted() == [id] + [String](repeating: "ASSET_ID_UNAVAILABLE", count: 3))
    #expect(bench.placedFiles() == ["loras/own.safetensors"])
  }

  @Test("that breaks off leaves nothing") func brokenOff() async throws {
    let bench = try Bench()
    let engine = try bench.engine()
    await #expect(throws: CancellationError.self) {
      try await engine.createAsset { file in
        try await file.append(Self.bytes[...])
        #expect(bench.workFiles.count == 1)
        throw CancellationError()
      }
    }
    #expect(bench.workFiles == [])
    #expect(bench.placedFiles() == [])
  }

  @Test("is refused when the disk would be full") func diskFull() async throws {
    let bench = try Bench()
    let engine = try bench.engine(reservedBytes: .max)
    let error = await #expect(throws: EngineError.self) { try await upload(engine, Self.model) }
    #expect(error?.response.code == "DISK_FULL")
    #expect(bench.workFiles == [])
  }

  @Test("of a killed engine is removed, and one that is being received is not")
  func abandoned() async throws {
    let bench = try Bench()
    try bench.write([1], to: ".winch/dead.upload")
    try bench.write([1], to: ".winch/kept.part")
    let library = try Library(root: bench.models)
    let live = UploadFile(library: library, reservedBytes: 0)
    try await live.open()
    library.removeAbandonedUploads()
    let name = try #require(live.path.split(separator: "/").last.map(String.init))
    #expect(bench.workFiles == [name, "kept.part"].sorted())
    await live.remove()
    try bench.write([1], to: ".winch/dead.upload")
    try await bench.withEngine { _ in
      _ = try await eventually { bench.workFiles == ["kept.part"] ? true : nil }
    }
  }

  @Test("as a form or a link keeps the name that was chosen") func chosenName() async throws {
    let bench = try Bench()
    bench.source.offer(ScriptedFile(size: 20_000), at: Bench.url)
    try await bench.withEngine { engine in
      let created = try await engine.createAsset(
        fromURL: AssetURLUpload(url: Bench.url, name: "a/chosen.sft", tags: ["models", "vae"]))
      #expect(created.createdNew)
      #expect(created.asset.filePath == "models/vae/chosen.sft")
    }
  }

  @Test("by a link fails as its download does") func failedLink() async throws {
    let bench = try Bench()
    var file = ScriptedFile(size: 20_000)
    file.contentErrors = [.refusal("ACCESS_FORBIDDEN", .needsUser)]
    bench.source.offer(file, at: Bench.url)
    let error = try await bench.withEngine { engine in
      await #expect(throws: EngineError.self) {
        try await engine.createAsset(fromURL: AssetURLUpload(url: Bench.url, name: "x.sft"))
      }
    }
    #expect(error?.kind == .unprocessable)
    #expect(error?.response.code == "ACCESS_FORBIDDEN")
  }
}
