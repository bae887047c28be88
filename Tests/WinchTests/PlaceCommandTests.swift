import ComfyAPI
import Foundation
import OriginLab
import TestTerminal
import Testing

/// What the real binary does with folders of models besides its own.
@Suite("Other folders of ComfyUI's", .serialized)
struct PlaceCommandTests {
  private static let file = LabFile.safetensors(size: 300_000, seed: 1)

  /// Puts the file that the lab offers into a folder that `paths.yaml` names, and returns its link.
  private func prepare(
    _ lab: OriginLab, _ sandbox: Sandbox, paths: String = "extra_model_paths.yaml"
  ) throws -> String {
    lab.addHuggingFace(repo: "org/repo", path: "m.safetensors", file: Self.file)
    let folder = sandbox.root.appending(path: "other/sd")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(Self.file.bytes(0..<Self.file.size)).write(
      to: folder.appending(path: "theirs.safetensors"))
    try Data("a1111:\n  base_path: other/\n  checkpoints: sd\n".utf8).write(
      to: sandbox.root.appending(path: paths))
    return "\(lab.hubEndpoint)/org/repo/resolve/main/m.safetensors"
  }

  private func inode(_ sandbox: Sandbox, _ path: String) throws -> Int? {
    let attributes = try FileManager.default.attributesOfItem(
      atPath: sandbox.root.appending(path: path).path())
    return attributes[.systemFileNumber] as? Int
  }

  private func places(_ sandbox: Sandbox) async throws -> String {
    try await sandbox.run(["status", "--start", "--json"]).output
  }

  @Test("a model that is in one of them is linked, and status, doctor and workflow know them")
  func linked() async throws {
    try await Sandbox.withLab { lab, sandbox in
      let link = try prepare(lab, sandbox)
      let folder = sandbox.root.path() + "/other/sd"
      let workflow = sandbox.root.appending(path: "w.json")
      let node =
        #"{"id": 1, "type": "CheckpointLoaderSimple", "widgets_values": ["theirs.safetensors"]}"#
      try Data(#"{"nodes": [\#(node)], "links": [], "version": 0.4}"#.utf8).write(to: workflow)
      let needs = try await sandbox.run(["workflow", workflow.path()])
      #expect(needs.status == 0, "\(needs.output)\(needs.errors)")
      #expect(needs.output.contains("there"))
      let added = try await sandbox.run(["add", "--wait", "--folder", "checkpoints", link])
      #expect(added.status == 0, "\(added.errors)")
      #expect(
        try inode(sandbox, "models/checkpoints/m.safetensors")
          == inode(sandbox, "other/sd/theirs.safetensors"))
      let status = try await sandbox.run(["status"]).output
      #expect(status.contains("also reads   \(folder) (checkpoints)"), "\(status)")
      let doctor = try await sandbox.run(["doctor"]).output
      #expect(doctor.contains(#/ok +places +also reads /#), "\(doctor)")
    }
  }

  @Test("those of a file that the settings come to name are taken over while the engine runs")
  func adopted() async throws {
    try await Sandbox.withLab { lab, sandbox in
      _ = try prepare(lab, sandbox, paths: "mine.yaml")
      #expect(try await places(sandbox).contains(#""places":[]"#))
      let path = sandbox.root.appending(path: "mine.yaml").path()
      let set = try await sandbox.run(["config", "set", "extra_model_paths", "[\(path)]"])
      #expect(set.status == 0, "\(set.errors)")
      #expect(
        try await eventually { try await places(sandbox).contains(#""folder":"checkpoints""#) })
    }
  }

  @Test("a file that is wrong is told by the doctor, and keeps nothing from working")
  func wrong() async throws {
    try await Sandbox.withLab { lab, sandbox in
      let link = try prepare(lab, sandbox, paths: "other.yaml")
      try Data("a: [x]\nb: {loras: l}\n".utf8).write(
        to: sandbox.root.appending(path: "extra_model_paths.yaml"))
      let added = try await sandbox.run(["add", "--wait", "--folder", "checkpoints", link])
      #expect(added.status == 0, "\(added.errors)")
      let doctor = try await sandbox.run(["doctor"]).output
      #expect(doctor.contains(#/warning +places /#), "\(doctor)")
      #expect(doctor.contains("extra_model_paths.yaml:1"), "\(doctor)")
    }
  }
}
