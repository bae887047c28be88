import CloudLab
import Foundation
import TestTerminal
import Testing

/// The real screen in a real terminal, with the lab for its cloud.
@Suite("The screen at the cloud", .serialized)
struct CloudScreenTests {
  @Test("tasks without bytes, a cancel, and a failure that turns out to be none")
  func journey() async throws {
    try await CloudBench.withRunning { bench in
      let terminal = try TmuxTerminal(bench.sandbox)
      defer { terminal.close() }
      let lab = bench.lab
      let links = CloudBench.links(3)
      try await terminal.open()
      #expect(await terminal.shows("cloud"))
      try terminal.press("a")
      try terminal.paste(links.joined(separator: "\n") + "\n")
      #expect(await terminal.shows("10002.safetensors"))
      try terminal.press("Enter")
      #expect(await eventually { lab.tasks.count == 3 })
      let tasks = try links.map { try #require(lab.task(of: $0)) }
      for task in tasks { lab.move(task.id, to: "running") }
      #expect(await shows(terminal, "running", times: 3), "\(terminal.text)")
      #expect(!terminal.text.contains("%"), "\(terminal.text)")

      try terminal.press("g", "d")
      #expect(await terminal.shows("Cancel 1000"))
      try terminal.press("y")
      #expect(await eventually { !lab.requests("DELETE").isEmpty }, "\(terminal.text)")
      #expect(await shows(terminal, "cancelled", times: 1), "\(terminal.text)")
      let others = lab.tasks.filter { $0.status == "running" }
      #expect(others.count == 2)

      lab.complete(others[0].id)
      lab.move(others[1].id, to: "failed", error: "The site hung up.")
      #expect(await shows(terminal, "completed", times: 1), "\(terminal.text)")
      #expect(await shows(terminal, "failed", times: 1), "\(terminal.text)")
      lab.complete(others[1].id)
      #expect(await shows(terminal, "completed", times: 2), "\(terminal.text)")
      #expect(!terminal.text.contains(CloudLab.key))
    }
  }

  /// Waits until a word stands in so many rows.
  private func shows(_ terminal: TmuxTerminal, _ word: String, times: Int) async -> Bool {
    await eventually {
      terminal.text.split(separator: "\n").count(where: { $0.contains(word) }) >= times
    }
  }
}
