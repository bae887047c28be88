import Foundation
import OriginLab
import TestTerminal
import Testing

/// The real binary shows a picture in a real terminal.
@Suite("A model's picture in a terminal", .serialized)
struct PreviewPictureTests {
  /// Four pixels: red, green, blue, white.
  private let png = Data(
    base64Encoded:
      "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEklEQVR4nGP4z8DAAMIM/4EAAB/uBfsL2WiLAAAAAElFTkSuQmCC"
  )

  private func details(
    of picture: [UInt8], _ body: (OriginLab, Sandbox, TmuxTerminal) async throws -> Void
  ) async throws {
    try await Sandbox.withLab { lab, sandbox in
      // Else the engine asks for the picture, too.
      try sandbox.configure("previews: false")
      lab.addCivitai(
        versionID: 42, fileName: "a.safetensors", file: LabFile.safetensors(size: 5000, seed: 1))
      lab.addCivitaiPicture(to: 42, bytes: picture)
      let link = "\(lab.civitaiEndpoint)/api/download/models/42"
      let added = try await sandbox.run(["add", "--wait", "--folder", "loras", link])
      #expect(added.status == 0, "\(added.errors)")
      let terminal = try TmuxTerminal(sandbox, columns: 120, rows: 40)
      defer { terminal.close() }
      try await terminal.open()
      try terminal.press("Enter")
      try await body(lab, sandbox, terminal)
    }
  }

  @Test("the picture of a Civitai version stands in its details, in its colours")
  func shown() async throws {
    let png = try #require(png)
    try await details(of: Array(png)) { lab, _, terminal in
      #expect(await terminal.shows("▀▀"), "\(terminal.text)")
      let styled = terminal.styledText
      for colors in ["38;5;196", "48;5;21", "38;5;46", "48;5;231"] {
        #expect(styled.contains(colors), "\(styled)")
      }
      #expect(lab.requests(at: .civitai).filter { $0.path.hasPrefix("/pictures") }.count == 1)
    }
  }

  @Test("a file that is no picture is said to be none, and the screen goes on")
  func hostile() async throws {
    try await details(of: Array("GIF89a no picture".utf8)) { _, _, terminal in
      #expect(await terminal.shows("not shown: it is no PNG, JPEG or WebP"), "\(terminal.text)")
      try terminal.press("Escape")
      #expect(await terminal.shows("a add", "a.safetensors"), "\(terminal.text)")
    }
  }

  @Test("the decoding process is not among the commands that the help shows")
  func hidden() async throws {
    let sandbox = try Sandbox()
    let help = try await sandbox.run(["--help"])
    await sandbox.remove()
    #expect(help.status == 0)
    #expect(!help.output.contains("decode"))
  }
}
