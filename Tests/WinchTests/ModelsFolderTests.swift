import Foundation
import OriginLab
import TestProcesses
import TestTerminal
import Testing

/// A models folder that there cannot be, or that cannot be written.
@Suite("A models folder that takes nothing", .serialized)
struct ModelsFolderTests {
  private func withFile(
    _ body: (_ sandbox: Sandbox, _ link: String) async throws -> Void
  ) async throws {
    try await Sandbox.withLab { lab, sandbox in
      lab.addHuggingFace(
        repo: "org/repo", path: "m.safetensors", file: .safetensors(size: 1000, seed: 5))
      try await body(sandbox, "\(lab.hubEndpoint)/org/repo/resolve/main/m.safetensors")
    }
  }

  @Test(
    "a file in its place, or above it, is said; nothing is started, and the link is kept",
    arguments: ["file", "file/models"])
  func file(path: String) async throws {
    try await withFile { sandbox, link in
      let file = sandbox.root.appending(path: "file")
      try Data("mine".utf8).write(to: file)
      let variables = ["WINCH_MODELS": sandbox.root.appending(path: path).path()]
      let added = try await sandbox.run(
        ["add", "--wait", "--folder", "vae", link], variables: variables)
      #expect(added.status == 73, "\(added.errors)")
      #expect(added.errors.contains("\(file.path()) is a file."), "\(added.errors)")
      #expect(added.errors.contains("WINCH_MODELS"), "\(added.errors)")
      for command in [["serve"], ["status", "--start"], ["assets", "scan"]] {
        let result = try await sandbox.run(command, variables: variables)
        #expect(result.status == 73, "\(command): \(result.errors)")
        #expect(result.errors.contains("\(file.path()) is a file."), "\(result.errors)")
      }
      #expect(try Data(contentsOf: file) == Data("mine".utf8))
      #expect(try await sandbox.enginePID() == nil)
      // With another folder it comes.
      let again = try await sandbox.run(["add", "--wait", "--folder", "vae", link])
      #expect(again.status == 0, "\(again.errors)")
      let list = try await sandbox.run(["ls"])
      #expect(list.output.components(separatedBy: "completed").count == 3, "\(list.output)")
    }
  }

  @Test(
    "on a disk that is read-only the download fails with where and why, and 73",
    .enabled(if: SmallDisk.isPossible, "a filesystem can only be mounted by root"))
  func readOnly() async throws {
    try await withFile { sandbox, link in
      let path = sandbox.root.appending(path: "models").path()
      let disk = try #require(SmallDisk(at: path, size: 1 << 30))
      defer { disk.unmount() }
      // More than stays free, so that only this is in the way; nothing is taken before it is written.
      disk.setReadOnly(true)
      let added = try await sandbox.run(["add", "--wait", "--folder", "vae", link])
      #expect(added.status == 73, "\(added.errors)")
      #expect(added.errors.contains(path), "\(added.errors)")
      #expect(added.errors.contains("read-only"), "\(added.errors)")
      disk.setReadOnly(false)
      let id = try #require(
        try await sandbox.run(["ls"]).output.split(separator: " ").first.map(String.init))
      #expect(try await sandbox.run(["retry", id]).status == 0)
      #expect(await eventually { sandbox.model("vae/m.safetensors") != nil })
      #expect(try await sandbox.run(["stop"]).status == 0)
    }
  }

  private func manifest(_ links: [String], _ sandbox: Sandbox) throws -> String {
    let models = links.map { link in
      "- url: \(link)\n  folder: vae\n  name: \(link.split(separator: "/").last ?? "")\n"
    }
    let path = sandbox.root.appending(path: "models.yaml").path()
    try Data("version: 1\nmodels:\n\(models.joined())".utf8).write(to: URL(filePath: path))
    return path
  }

  @Test("winch apply ends with 73 where a folder cannot be made, and with 1 where more is wrong")
  func apply() async throws {
    try await withFile { sandbox, link in
      let models = sandbox.root.appending(path: "models")
      try FileManager.default.createDirectory(at: models, withIntermediateDirectories: true)
      try Data("mine".utf8).write(to: models.appending(path: "vae"))
      let one = try await sandbox.run(["apply", "--yes", manifest([link], sandbox)])
      #expect(one.status == 73, "\(one.errors)")
      #expect(one.errors.contains("1 of 1 are not there."), "\(one.errors)")
      let again = try await sandbox.run(["apply", "--yes", manifest([link], sandbox)])
      #expect(again.status == 73, "\(again.errors)")
      let missing = link.replacing("m.safetensors", with: "none.safetensors")
      let both = try await sandbox.run(["apply", "--yes", manifest([link, missing], sandbox)])
      #expect(both.status == 1, "\(both.errors)")
    }
  }

  @Test(
    "winch apply ends with 73 on a disk that is read-only",
    .enabled(if: SmallDisk.isPossible, "a filesystem can only be mounted by root"))
  func applyReadOnly() async throws {
    try await withFile { sandbox, link in
      let path = sandbox.root.appending(path: "models").path()
      let disk = try #require(SmallDisk(at: path, size: 1 << 30))
      defer { disk.unmount() }
      disk.setReadOnly(true)
      let result = try await sandbox.run(["apply", "--yes", manifest([link], sandbox)])
      #expect(result.status == 73, "\(result.errors)")
      #expect(try await sandbox.run(["stop"]).status == 0)
    }
  }

  @Test(
    "where the disk is full, or has gone, it is said for what is waited",
    .enabled(if: SmallDisk.isPossible, "a filesystem can only be mounted by root"))
  func waits() async throws {
    try await withFile { sandbox, link in
      let path = sandbox.root.appending(path: "models").path()
      let disk = try #require(SmallDisk(at: path, size: 1 << 20))
      defer { disk.unmount() }
      let errors = sandbox.root.appending(path: "errors")
      let running = try sandbox.start(["add", "--wait", "--folder", "vae", link], errors: errors)
      func said() -> String { (try? String(contentsOf: errors, encoding: .utf8)) ?? "" }
      #expect(await eventually { said().contains("on the models' disk.") }, "\(said())")
      disk.unmount()
      #expect(
        await eventually { said().contains("Waiting for the models folder \(path)") }, "\(said())")
      kill(running.processID, SIGINT)
      #expect(await running.status() == 130)
      #expect(try await sandbox.run(["stop"]).status == 0)
    }
  }
}
