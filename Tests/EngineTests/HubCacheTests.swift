import ComfyAPI
import Foundation
import Testing

@testable import Engine

@Suite("The hub's cache") struct HubCacheTests {
  private func offer(_ bench: Bench) -> ScriptedFile {
    let file = ScriptedFile(size: 30_000)
    bench.source.offer(file, at: Bench.url)
    return file
  }

  private func blob(_ bench: Bench, _ bytes: [UInt8], named name: String) throws -> String {
    let path = bench.hubCache + "/models--acme--other/blobs/" + name
    try bench.write(bytes, to: "../hub/models--acme--other/blobs/" + name)
    return path
  }

  @Test("serves a download without a content byte") func served() async throws {
    let bench = try Bench()
    let file = offer(bench)
    let path = try blob(bench, file.bytes, named: ScriptedFile.sha256(file.bytes))
    try await bench.withEngine { engine in
      let task = try await engine.ended(try await engine.queue())
      #expect(task.result?.filePath == "models/checkpoints/model.safetensors")
      #expect(task.result?.verified == true)
      #expect(bench.source.offsets == [])
      #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
      // The owner of the cache may tidy up.
      try FileManager.default.removeItem(atPath: path)
      #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
    }
  }

  @Test("gives the file and not the link that stands for it") func linkedBlob() async throws {
    let bench = try Bench()
    let file = offer(bench)
    try bench.write(file.bytes, to: "../shared/blob")
    _ = try blob(bench, [1], named: "other")
    try FileManager.default.createSymbolicLink(
      atPath: bench.hubCache + "/models--acme--other/blobs/" + ScriptedFile.sha256(file.bytes),
      withDestinationPath: bench.directory + "/shared/blob")
    try await bench.withEngine { engine in
      _ = try await engine.ended(try await engine.queue())
      #expect(!Disk.isLink(bench.models + "/checkpoints/model.safetensors"))
      #expect(bench.source.offsets == [])
    }
  }

  @Test("is not believed by the name") func lyingName() async throws {
    let bench = try Bench()
    let file = offer(bench)
    let other = ScriptedFile(size: 30_000, seed: 2)
    _ = try blob(bench, other.bytes, named: ScriptedFile.sha256(file.bytes))
    try await bench.withEngine { engine in
      let task = try await engine.ended(try await engine.queue())
      #expect(task.status == .completed)
      #expect(bench.source.offsets == [0])
      #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
    }
  }

  @Test("is passed by when a file has another size") func otherSize() async throws {
    let bench = try Bench()
    let file = offer(bench)
    _ = try blob(bench, Array(file.bytes.dropLast()), named: ScriptedFile.sha256(file.bytes))
    try await bench.withEngine { engine in
      _ = try await engine.ended(try await engine.queue())
      #expect(bench.source.offsets == [0])
    }
  }

  @Test("stands where the hub's own programs look for it")
  func place() {
    func path(_ environment: [String: String]) -> String {
      HubCache.usualPath(environment: environment, home: "/home/u")
    }
    #expect(path([:]) == "/home/u/.cache/huggingface/hub")
    #expect(path(["XDG_CACHE_HOME": "/c"]) == "/c/huggingface/hub")
    #expect(path(["HF_HOME": "/big"]) == "/big/hub")
    #expect(path(["HF_HOME": "~/hf", "HF_HUB_CACHE": ""]) == "/home/u/hf/hub")
    #expect(path(["HF_HOME": "/big", "HF_HUB_CACHE": "/cache"]) == "/cache")
  }
}
