import ComfyAPI
import Downloads
import Foundation
import Testing

@testable import Engine

@Suite("A download") struct DownloadTests {
  @Test("is verified and placed with the right bytes") func completes() async throws {
    let bench = try Bench()
    let file = ScriptedFile(size: 100_000)
    bench.source.offer(file, at: Bench.url)
    let task = try await bench.withEngine { engine in
      try await engine.ended(try await engine.queue())
    }
    #expect(task.status == .completed)
    #expect(task.result?.verified == true)
    #expect(task.result?.sha256 == file.hashes.sha256)
    #expect(task.result?.filePath == "models/checkpoints/model.safetensors")
    #expect(task.result?.hash?.hasPrefix("blake3:") == true)
    #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
    #expect(bench.placedFiles() == ["checkpoints/model.safetensors"])
  }

  @Test("leaves no partial file behind once it is placed") func cleansUp() async throws {
    let bench = try Bench()
    bench.source.offer(ScriptedFile(size: 10), at: Bench.url)
    try await bench.withEngine { engine in _ = try await engine.ended(try await engine.queue()) }
    #expect(bench.workFiles == [])
  }

  @Test("of an empty file is complete without a content request") func empty() async throws {
    let bench = try Bench()
    bench.source.offer(ScriptedFile(size: 0), at: Bench.url)
    let task = try await bench.withEngine { engine in
      try await engine.ended(try await engine.queue())
    }
    #expect(task.status == .completed)
    #expect(bench.read("checkpoints/model.safetensors") == [])
    #expect(bench.source.offsets.isEmpty)
  }

  @Test("without a published hash is placed but not called verified") func unverified() async throws
  {
    let bench = try Bench()
    var file = ScriptedFile(size: 5000)
    file.hashes = .init()
    file.knowsSize = false
    bench.source.offer(file, at: Bench.url)
    let task = try await bench.withEngine { engine in
      try await engine.ended(try await engine.queue())
    }
    #expect(task.status == .completed)
    #expect(task.result?.verified == false)
    #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
  }

  @Test("is compared with a published git blob name") func gitBlob() async throws {
    let bench = try Bench()
    var file = ScriptedFile(size: 0)
    file.name = "hello.txt"
    file.bytes = Array("hello\n".utf8)
    // `echo hello | git hash-object --stdin`
    file.hashes = .init(gitBlobSHA1: "ce013625030ba8dba906f756967f9e9ca394464a")
    bench.source.offer(file, at: Bench.url)
    let task = try await bench.withEngine { engine in
      try await engine.ended(try await engine.queue())
    }
    #expect(task.result?.verified == true)
  }

  @Test("with a wrong hash fails, names both hashes and places no file") func wrongHash()
    async throws
  {
    let bench = try Bench()
    var file = ScriptedFile(size: 50_000)
    let received = ScriptedFile.sha256(file.bytes)
    let published = String(repeating: "ab", count: 32)
    file.hashes = .init(sha256: published)
    bench.source.offer(file, at: Bench.url)
    let task = try await bench.withEngine { engine in
      try await engine.ended(try await engine.queue())
    }
    #expect(task.status == .failed)
    #expect(task.result?.errorCode == "HASH_MISMATCH")
    #expect(task.errorMessage?.contains(received) == true)
    #expect(task.errorMessage?.contains(published) == true)
    #expect(bench.placedFiles() == [])
  }

  @Test("retried after a wrong hash does not build on the wrong bytes") func retryAfterWrongHash()
    async throws
  {
    let bench = try Bench()
    let file = ScriptedFile(size: 50_000)
    var damaged = file
    damaged.bytes[7] ^= 1
    bench.source.offer(damaged, at: Bench.url)
    let task = try await bench.withEngine { engine in
      let id = try await engine.queue()
      #expect(try await engine.ended(id).status == .failed)
      bench.source.offer(file, at: Bench.url)
      try await engine.retry(id)
      return try await engine.ended(id)
    }
    #expect(task.status == .completed)
    #expect(bench.source.offsets == [0, 0])
    #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
  }

  @Test("never overwrites a different file of the same name") func numbered() async throws {
    let bench = try Bench()
    let file = ScriptedFile(size: 3000)
    bench.source.offer(file, at: Bench.url)
    try bench.write([1, 2, 3], to: "checkpoints/model.safetensors")
    let task = try await bench.withEngine { engine in
      try await engine.ended(try await engine.queue())
    }
    #expect(task.result?.filename == "model (2).safetensors")
    #expect(bench.read("checkpoints/model.safetensors") == [1, 2, 3])
    #expect(bench.read("checkpoints/model (2).safetensors") == file.bytes)
  }

  @Test("keeps a file of the same name and content") func sameContent() async throws {
    let bench = try Bench()
    let file = ScriptedFile(size: 3000)
    bench.source.offer(file, at: Bench.url)
    try bench.write(file.bytes, to: "checkpoints/model.safetensors")
    let task = try await bench.withEngine { engine in
      try await engine.ended(try await engine.queue())
    }
    #expect(task.status == .completed)
    #expect(bench.placedFiles() == ["checkpoints/model.safetensors"])
  }

  @Test(
    "cannot leave its folder, whatever name the source gives",
    arguments: ["../../evil.bin", "/etc/evil.bin", "a/../../evil.bin", "..\\evil.bin"])
  func unsafeName(_ name: String) async throws {
    let bench = try Bench()
    bench.source.offer(ScriptedFile(size: 10, name: name), at: Bench.url)
    try await bench.withEngine { engine in _ = try await engine.ended(try await engine.queue()) }
    #expect(bench.placedFiles() == ["checkpoints/evil.bin"])
  }

  @Test("goes to the folder the source names when the tags name none") func suggested() async throws
  {
    let bench = try Bench()
    var file = ScriptedFile(size: 10)
    file.suggestedFolder = Folder("loras")
    bench.source.offer(file, at: Bench.url)
    try await bench.withEngine { engine in
      _ = try await engine.ended(try await engine.queue(tags: []))
    }
    #expect(bench.placedFiles() == ["loras/model.safetensors"])
  }

  @Test("without any folder is unsorted and says why") func unsorted() async throws {
    let bench = try Bench()
    bench.source.offer(ScriptedFile(size: 10), at: Bench.url)
    let task = try await bench.withEngine { engine in
      try await engine.ended(try await engine.queue(tags: ["mine"]))
    }
    #expect(bench.placedFiles() == ["unsorted/model.safetensors"])
    #expect(task.result?.metadata?["folder_reason"] != nil)
  }

  @Test(
    "is stored with the base model and the licence that its header names, where the source has none"
  )
  func headerFacts() async throws {
    let bench = try Bench()
    var file = ScriptedFile(size: 1000)
    let json = #"{"__metadata__":{"ss_base_model_version":"sdxl","modelspec.license":"MIT"}}"#
    file.bytes = [UInt8(json.utf8.count), 0, 0, 0, 0, 0, 0, 0] + Array(json.utf8)
    file.hashes.sha256 = ScriptedFile.sha256(file.bytes)
    file.metadata["license"] = "apache-2.0"
    bench.source.offer(file, at: Bench.url)
    let task = try await bench.withEngine { engine in
      try await engine.ended(try await engine.queue())
    }
    #expect(task.result?.metadata?["base_model"] == "sdxl")
    #expect(task.result?.metadata?["license"] == "apache-2.0")
  }

  @Test("reports its end to listeners, with the asset") func lastMessage() async throws {
    let bench = try Bench()
    bench.source.offer(ScriptedFile(size: 100_000), at: Bench.url)
    let last = try await bench.withEngine { engine in
      let messages = engine.messages()
      _ = try await engine.queue()
      return await messages.first { $0.status.isTerminal }
    }
    #expect(last?.status == .completed)
    #expect(last?.bytesDownloaded == 100_000)
    #expect(last?.assetID != nil)
  }
}
