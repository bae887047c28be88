import Foundation
import OriginLab
import TestTerminal
import Testing

/// The real screen's library over a real engine.
@Suite("The library in a terminal", .serialized)
struct LibraryScreenTests {
  @Test("a stored file is shown, tagged, read again and deleted")
  func journey() async throws {
    try await Sandbox.withLab { lab, sandbox in
      lab.addHuggingFace(
        repo: "org/repo", path: "one.safetensors", file: .safetensors(size: 30_000, seed: 21))
      let link = "\(lab.hubEndpoint)/org/repo/resolve/main/one.safetensors"
      let added = try await sandbox.run(["add", "--wait", "--folder", "loras", link])
      #expect(added.status == 0, "\(added.errors)")

      let terminal = try TmuxTerminal(sandbox)
      defer { terminal.close() }
      try await terminal.open()
      try terminal.press("Tab")
      #expect(await terminal.shows("Library", "1 file", "✓ verified"), "\(terminal.text)")
      try terminal.press("t")
      try terminal.type("night")
      try terminal.press("Enter")
      #expect(await shows(terminal, row: "night"), "\(terminal.text)")
      try terminal.press("H")
      #expect(await terminal.shows("one.safetensors is intact"), "\(terminal.text)")
      try terminal.press("D")
      #expect(await terminal.shows("Delete one.safetensors (30 kB) from the disk?"))
      try terminal.press("y")
      #expect(await terminal.shows("Nothing is stored yet."), "\(terminal.text)")
      #expect(sandbox.model("loras/one.safetensors") == nil)
      try terminal.press("q")
      #expect(await terminal.shows("completed"), "\(terminal.text)")
    }
  }

  /// Waits until the file's row has a word; the message line may have it before.
  private func shows(_ terminal: TmuxTerminal, row word: String) async -> Bool {
    await eventually {
      terminal.text.split(separator: "\n").contains { $0.contains("verified") && $0.contains(word) }
    }
  }
}
