import Downloads
import Foundation
import Model
import Testing

@testable import EngineServer

/// What the screen has read again, against a real engine.
@Suite("the library and a real engine's checks", .serialized)
struct LibraryCheckTests {
  private func ended(_ library: Library, _ count: Int) async throws -> Bool {
    for _ in 0..<2000 {
      if await library.current.checks.values.count(where: \.state.isEnd) == count { return true }
      try await Task.sleep(for: .milliseconds(10))
    }
    return false
  }

  @Test("checks are followed to their ends, also when the library is closed meanwhile")
  func followed() async throws {
    try await StoredLibrary.with { stored in
      let library = Library(client: stored.server.client)
      await library.open()
      let damaged = try await stored.asset("alpha").id
      let intact = try await stored.asset("beta").id
      let missing = try await stored.asset("gamma").id
      try Data("other".utf8).write(
        to: URL(filePath: stored.models + "/checkpoints/alpha.safetensors"))
      try FileManager.default.removeItem(atPath: stored.models + "/loras/gamma.safetensors")
      for id in [damaged, intact, missing] { try await library.check(id) }
      await library.close()
      #expect(try await ended(library, 3))
      let checks = await library.current.checks
      #expect(checks[damaged]?.state == .damaged)
      #expect(checks[intact]?.state == .intact)
      #expect(checks[missing]?.state == .missing)
    }
  }
}
