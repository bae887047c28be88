import ComfyAPI
import Foundation
import Testing

@testable import Engine

@Suite("A model that somebody else put into the tree") struct FoundFileTests {
  private static let size = 30_000

  /// A bench whose source offers a file that stands in the tree under another name.
  private func bench(
    at path: String = "loras/mine/own.safetensors", content: ScriptedFile? = nil
  ) throws -> Bench {
    let bench = try Bench()
    let file = ScriptedFile(size: Self.size)
    bench.source.offer(file, at: Bench.url)
    try bench.write((content ?? file).bytes, to: path)
    return bench
  }

  private func listed(_ engine: Engine) async throws -> [Asset] {
    try await engine.assets(AssetQuery()).assets
  }

  @Test("is listed once it was read") func listing() async throws {
    let bench = try bench()
    try await bench.withEngine(hashesFoundFiles: true) { engine in
      try await engine.read()
      let asset = try #require(try await listed(engine).first)
      #expect(asset.name == "own.safetensors")
      #expect(asset.filePath == "models/loras/mine/own.safetensors")
      #expect(asset.loaderPath == "mine/own.safetensors")
      #expect(asset.tags == ["models", "loras"])
      #expect(asset.metadata?["found"] == true)
      #expect(asset.metadata?["verified"] == false)
    }
  }

  @Test("answers a download at once, under the name and in the folder asked for")
  func secondName() async throws {
    let bench = try bench()
    try await bench.withEngine(hashesFoundFiles: true) { engine in
      try await engine.read()
      let created = try await engine.stored()
      #expect(created.createdNew)
      #expect(created.asset.filePath == "models/checkpoints/model.safetensors")
      #expect(created.asset.metadata?["verified"] == true)
      #expect(created.asset.metadata?["found"] == nil)
      #expect(bench.isOneFile("loras/mine/own.safetensors", "checkpoints/model.safetensors"))
      #expect(bench.source.offsets == [])
    }
  }

  @Test("gets a second name in its own folder too") func sameFolder() async throws {
    let bench = try bench(at: "checkpoints/own.safetensors")
    try await bench.withEngine(hashesFoundFiles: true) { engine in
      try await engine.read()
      let created = try await engine.stored()
      #expect(created.asset.filePath == "models/checkpoints/model.safetensors")
      #expect(try await engine.stored().createdNew == false)
      #expect(try await listed(engine).count == 2)
    }
  }

  @Test("becomes the download where it stands as asked for") func samePlace() async throws {
    let bench = try bench(at: "checkpoints/model.safetensors")
    try await bench.withEngine(hashesFoundFiles: true) { engine in
      try await engine.read()
      let before = try #require(try await listed(engine).first)
      let created = try await engine.stored()
      #expect(!created.createdNew)
      #expect(created.asset.id == before.id)
      #expect(created.asset.metadata?["verified"] == true)
      #expect(created.asset.metadata?["source_url"] == .string(Bench.url))
      #expect(created.asset.metadata?["origin"] == "scripted")
    }
  }

  @Test("is read for the download of a file of its size, of which no byte is fetched")
  func readWhenAsked() async throws {
    let bench = try bench()
    try await bench.withEngine { engine in
      try await engine.scanned()
      let task = try await engine.ended(try await engine.queue())
      #expect(task.status == .completed)
      #expect(task.result?.filePath == "models/checkpoints/model.safetensors")
      #expect(task.result?.verified == true)
      #expect(bench.isOneFile("loras/mine/own.safetensors", "checkpoints/model.safetensors"))
      #expect(bench.source.offsets == [])
    }
  }

  @Test("is found by a task whose source told of the file late") func lateAnswer() async throws {
    let bench = try bench()
    bench.source.change(Bench.url) {
      $0?.resolveErrors = [.refusal("HTTP_503", .retry(after: nil))]
    }
    try await bench.withEngine { engine in
      try await engine.scanned()
      let task = try await engine.ended(try await engine.queue())
      #expect(task.result?.filePath == "models/checkpoints/model.safetensors")
      #expect(bench.source.offsets == [])
    }
  }

  @Test("with the size but another content is not taken for it") func otherContent() async throws {
    let bench = try bench(content: ScriptedFile(size: Self.size, seed: 2))
    try await bench.withEngine { engine in
      try await engine.scanned()
      let task = try await engine.ended(try await engine.queue())
      #expect(task.status == .completed)
      #expect(bench.source.offsets == [0])
      #expect(!bench.isOneFile("loras/mine/own.safetensors", "checkpoints/model.safetensors"))
    }
  }

  @Test("is read again after it has changed, and is the same asset") func changed() async throws {
    let bench = try bench(content: ScriptedFile(size: 100))
    try await bench.withEngine(hashesFoundFiles: true) { engine in
      try await engine.read()
      let before = try #require(try await listed(engine).first)
      try bench.write(ScriptedFile(size: Self.size).bytes, to: "loras/mine/own.safetensors")
      try await engine.read()
      let after = try #require(try await listed(engine).first)
      #expect(after.id == before.id)
      #expect(after.hash != before.hash)
      #expect(after.size == Int64(Self.size))
      #expect(try await engine.stored().createdNew)
    }
  }

  @Test("that was changed since the last scan does not answer for its old content")
  func changedUnseen() async throws {
    let bench = try bench()
    try await bench.withEngine(hashesFoundFiles: true) { engine in
      try await engine.read()
      try bench.write([1, 2, 3], to: "loras/mine/own.safetensors")
      _ = try await engine.ended(try await engine.queue())
      #expect(bench.source.offsets == [0])
    }
  }

  @Test("is forgotten when it vanishes") func vanished() async throws {
    let bench = try bench()
    try await bench.withEngine(hashesFoundFiles: true) { engine in
      try await engine.read()
      try FileManager.default.removeItem(atPath: bench.models + "/loras/mine/own.safetensors")
      try await engine.read()
      #expect(try await listed(engine).isEmpty)
      #expect(try await engine.libraryScan().files == 0)
      _ = try await engine.ended(try await engine.queue())
      #expect(bench.source.offsets == [0])
    }
  }

  @Test("stays known while its folder cannot be read") func unreadableFolder() async throws {
    let bench = try bench()
    let folder = bench.models + "/loras"
    let elsewhere = bench.directory + "/elsewhere"
    try FileManager.default.moveItem(atPath: folder, toPath: elsewhere)
    try FileManager.default.createSymbolicLink(atPath: folder, withDestinationPath: elsewhere)
    try await bench.withEngine(hashesFoundFiles: true) { engine in
      try await engine.read()
      #expect(try await listed(engine).count == 1)
      try FileManager.default.moveItem(atPath: elsewhere, toPath: elsewhere + "-unplugged")
      try await engine.read()
      #expect(try await engine.libraryScan().unreadable == 1)
      #expect(try await listed(engine).count == 1)
    }
  }

  @Test("stays known while the whole tree is away") func noTree() async throws {
    let bench = try bench()
    try await bench.withEngine(hashesFoundFiles: true) { engine in
      try await engine.read()
      try FileManager.default.moveItem(atPath: bench.models, toPath: bench.models + "-unplugged")
      try await engine.scanned()
      #expect(try await listed(engine).count == 1)
    }
  }

  @Test("that was taken off the list stays off it, and still answers") func takenOff() async throws
  {
    let bench = try bench()
    try await bench.withEngine(hashesFoundFiles: true) { engine in
      try await engine.read()
      try await engine.deleteAsset(try #require(try await listed(engine).first).id)
      try await engine.read()
      #expect(try await listed(engine).isEmpty)
      #expect(try await engine.stored().createdNew)
      #expect(bench.source.offsets == [])
    }
  }

  @Test("needs no read when it is a name of a stored file") func anotherName() async throws {
    let bench = try Bench()
    bench.source.offer(ScriptedFile(size: Self.size), at: Bench.url)
    try await bench.withEngine { engine in
      _ = try await engine.ended(try await engine.queue())
      try FileManager.default.linkItem(
        atPath: bench.models + "/checkpoints/model.safetensors",
        toPath: bench.models + "/checkpoints/mine.safetensors")
      try await engine.scanned()
      #expect(try await engine.libraryScan().unhashedFiles == 0)
      #expect(try await listed(engine).count == 2)
    }
  }

  @Test("may be a link to a file, which then gets the second name") func link() async throws {
    let bench = try bench(at: "../elsewhere.safetensors")
    try FileManager.default.createDirectory(
      atPath: bench.models + "/loras", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: bench.models + "/loras/own.safetensors",
      withDestinationPath: "../../elsewhere.safetensors")
    try await bench.withEngine(hashesFoundFiles: true) { engine in
      try await engine.read()
      _ = try await engine.stored()
      #expect(!Disk.isLink(bench.models + "/checkpoints/model.safetensors"))
      #expect(bench.isOneFile("loras/own.safetensors", "checkpoints/model.safetensors"))
    }
  }

  @Test("that cannot be read is said in the log and passed by", .enabled(if: geteuid() != 0))
  func unreadable() async throws {
    let bench = try bench()
    try bench.write(ScriptedFile(size: 200, seed: 3).bytes, to: "vae/other.safetensors")
    #expect(chmod(bench.models + "/loras/mine/own.safetensors", 0) == 0)
    let log = KeptLog()
    try await bench.withEngine(hashesFoundFiles: true, log: log) { engine in
      try await engine.read()
      #expect(try await listed(engine).map(\.name) == ["other.safetensors"])
      #expect(try await engine.libraryScan().unreadable == 1)
    }
    #expect(log.lines.filter { $0.contains("own.safetensors") }.count == 1)
  }

  @Test("is not read while a transfer runs") func transferFirst() async throws {
    let bench = try Bench()
    bench.offerHeldFile()
    try await bench.withEngine(hashesFoundFiles: true) { engine in
      let id = try await engine.queueUntilHeld()
      try bench.write(ScriptedFile(size: 200).bytes, to: "vae/other.safetensors")
      try await engine.scanned()
      #expect(try await engine.libraryScan().unhashedFiles == 1)
      try await engine.cancel(id)
      try await engine.read()
      #expect(try await listed(engine).map(\.name) == ["other.safetensors"])
    }
  }

  @Test("is unread after an engine that ended on the way, and read by the next")
  func interrupted() async throws {
    let bench = try bench()
    try await bench.withEngine { engine in
      try await engine.scanned()
      let store = await engine.store
      let file = try #require(try store.unhashedFiles().first)
      let gate = WorkGate()
      gate.stop()
      #expect(throws: CancellationError.self) {
        try file.readHashes(in: Library(base: ModelsRoot(path: bench.models, isShared: true))) {
          _ in try gate.pass()
        }
      }
      #expect(try store.unhashedFiles() == [file])
      #expect(try await listed(engine).isEmpty)
    }
    try await bench.withEngine(hashesFoundFiles: true) { engine in
      try await engine.read()
      #expect(try await listed(engine).first?.hash == (try await engine.stored()).asset.hash)
    }
  }
}
