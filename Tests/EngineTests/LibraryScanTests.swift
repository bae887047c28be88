import Foundation
import Testing

@testable import Engine

@Suite("A walk through the models tree") struct LibraryScanTests {
  private func paths(_ bench: Bench) throws -> [String] {
    try LibraryScan(of: Library(base: try ModelsRoot(path: bench.models, isShared: true))).files
      .map(\.path).sorted()
  }

  @Test("sees models alone, and nothing that hides") func modelsAlone() throws {
    let bench = try Bench()
    let names = [
      "vae/a.safetensors", "root.gguf", "custom/deep/b.ckpt", "vae/notes.txt", "vae/.hidden.pth",
      ".winch/x.safetensors", ".uploads/y.safetensors", "vae/.cache/z.safetensors",
      "configs/c.safetensors", "custom_nodes/n/d.safetensors",
    ]
    for name in names { try bench.write([1], to: name) }
    try bench.write([], to: "vae/empty.safetensors")
    try bench.write([1], to: "vae/half.safetensors")
    try bench.write([1], to: "vae/half.safetensors.aria2")
    #expect(try paths(bench) == ["custom/deep/b.ckpt", "root.gguf", "vae/a.safetensors"])
  }

  @Test("ends where links lead back") func loops() throws {
    let bench = try Bench()
    try bench.write([1], to: "vae/a.safetensors")
    let files = FileManager.default
    try files.createSymbolicLink(atPath: bench.models + "/up", withDestinationPath: "..")
    try files.createSymbolicLink(atPath: bench.models + "/self", withDestinationPath: ".")
    try files.createSymbolicLink(
      atPath: bench.models + "/vae/loop.safetensors", withDestinationPath: "loop.safetensors")
    try files.createSymbolicLink(atPath: bench.models + "/vae/more", withDestinationPath: "..")
    #expect(try paths(bench) == ["vae/a.safetensors"])
  }

  @Test("follows a folder that is a link to another disk") func linkedFolder() throws {
    let bench = try Bench()
    try bench.write([1], to: "../disk/big.safetensors")
    try bench.write([1], to: "vae/a.safetensors")
    try FileManager.default.createSymbolicLink(
      atPath: bench.models + "/checkpoints", withDestinationPath: bench.directory + "/disk")
    #expect(try paths(bench) == ["checkpoints/big.safetensors", "vae/a.safetensors"])
  }

  @Test("finds nothing where there is no tree yet") func noTree() throws {
    #expect(try paths(try Bench()).isEmpty)
  }

  @Test("takes in ten thousand files") func many() async throws {
    let bench = try Bench()
    for folder in 0..<100 {
      let path = bench.models + "/loras/\(folder)"
      try Disk.makeDirectory(path)
      for number in 0..<100 {
        #expect(
          FileManager.default.createFile(
            atPath: path + "/\(number).safetensors", contents: Data([1])))
      }
    }
    try await bench.withEngine { engine in
      try await engine.scanned()
      let status = try await engine.libraryScan()
      #expect(status.files == 10_000)
      #expect(status.unhashedFiles == 10_000)
      #expect(status.bytes == 10_000)
    }
  }
}
