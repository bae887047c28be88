import CloudLab
import ComfyAPI
import ComfyClient
import Downloads
import Foundation
import Testing

@testable import Model

@Suite("The library")
struct LibraryTests {
  private func with(
    files: Int, _ body: (CloudLab, Library) async throws -> Void
  ) async throws {
    try await CloudLab.withClient { lab, client in
      for number in 0..<files {
        lab.store("https://huggingface.co/o/n/resolve/main/\(number).safetensors", size: number)
      }
      try await body(lab, Library(client: client))
    }
  }

  private func isRead(_ library: Library) async -> Bool {
    await eventually {
      if case .read = await library.current.reading { true } else { false }
    }
  }

  @Test("reads every page once, newest first, and the tags")
  func pages() async throws {
    try await with(files: 1203) { lab, library in
      await library.open()
      #expect(await isRead(library))
      let snapshot = await library.current
      #expect(snapshot.assets.map(\.size) == (0..<1203).reversed().map { Int64($0) })
      #expect(snapshot.assets.first?.folder == "loras")
      #expect(lab.requests("GET /api/assets?").count == 3)
      #expect(lab.requests("GET /api/tags").count == 1)
    }
  }

  @Test("asks nothing while it is closed, and once when it is opened again")
  func closed() async throws {
    try await with(files: 3) { lab, library in
      await library.invalidate()
      await library.open()
      #expect(await isRead(library))
      await library.close()
      lab.forgetRequests()
      lab.store("https://huggingface.co/o/n/resolve/main/new.safetensors")
      await library.invalidate()
      await library.invalidate()
      #expect(lab.requests.isEmpty)
      await library.open()
      #expect(await eventually { await library.current.assets.count == 4 })
      #expect(lab.requests("GET /api/assets?").count == 1)
      await library.close()
      await library.open()
      #expect(lab.requests("GET /api/assets?").count == 1)
    }
  }

  @Test("says why it could not be read, and keeps what it had")
  func failed() async throws {
    try await with(files: 3) { lab, library in
      await library.open()
      #expect(await isRead(library))
      lab.inject(.refuse(503), on: "GET /api/assets?")
      await library.invalidate()
      #expect(
        await eventually {
          if case .failed = await library.current.reading { true } else { false }
        })
      #expect(await library.current.assets.count == 3)
      await library.invalidate()
      #expect(await isRead(library))
    }
  }

  @Test("edits name, tags and metadata, and keeps the metadata of others")
  func edits() async throws {
    try await with(files: 2) { lab, library in
      await library.open()
      #expect(await isRead(library))
      let id = try #require(await library.current.assets.first?.id)
      try await library.edit(id, AssetEdit(metadata: ["kept": 1, "gone": 2]))
      try await library.edit(
        id,
        AssetEdit(
          name: "renamed", addedTags: ["flux", "mine"], metadata: ["new": "x", "gone": .null]))
      try await library.edit(id, AssetEdit(removedTags: ["mine"]))
      await library.readTags()
      let asset = try #require(await library.current.assets.first { $0.id == id })
      #expect(asset.name == "renamed")
      #expect(asset.tags == ["flux"])
      #expect(asset.placementTags == ["models", "loras"])
      #expect(asset.userMetadata == ["kept": 1, "new": "x"])
      #expect(await library.current.tags == [TagInfo(name: "flux", count: 1)])
    }
  }

  @Test("shows what the backend had taken when a later part is refused")
  func partlyEdited() async throws {
    try await with(files: 1) { lab, library in
      await library.open()
      #expect(await isRead(library))
      let id = try #require(await library.current.assets.first?.id)
      lab.inject(.refuse(403), on: "PUT")
      await #expect(throws: DownloadFailure.self) {
        try await library.edit(id, AssetEdit(name: "x", addedTags: ["flux"]))
      }
      let asset = try #require(await library.current.assets.first)
      #expect(asset.tags == ["flux"])
      #expect(asset.name == "0.safetensors")
    }
  }

  @Test("deletes, and does not mind that somebody else did")
  func deletes() async throws {
    try await with(files: 2) { lab, library in
      await library.open()
      #expect(await isRead(library))
      let id = try #require(await library.current.assets.first?.id)
      try await library.delete(id, deletesFile: false)
      try await library.delete(id, deletesFile: false)
      #expect(await library.current.assets.count == 1)
      lab.inject(.refuse(403), on: "DELETE")
      let other = try #require(await library.current.assets.first?.id)
      await #expect(throws: DownloadFailure.self) {
        try await library.delete(other, deletesFile: false)
      }
      #expect(await library.current.assets.count == 1)
    }
  }

  @Test("makes hostile names harmless")
  func hostile() throws {
    let asset = Asset(
      id: "a", name: "x\u{1B}[2J\u{202E}.safetensors",
      filePath: "models/loras/\u{7}x", tags: ["models", "lo\u{1B}ras"],
      metadata: ["base_model": "\u{1B}]0;t\u{7}"], createdAt: Date(), updatedAt: Date())
    let shown = LibraryAsset(asset)
    for text in [shown.name, shown.path ?? "", shown.baseModel ?? ""] + shown.tags {
      #expect(PlainText.sanitized(text) == text)
    }
  }
}
