import ComfyAPI
import Downloads
import Foundation
import Testing

@testable import Engine

@Suite("A place besides the models tree") struct PlaceTests {
  private static let path = "../other/checkpoints/sd/theirs.safetensors"

  private func offer(_ bench: Bench) -> ScriptedFile {
    let file = ScriptedFile(size: 30_000)
    bench.source.offer(file, at: Bench.url)
    return file
  }

  private func tree(_ bench: Bench) -> ModelsPlace {
    ModelsPlace(path: bench.directory + "/other", origin: "test")
  }

  private func folder(_ bench: Bench, _ name: String, _ folder: String) -> ModelsPlace {
    ModelsPlace(path: bench.directory + "/" + name, folder: Folder(folder), origin: "test")
  }

  @Test("has the content of a download, which then is a second name of it and fetches nothing")
  func linked() async throws {
    let bench = try Bench()
    let file = offer(bench)
    try bench.write(file.bytes, to: Self.path)
    try await bench.withEngine(places: [tree(bench)]) { engine in
      let task = try await engine.ended(try await engine.queue())
      #expect(task.result?.filePath == "models/checkpoints/model.safetensors")
      #expect(task.result?.verified == true)
      #expect(bench.source.offsets == [])
      #expect(bench.isOneFile("checkpoints/model.safetensors", Self.path))
    }
  }

  @Test("is read alone: its files are no assets, and what is deleted is our name of them")
  func readOnly() async throws {
    let bench = try Bench()
    let file = offer(bench)
    try bench.write(file.bytes, to: Self.path)
    let before = try FileManager.default.subpathsOfDirectory(atPath: bench.directory + "/other")
    try await bench.withEngine(hashesFoundFiles: true, places: [tree(bench)]) { engine in
      try await engine.read()
      #expect(try await engine.assets(AssetQuery()).total == 0)
      _ = try await engine.ended(try await engine.queue())
      let asset = try #require(try await engine.assets(AssetQuery()).assets.first)
      try await engine.deleteAsset(asset.id, deletesFile: true)
      #expect(bench.read("checkpoints/model.safetensors") == nil)
    }
    #expect(bench.read(Self.path) == file.bytes)
    #expect(
      try FileManager.default.subpathsOfDirectory(atPath: bench.directory + "/other") == before)
  }

  @Test("with a file of the same size and another content is asked once, and then the source")
  func otherContent() async throws {
    let bench = try Bench()
    let file = offer(bench)
    try bench.write(ScriptedFile(size: 30_000, seed: 2).bytes, to: Self.path)
    try await bench.withEngine(places: [tree(bench)]) { engine in
      _ = try await engine.ended(try await engine.queue())
      #expect(bench.source.offsets == [0])
      #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
    }
    let store = try Store(path: bench.directory + "/data/engine.sqlite")
    #expect(try store.placedFiles(size: 30_000).allSatisfy { $0.seen.hashes != nil })
  }

  @Test("whose file was changed since it was hashed is not believed")
  func changed() async throws {
    let bench = try Bench()
    let file = offer(bench)
    try bench.write(file.bytes, to: Self.path)
    let path = bench.directory + "/other/checkpoints/sd/theirs.safetensors"
    let status = try #require(Disk.status(path))
    let seen = SeenFile(path: path, status: status)
    try bench.write(ScriptedFile(size: 30_000, seed: 2).bytes, to: Self.path)
    try Disk.makeDirectory(bench.directory + "/data")
    let store = try Store(path: bench.directory + "/data/engine.sqlite")
    try await store.settle(
      PlacedFile(seen: seen), try ContentHashes.ofFile(at: path))
    try await bench.withEngine(places: [tree(bench)]) { engine in
      _ = try await engine.ended(try await engine.queue())
      #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
      #expect(bench.source.offsets == [0])
    }
  }

  @Test("on another filesystem is linked by a symbolic link")
  func otherFilesystem() async throws {
    // Where it is not another filesystem there is nothing to see.
    let shared = "/dev/shm/winch-place-\(UUID().uuidString)"
    guard (try? Disk.makeDirectory(shared)) != nil else { return }
    defer { try? FileManager.default.removeItem(atPath: shared) }
    let bench = try Bench()
    guard Disk.status(shared)?.device != Disk.status(bench.directory)?.device else { return }
    let file = offer(bench)
    try Data(file.bytes).write(to: URL(fileURLWithPath: shared + "/x.safetensors"))
    let place = ModelsPlace(path: shared, folder: Folder("loras"), origin: "test")
    try await bench.withEngine(places: [place]) { engine in
      let task = try await engine.ended(try await engine.queue())
      #expect(task.status == .completed)
      #expect(Disk.isLink(bench.models + "/checkpoints/model.safetensors"))
      #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
      #expect(bench.source.offsets == [])
    }
  }

  @Test("that is not there costs nothing")
  func missing() async throws {
    let bench = try Bench()
    _ = offer(bench)
    let gone = ModelsPlace(path: bench.directory + "/gone", origin: "test")
    try await bench.withEngine(places: [gone]) { engine in
      let task = try await engine.ended(try await engine.queue())
      #expect(task.status == .completed)
      #expect(bench.source.offsets == [0])
    }
  }

  @Test("may come while the engine runs, and go again")
  func adopted() async throws {
    let bench = try Bench()
    let file = offer(bench)
    try bench.write(file.bytes, to: Self.path)
    try await bench.withEngine { engine in
      var configuration = await engine.configuration
      configuration.places = [tree(bench)]
      await engine.adopt(configuration)
      #expect(await engine.status().places?.map(\.path) == [bench.directory + "/other"])
      try await engine.scanned()
      _ = try await engine.ended(try await engine.queue())
      #expect(bench.source.offsets == [])
      configuration.places = []
      await engine.adopt(configuration)
      try await engine.scanned()
      #expect(try await engine.store.placedFiles(size: 30_000).isEmpty)
    }
  }

  @Test("is listed with the tree as ComfyUI lists it: the first directory wins")
  func listing() async throws {
    let bench = try Bench()
    try bench.write([1], to: "loras/a.safetensors")
    try bench.write([1, 2], to: "../other/loras/a.safetensors")
    try bench.write([1, 2], to: "../other/loras/deep/b.safetensors")
    try bench.write([1, 2, 3], to: "../lib/c.safetensors")
    try bench.write([1], to: "unet/old.safetensors")
    try bench.write([1], to: "../other/unet/d.safetensors")
    let places = [tree(bench), folder(bench, "lib", "loras"), folder(bench, "lib", "mine")]
    try await bench.withEngine(places: places) { engine in
      let loras = try await engine.modelFiles(in: "loras")
      #expect(loras.map(\.name) == ["a.safetensors", "c.safetensors", "deep/b.safetensors"])
      #expect(loras.map(\.pathIndex) == [0, 2, 1])
      #expect(loras.map(\.size) == [1, 3, 2])
      #expect(
        try await engine.modelFiles(in: "diffusion_models").map(\.name)
          == ["d.safetensors", "old.safetensors"])
      #expect(try await engine.modelFiles(in: "mine").map(\.name) == ["c.safetensors"])
      let folders = try await engine.modelFolders()
      #expect(
        folders.first { $0.name == "loras" }?.folders == [
          bench.models + "/loras", bench.directory + "/other/loras", bench.directory + "/lib",
        ])
      #expect(folders.contains { $0.name == "mine" })
    }
  }
}
