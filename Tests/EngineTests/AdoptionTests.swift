import ComfyAPI
import Downloads
import Foundation
import Origins
import Testing

@testable import Engine

@Suite("What another downloader has left of a file") struct AdoptionTests {
  private static let size = 5 << 20
  private static let path = "checkpoints/model.safetensors"

  /// A bench whose source offers a file of five pieces.
  private func bench(published: Bool = true) throws -> (Bench, ScriptedFile) {
    let bench = try Bench()
    var file = ScriptedFile(size: Self.size)
    if !published { file.hashes = PublishedHashes() }
    bench.source.offer(file, at: Bench.url)
    return (bench, file)
  }

  /// Has aria2 stop in the middle of a file.
  ///
  /// - Parameter pieces: megabytes that are there; the others are zeros.
  private func leave(
    _ bytes: [UInt8], at path: String = path, pieces: Set<Int>, in bench: Bench
  ) throws {
    var partial = bytes
    for piece in 0..<5 where !pieces.contains(piece) {
      for index in (piece << 20)..<((piece + 1) << 20) { partial[index] = 0 }
    }
    try bench.write(partial, to: path)
    try bench.write(Self.control(pieces), to: path + ".aria2")
  }

  private static func control(_ pieces: Set<Int>) -> [UInt8] {
    func big(_ value: some FixedWidthInteger) -> [UInt8] {
      withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }
    let bits = pieces.reduce(UInt8(0)) { $0 | 0x80 >> UInt8($1) }
    return [0, 1, 0, 0, 0, 0] + big(UInt32(0)) + big(UInt32(1 << 20)) + big(UInt64(size))
      + big(UInt64(0)) + big(UInt32(1)) + [bits] + big(UInt32(0))
  }

  @Test("by aria2 is taken over piece by piece, and put aside once the file is verified")
  func aria2() async throws {
    let (bench, file) = try bench()
    try leave(file.bytes, pieces: [0, 1, 3], in: bench)
    let partial = try #require(bench.read(Self.path))
    try await bench.withEngine { engine in
      let id = try await engine.queue()
      let task = try await engine.ended(id)
      #expect(task.result?.filePath == "models/" + Self.path)
      #expect(task.result?.verified == true)
      #expect(Set(bench.source.offsets).isDisjoint(with: [0, 1 << 20, 3 << 20]))
      #expect(try await engine.trace(id).resume?.keptBytes == 3 << 20)
    }
    #expect(bench.read(Self.path) == file.bytes)
    #expect(bench.read(Self.path + ".unfinished") == partial)
    #expect(bench.read(Self.path + ".unfinished.aria2") == Self.control([0, 1, 3]))
    #expect(bench.read(Self.path + ".aria2") == nil)
    #expect(bench.workFiles == [])
  }

  @Test("with a wrong byte costs the bytes alone: all of the file is fetched, once")
  func wrong() async throws {
    let (bench, file) = try bench()
    var spoilt = file.bytes
    spoilt[3_000_000] ^= 1
    try leave(spoilt, pieces: [0, 1, 2, 3], in: bench)
    try await bench.withEngine { engine in
      let task = try await engine.ended(try await engine.queue())
      #expect(task.result?.verified == true)
      #expect(bench.source.offsets.contains(0))
    }
    #expect(bench.read(Self.path) == file.bytes)
  }

  @Test("is left alone where the source publishes no hash") func unpublished() async throws {
    let (bench, file) = try bench(published: false)
    try leave(file.bytes, pieces: [0, 1], in: bench)
    let partial = bench.read(Self.path)
    try await bench.withEngine { engine in
      let task = try await engine.ended(try await engine.queue())
      #expect(task.result?.filename == "model (2).safetensors")
      #expect(bench.source.offsets.contains(0))
    }
    #expect(bench.read(Self.path) == partial)
    #expect(bench.read(Self.path + ".aria2") == Self.control([0, 1]))
  }

  @Test("of a file of another size is left alone") func otherSize() async throws {
    let (bench, file) = try bench()
    let other = Array(file.bytes.prefix(4 << 20)) + [1]
    try bench.write(other, to: Self.path)
    try bench.write([0, 1, 2], to: Self.path + ".aria2")
    try await bench.withEngine { engine in
      let task = try await engine.ended(try await engine.queue())
      #expect(task.result?.filename == "model (2).safetensors")
    }
    #expect(bench.read(Self.path) == other)
  }

  @Test("in another folder of ComfyUI's is taken over, and stays as it is")
  func otherPlace() async throws {
    let (bench, file) = try bench()
    try leave(file.bytes, at: "../other/" + Self.path, pieces: [0, 4], in: bench)
    let partial = bench.read("../other/" + Self.path)
    let place = ModelsPlace(path: bench.directory + "/other", origin: "test")
    try await bench.withEngine(places: [place]) { engine in
      let task = try await engine.ended(try await engine.queue())
      #expect(task.result?.verified == true)
      #expect(!bench.source.offsets.contains(0))
    }
    #expect(bench.read(Self.path) == file.bytes)
    #expect(bench.read("../other/" + Self.path) == partial)
    #expect(bench.read("../other/" + Self.path + ".aria2") == Self.control([0, 4]))
  }

  @Test("by comfy-cli is found by its records, and stays as it is")
  func comfyCLI() async throws {
    let (bench, file) = try bench()
    let dest = bench.models + "/loras/theirs.safetensors"
    let part = "loras/theirs.safetensors.a1b2c3d4.part"
    try bench.write(Array(file.bytes.prefix(3_000_000)), to: part)
    let record =
      #"{"schema":"download-state/1","id":"1","url":"\#(Bench.url)","dest":"\#(dest)","#
      + #""total_bytes":null,"completed_bytes":5,"status":"failed","downloader":"httpx"}"#
    try bench.write(Array(record.utf8), to: "../.comfy-downloads/1.json")
    try bench.write(Array("{".utf8), to: "../.comfy-downloads/2.json")
    try await bench.withEngine { engine in
      let task = try await engine.ended(try await engine.queue())
      #expect(task.result?.verified == true)
      #expect(bench.source.offsets.min() == 3_000_000)
    }
    #expect(bench.read(Self.path) == file.bytes)
    #expect(bench.read(part)?.count == 3_000_000)
  }

  @Test(
    "of another link, or that ended well, is none of this file",
    arguments: [("https://huggingface.co/a/b/resolve/main/c", "failed"), (Bench.url, "completed")])
  func otherRecord(url: String, status: String) async throws {
    let (bench, file) = try bench()
    let dest = bench.models + "/loras/theirs.safetensors"
    try bench.write(
      Array(file.bytes.prefix(3_000_000)), to: "loras/theirs.safetensors.a1b2c3d4.part")
    let record = #"{"url":"\#(url)","dest":"\#(dest)","status":"\#(status)"}"#
    try bench.write(Array(record.utf8), to: "../.comfy-downloads/1.json")
    try await bench.withEngine { engine in
      _ = try await engine.ended(try await engine.queue())
      #expect(bench.source.offsets.contains(0))
    }
  }
}
