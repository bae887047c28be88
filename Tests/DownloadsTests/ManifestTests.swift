import ComfyAPI
import Foundation
import Testing

@testable import Downloads

/// Models as manifests name them, and what a backend has of them.
struct ManifestFixture {
  static func hash(_ digit: Character, _ kind: ContentHash.Kind = .sha256) -> ContentHash? {
    ContentHash(kind, digits: String(repeating: digit, count: 64))
  }

  static func link(_ file: String) -> String {
    "https://huggingface.co/org/repo/resolve/main/\(file)"
  }

  /// A model of `loras/`, whose content is the digit's.
  static func model(
    _ name: String, _ digit: Character? = "a", link: String? = link("m.safetensors"),
    size: Int64? = nil, tags: [String] = []
  ) throws -> ManifestModel {
    let hosts = try SourceHosts(environment: [:])
    return ManifestModel(
      folder: try #require(Folder("loras")), name: name,
      reference: try link.map { try ModelReference($0, hosts: hosts) },
      hashes: [digit.flatMap { hash($0) }].compactMap(\.self), size: size, tags: tags)
  }

  static func asset(
    _ name: String, _ digit: Character = "a", size: Int64 = 10, tags: [String] = []
  ) -> LibraryAsset {
    var asset = LibraryAsset(id: "id-\(name)", name: name, createdAt: Date())
    asset.path = "models/loras/\(name)"
    asset.folder = "loras"
    asset.sha256 = String(repeating: digit, count: 64)
    asset.size = size
    asset.tags = tags
    return asset
  }

  static let engine = ManifestNeed.Backend(
    isCloud: false, namesFiles: true, expectsHashes: true)
  static let cloud = ManifestNeed.Backend(isCloud: true, namesFiles: false, expectsHashes: false)
}

@Suite("What a manifest asks for")
struct ManifestNeedTests {
  private typealias Fixture = ManifestFixture

  private func need(
    _ model: ManifestModel, assets: [LibraryAsset] = [], files: [String: Int64?]? = nil,
    downloads: [Download] = [], backend: ManifestNeed.Backend = ManifestFixture.engine
  ) -> ManifestNeed {
    let listed = Dictionary(
      assets.compactMap { asset in asset.pathBelowRoot.map { ($0, asset.size) } },
      uniquingKeysWith: { $1 })
    let stock = ManifestStock(assets: assets, files: backend.isCloud ? nil : files ?? listed)
    return ManifestNeed(model, stock: stock, downloads: downloads, backend: backend)
  }

  private func download(
    _ name: String, _ status: DownloadStatus, expecting digit: Character? = "a"
  ) -> Download {
    var download = Download(
      id: UUID(), backend: "local", url: Fixture.link("m.safetensors"), name: name,
      createdAt: Date(), status: status)
    download.folder = "loras"
    download.expectedHash = digit.flatMap { Fixture.hash($0) }
    return download
  }

  @Test("a model is there when its place holds its content, and lacks what tags it lacks")
  func there() throws {
    let asset = Fixture.asset("m.safetensors", tags: ["x"])
    let need = need(try Fixture.model("m.safetensors", tags: ["x", "y"]), assets: [asset])
    guard case .there(let item, missingTags: ["y"]) = need.status else {
      Issue.record("\(need.status)")
      return
    }
    #expect(item.assetID == asset.id)
    #expect(!need.isSettled)
    #expect(self.need(try Fixture.model("m.safetensors", tags: ["x"]), assets: [asset]).isSettled)
  }

  @Test("without a hash any content of its size is right")
  func anyContent() throws {
    let asset = Fixture.asset("m.safetensors", size: 10)
    #expect(need(try Fixture.model("m.safetensors", nil), assets: [asset]).isSettled)
    #expect(need(try Fixture.model("m.safetensors", nil, size: 10), assets: [asset]).isSettled)
    let other = need(try Fixture.model("m.safetensors", nil, size: 11), assets: [asset])
    #expect(other.status == .different("It has 10 bytes, not 11."))
  }

  @Test("another content in its place is told with both hashes, and is not replaced")
  func different() throws {
    let need = need(
      try Fixture.model("m.safetensors"), assets: [Fixture.asset("m.safetensors", "b")])
    let (a, b) = (String(repeating: "a", count: 64), String(repeating: "b", count: 64))
    #expect(need.status == .different("Its SHA-256 is \(b), not \(a)."))
    #expect(need.isHopeless)
    #expect(need.submission(to: Fixture.engine) == nil)
  }

  @Test("a file that was changed or cut since it was stored is different")
  func damaged() throws {
    let asset = Fixture.asset("m.safetensors", size: 10)
    let model = try Fixture.model("m.safetensors")
    let cut = need(model, assets: [asset], files: ["loras/m.safetensors": 9])
    #expect(cut.status == .different("It has 9 bytes, and was stored with 10."))
    var changed = asset
    changed.isIntact = false
    guard case .different = need(model, assets: [changed]).status else {
      Issue.record("taken for intact")
      return
    }
  }

  @Test("a file that was removed behind the backend's back is missing")
  func removed() throws {
    let need = need(
      try Fixture.model("m.safetensors"), assets: [Fixture.asset("m.safetensors")], files: [:])
    #expect(need.isMissing)
    #expect(need.contentPath == nil)
  }

  @Test("one that loaders do not list is there as long as it is stored")
  func unlisted() throws {
    let stock = ManifestStock(
      assets: [Fixture.asset("m.json")], files: [:], isListed: { !$0.hasSuffix(".json") })
    let need = ManifestNeed(
      try Fixture.model("m.json"), stock: stock, downloads: [], backend: Fixture.engine)
    #expect(need.isSettled)
  }

  @Test("a file that nobody has read is read first, unless its size is another")
  func unread() throws {
    let files: [String: Int64?] = ["loras/m.safetensors": 10]
    #expect(need(try Fixture.model("m.safetensors", size: 10), files: files).status == .unread)
    let other = need(try Fixture.model("m.safetensors", size: 11), files: files)
    #expect(other.status == .different("It has 10 bytes, not 11."))
  }

  @Test("what is missing is queued with folder, name, tags and hash")
  func fetchable() throws {
    let need = need(try Fixture.model("other.safetensors", tags: ["x"]))
    let submission = try #require(need.submission(to: Fixture.engine))
    #expect(submission.url == Fixture.link("m.safetensors"))
    #expect(submission.folder?.name == "loras")
    #expect(submission.fileName == "other.safetensors")
    #expect(submission.tags == ["x"])
    #expect(submission.expectedHash == Fixture.hash("a"))
    let old = ManifestNeed.Backend(isCloud: false, namesFiles: true, expectsHashes: false)
    #expect(need.submission(to: old)?.expectedHash == nil)
  }

  @Test("content that is there under another name is said to be a link then")
  func second() throws {
    let need = need(
      try Fixture.model("second.safetensors"), assets: [Fixture.asset("first.safetensors")])
    #expect(need.isMissing)
    #expect(need.contentPath == "loras/first.safetensors")
    #expect(need.remarks.count == 1)
  }

  @Test("a download that goes on is not queued again, and one that failed is retried")
  func underWay() throws {
    let model = try Fixture.model("m.safetensors")
    let running = download("m.safetensors", .running)
    #expect(need(model, downloads: [running]).status == .queued(running.id))
    var paused = running
    paused.phase = .paused
    #expect(need(model, downloads: [paused]).remarks.count == 1)
    let failed = download("m.safetensors", .failed)
    #expect(need(model, downloads: [failed]).status == .retriable(failed.id))
    #expect(need(model, downloads: [failed, running]).status == .queued(running.id))
  }

  @Test("a failed download that expected another hash, or has another place, is none of its")
  func otherDownloads() throws {
    let model = try Fixture.model("m.safetensors")
    for other in [
      download("m.safetensors", .failed, expecting: "b"), download("x.safetensors", .failed),
      download("m.safetensors", .completed),
    ] {
      #expect(need(model, downloads: [other]).submission(to: Fixture.engine) != nil)
    }
  }

  @Test("without a link it cannot be had, though its content may be near")
  func noLink() throws {
    let need = need(
      try Fixture.model("second.safetensors", link: nil),
      assets: [Fixture.asset("first.safetensors")])
    #expect(need.isHopeless)
    #expect(need.remarks == ["Its content is there as loras/first.safetensors."])
  }

  @Test("on a backend without names the content counts, and a name of its own is in nobody's way")
  func cloud() throws {
    let model = try Fixture.model("mine.safetensors")
    let same = Fixture.asset("theirs.safetensors")
    #expect(need(model, assets: [same], backend: Fixture.cloud).isSettled)
    let other = Fixture.asset("mine.safetensors", "b")
    let missing = need(model, assets: [other], backend: Fixture.cloud)
    #expect(missing.isMissing)
    #expect(missing.submission(to: Fixture.cloud)?.fileName == nil)
  }

  @Test("what Comfy Cloud tells no comparable hash of is there by its name, and that is said")
  func cloudHashes() throws {
    var asset = Fixture.asset("m.safetensors")
    asset.sha256 = nil
    asset.hash = Fixture.hash("c", .blake3)?.text
    let need = need(
      try Fixture.model("m.safetensors"), assets: [asset], backend: Fixture.cloud)
    #expect(need.isSettled)
    #expect(need.remarks == ["The backend tells no hash to compare."])
  }

  @Test("what Comfy Cloud does not take cannot be had there")
  func refused() throws {
    let model = try Fixture.model("m.pth", link: Fixture.link("m.pth"))
    #expect(need(model, backend: Fixture.cloud).isHopeless)
  }
}

@Suite("The plan of a manifest")
struct ManifestPlanTests {
  private typealias Fixture = ManifestFixture

  private func plan(_ models: [ManifestModel], assets: [LibraryAsset] = []) -> ManifestPlan {
    ManifestPlan(
      ModelManifest(models: models), stock: ManifestStock(assets: assets), downloads: [],
      backend: Fixture.engine)
  }

  @Test("models that come from one link are queued one after the other")
  func oneLink() throws {
    let plan = plan([
      try Fixture.model("a.safetensors", size: 10), try Fixture.model("b.safetensors", size: 10),
      try Fixture.model("c.safetensors", "c", link: Fixture.link("c.safetensors"), size: 5),
    ])
    #expect(plan.missing.count == 3)
    #expect(plan.submissions.map(\.fileName) == ["a.safetensors", "c.safetensors"])
    #expect(plan.bytesToFetch == 15)
  }

  @Test("it is settled when nothing is to be done, tags included")
  func settled() throws {
    let assets = [Fixture.asset("m.safetensors")]
    #expect(plan([try Fixture.model("m.safetensors")], assets: assets).isSettled)
    let tagged = plan([try Fixture.model("m.safetensors", tags: ["x"])], assets: assets)
    #expect(!tagged.isSettled)
    #expect(tagged.missingTags.map(\.tags) == [["x"]])
    #expect(tagged.changes.count == 1)
    #expect(plan([]).isSettled)
  }
}

@Suite("The manifest of a library")
struct ModelManifestTests {
  private func manifest(
    _ assets: [LibraryAsset], isPinned: Bool = false
  ) throws -> (manifest: ModelManifest, leftOut: [ModelManifest.LeftOut]) {
    var leftOut: [ModelManifest.LeftOut] = []
    let manifest = ModelManifest(
      of: assets, hosts: try SourceHosts(environment: [:]), isPinned: isPinned,
      leftOut: &leftOut)
    return (manifest, leftOut)
  }

  @Test("is sorted by place, with the file's own name, SHA-256 alone and sorted tags")
  func sorted() throws {
    var first = ManifestFixture.asset("b.safetensors", tags: ["y", "x"])
    first.hash = ManifestFixture.hash("c", .blake3)?.text
    first.sourceURL = ManifestFixture.link("m.safetensors") + "?token=SECRET"
    var second = ManifestFixture.asset("a.safetensors")
    second.name = "What the user calls it"
    second.sha256 = nil
    second.hash = ManifestFixture.hash("c", .blake3)?.text
    let (manifest, leftOut) = try manifest([first, second])
    #expect(leftOut == [])
    #expect(manifest.models.map(\.name) == ["a.safetensors", "b.safetensors"])
    #expect(manifest.models.map(\.hashes.count) == [1, 1])
    #expect(manifest.models.map { $0.hashes.first?.kind } == [.blake3, .sha256])
    #expect(manifest.models[1].tags == ["x", "y"])
    #expect(manifest.models[1].reference?.canonicalURL == ManifestFixture.link("m.safetensors"))
    #expect(manifest.withoutSource.map(\.name) == ["a.safetensors"])
  }

  @Test("leads to commits where these are known and it is to")
  func pinned() throws {
    let commit = String(repeating: "c0ffee01", count: 5)
    let links = [
      ManifestFixture.link("dir/a%20b.safetensors"), ManifestFixture.link("c.safetensors"),
      "https://civitai.com/api/download/models/7",
    ]
    let assets = zip(links, [commit, "main; rm -rf", commit]).enumerated().map { number, pair in
      var asset = ManifestFixture.asset("\(number).safetensors")
      asset.sourceURL = pair.0
      asset.metadata["commit"] = .string(pair.1)
      return asset
    }
    let plain = try manifest(assets).manifest.models.map { $0.reference?.canonicalURL }
    #expect(plain == links)
    let pinned = try manifest(assets, isPinned: true).manifest.models
    #expect(
      pinned.map { $0.reference?.canonicalURL } == [
        "https://huggingface.co/org/repo/resolve/\(commit)/dir/a%20b.safetensors",
        links[1], links[2],
      ])
  }

  @Test("leaves out pictures silently, and says which models have no place for it")
  func leftOut() throws {
    var picture = ManifestFixture.asset("p.png")
    picture.path = "input/p.png"
    var hidden = ManifestFixture.asset("x.safetensors")
    hidden.path = "models/loras/.x.safetensors"
    let (manifest, leftOut) = try manifest([picture, hidden])
    #expect(manifest.models.isEmpty)
    #expect(leftOut.map(\.name) == ["loras/.x.safetensors"])
  }
}

@Suite("Content hashes")
struct ContentHashTests {
  @Test("are compared where they have a kind in common")
  func comparison() throws {
    let a = try #require(ManifestFixture.hash("a"))
    let b = try #require(ManifestFixture.hash("b"))
    let c = try #require(ManifestFixture.hash("c", .blake3))
    #expect(HashComparison(known: [a, c], wanted: [a]) == .equal)
    #expect(HashComparison(known: [b], wanted: [a, c]) == .different(b, wanted: a))
    #expect(HashComparison(known: [c], wanted: [a]) == .unknown)
    #expect(HashComparison(known: [a], wanted: []) == .unknown)
  }

  @Test(
    "are 64 hexadecimal digits behind their kind",
    arguments: ["", "sha256:", "sha256:abc", "md5:" + String(repeating: "a", count: 64)])
  func wrong(text: String) {
    #expect(ContentHash(text) == nil)
  }

  @Test("are written with lower-case digits")
  func lowercase() {
    let text = "sha256:" + String(repeating: "aB", count: 32)
    #expect(ContentHash(text)?.text == text.lowercased())
  }
}
