import Foundation
import OriginLab
import TestTerminal
import Testing

/// What the real binary puts beside models.
@Suite("Previews beside models", .serialized)
struct PreviewFileTests {
  private let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0]

  @Test("Civitai's picture is put beside its model")
  func written() async throws {
    try await Sandbox.withLab { lab, sandbox in
      lab.addCivitai(
        versionID: 42, fileName: "a.v2.safetensors",
        file: LabFile.safetensors(size: 5000, seed: 1))
      lab.addCivitaiPicture(to: 42, bytes: png)
      let link = "\(lab.civitaiEndpoint)/api/download/models/42"
      let added = try await sandbox.run(["add", "--wait", "--folder", "loras", link])
      #expect(added.status == 0, "\(added.errors)")
      #expect(await eventually { sandbox.model("loras/a.v2.preview.png") == Data(png) })
    }
  }

  @Test("none is put there where the settings say so")
  func off() async throws {
    try await Sandbox.withLab { lab, sandbox in
      try sandbox.configure("previews: false")
      lab.addCivitai(
        versionID: 42, fileName: "a.safetensors", file: LabFile.safetensors(size: 5000, seed: 1))
      lab.addCivitaiPicture(to: 42, bytes: png)
      let link = "\(lab.civitaiEndpoint)/api/download/models/42"
      #expect(try await sandbox.run(["add", "--wait", "--folder", "loras", link]).status == 0)
      // The engine writes what it has begun before it ends.
      #expect(try await sandbox.run(["stop"]).status == 0)
      #expect(sandbox.model("loras/a.preview.png") == nil)
    }
  }
}
