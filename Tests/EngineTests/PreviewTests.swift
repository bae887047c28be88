import ComfyAPI
import Foundation
import Testing

@testable import Engine

@Suite("The picture beside a model") struct PreviewTests {
  private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3]

  /// A bench whose source shows a picture of the file that it offers.
  private func bench(_ picture: [UInt8]? = png, refused: Bool = false) throws -> Bench {
    let bench = try Bench()
    var file = ScriptedFile(size: 30_000)
    file.picture = picture
    if refused { file.pictureError = .refusal("RESOURCE_NOT_FOUND", .giveUp) }
    bench.source.offer(file, at: Bench.url)
    return bench
  }

  private func secondIsAskedFor(_ bench: Bench, _ engine: Engine) async throws {
    var other = ScriptedFile(size: 20_000, seed: 9)
    other.identity = "scripted:2"
    bench.source.offer(other, at: Bench.otherURL)
    _ = try await engine.ended(try await engine.queue(Bench.otherURL, tags: ["models", "vae"]))
    _ = try await eventually("the second is asked for") {
      bench.source.picturesAsked.contains(Bench.otherURL) ? true : nil
    }
  }

  /// What stands in the tree after a download, once its source was asked for the picture.
  private func files(_ bench: Bench) async throws -> [String] {
    try await bench.withEngine(previews: true) { engine in
      let task = try await engine.ended(try await engine.queue())
      #expect(task.status == .completed)
      // Pictures are written in turn: that of the second task comes after that of the first.
      try await secondIsAskedFor(bench, engine)
      return bench.placedFiles().filter { $0.hasPrefix("checkpoints/") }
    }
  }

  @Test(
    "has the extension of what it is",
    arguments: [
      (png, "png"), ([0xFF, 0xD8, 0xFF, 0xE0], "jpg"),
      (Array("RIFF....WEBPVP8 ".utf8), "webp"),
    ])
  func written(picture: [UInt8], name: String) async throws {
    let bench = try bench(picture)
    #expect(
      try await files(bench) == [
        "checkpoints/model.preview.\(name)", "checkpoints/model.safetensors",
      ])
    #expect(bench.read("checkpoints/model.preview.\(name)") == picture)
    #expect(bench.workFiles == [])
  }

  @Test(
    "is not written of what is no raster picture, and costs the download nothing",
    arguments: ["a drawing", "a page", "nothing", "too much", "none"])
  func noPicture(what: String) async throws {
    let pictures: [String: [UInt8]] = [
      "a drawing": Array("<svg xmlns='http://www.w3.org/2000/svg'/>".utf8),
      "a page": Array("<html>".utf8), "nothing": [],
      "too much": Self.png + [UInt8](repeating: 0, count: ModelPreview.mostBytes),
    ]
    #expect(try await files(try bench(pictures[what])) == ["checkpoints/model.safetensors"])
  }

  @Test("that the source refuses costs the download nothing") func refused() async throws {
    #expect(try await files(try bench(refused: true)) == ["checkpoints/model.safetensors"])
  }

  @Test(
    "is never written where the model has one", arguments: ["model.preview.jpeg", "model.webp"])
  func kept(name: String) async throws {
    let bench = try bench()
    try bench.write([7], to: "checkpoints/" + name)
    #expect(
      Set(try await files(bench)) == ["checkpoints/" + name, "checkpoints/model.safetensors"])
    #expect(bench.read("checkpoints/" + name) == [7])
  }

  @Test("does not follow a link that stands under its name") func link() async throws {
    let bench = try bench()
    try bench.write([1], to: "vae/x.txt")
    try Disk.makeDirectory(bench.models + "/checkpoints")
    try FileManager.default.createSymbolicLink(
      atPath: bench.models + "/checkpoints/model.preview.png",
      withDestinationPath: bench.directory + "/elsewhere")
    _ = try await files(bench)
    #expect(!Disk.exists(bench.directory + "/elsewhere"))
  }

  @Test("is not asked for where nobody wants it") func off() async throws {
    let bench = try bench()
    try await bench.withEngine { engine in
      _ = try await engine.ended(try await engine.queue())
    }
    try await bench.withEngine(previews: true) { engine in
      try await secondIsAskedFor(bench, engine)
    }
    #expect(bench.source.picturesAsked == [Bench.otherURL])
  }
}
