import ComfyAPI
import ComfyClient
import Foundation
import OriginLab
import Testing

@testable import EngineServer

/// The client's part of the library, and of the details, against a real engine.
@Suite("the client and a real engine's library")
struct LibraryClientTests {
  @Test("pages through assets by the cursor, newest first, and finds by name")
  func pages() async throws {
    try await StoredLibrary.with { library in
      let client = library.server.client
      var names: [String] = []
      var cursor: String?
      repeat {
        let page = try await client.assets(after: cursor, limit: 2)
        #expect(page.total == 3)
        names += page.assets.map(\.name)
        cursor = page.nextCursor
      } while cursor != nil
      #expect(names == StoredLibrary.files.map(\.name).reversed())
      #expect(try await client.assets(offset: 2).assets.map(\.name) == ["alpha.safetensors"])
      let found = try await client.assets(nameContains: "BETA").assets
      #expect(found.map(\.name) == ["beta.safetensors"])
    }
  }

  @Test("edits tags, name and metadata, and tells the tags in use")
  func edits() async throws {
    try await StoredLibrary.with { library in
      let client = library.server.client
      let id = try await library.asset("beta").id
      #expect(try await client.addTags(["new"], to: id) == ["models", "loras", "mine", "new"])
      #expect(try await client.removeTags(["mine"], from: id) == ["models", "loras", "new"])
      let changed = try await client.update(
        id, AssetUpdate(name: "renamed", userMetadata: ["a": 1]))
      #expect(changed.name == "renamed")
      #expect(try await client.asset(id).userMetadata == ["a": 1])
      let tags = try await client.tags(prefix: "m").tags
      #expect(tags == [TagInfo(name: "models", count: 3), TagInfo(name: "mine", count: 2)])
    }
  }

  @Test("checks a file again, and deletes it with its asset when that is wanted")
  func checksAndDeletes() async throws {
    try await StoredLibrary.with { library in
      let client = library.server.client
      let id = try await library.asset("alpha").id
      var check = try await client.beginCheck(of: id)
      while !check.state.isEnd {
        try await Task.sleep(for: .milliseconds(10))
        check = try await client.check(of: id)
      }
      #expect(check.state == .intact)
      #expect(check.bytesChecked == 3000)
      let path = library.models + "/checkpoints/alpha.safetensors"
      try await client.deleteAsset(id, deletesFile: true)
      #expect(!FileManager.default.fileExists(atPath: path))
      try await client.deleteAsset(id)
      #expect(try await client.assets().total == 2)
    }
  }

  @Test("a trace shows the way to the bytes, and neither signature nor query")
  func trace() async throws {
    try await StoredLibrary.with { library in
      let tasks = try await library.server.client.tasks().tasks
      let id = try #require(tasks.first?.id)
      let answer = try await library.server.send("GET", "/api/winch/tasks/\(id)")
      let text = String(decoding: answer.body, as: UTF8.self)
      #expect(!text.contains("Signature"))
      #expect(!text.contains("Expires="))
      let trace = try WireFormat.decode(TransferTrace.self, from: answer.body)
      #expect(trace.redirects.count == 1)
      #expect(trace.redirects.first?.status == 302)
      #expect(trace.attempts.map(\.status) == [206])
      #expect(trace.hashes.first?.expected == trace.hashes.first?.found)
      #expect(trace.source.page == "\(library.lab.hubEndpoint)/org/repo")
    }
  }
}
