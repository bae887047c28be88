import ComfyAPI
import Foundation
import Testing

@testable import Downloads

/// Compares `Docs/JSON.md` with the program.
@Suite("The page about JSON")
struct JSONPageTests {
  private let page: String

  init() throws {
    let root = URL(filePath: #filePath).appending(path: "../../..").standardized
    page = try String(contentsOf: root.appending(path: "Docs/JSON.md"), encoding: .utf8)
  }

  /// The first column of the table under a heading.
  private func keys(_ heading: String) throws -> [String] {
    let section = try #require(page.range(of: "## \(heading)\n"), "\(heading)")
    let text = page[section.upperBound...]
    let end = text.range(of: "\n## ")?.lowerBound ?? text.endIndex
    return text[..<end].matches(of: /(?m)^\| `([a-z0-9_]+)` \|/).map { String($0.1) }
  }

  private func keys(of value: JSONValue) -> Set<String> { Set((value.object ?? [:]).keys) }

  @Test("has every key of a download")
  func download() throws {
    let download = Download(
      id: UUID(), backend: "local", url: "https://huggingface.co/o/n", name: "x",
      createdAt: Date(), status: .running)
    #expect(Set(try keys("A download")) == keys(of: download.json))
  }

  @Test("has every key of an error")
  func error() throws {
    let failure = DownloadFailure(code: "A", message: "B")
    #expect(Set(try keys("An error")) == keys(of: failure.json))
  }

  @Test("has every key of a stored file")
  func storedFile() throws {
    let asset = LibraryAsset(id: UUID().uuidString, name: "x", createdAt: Date())
    #expect(Set(try keys("A stored file")) == keys(of: asset.json))
  }

  @Test("has every key of a token")
  func token() throws {
    let secret = SecretResponse(id: "a", name: "b", createdAt: Date(), updatedAt: Date())
    #expect(Set(try keys("A token")) == keys(of: secret.json))
  }

  @Test("has every key of a workflow's model")
  func model() throws {
    let hosts = try SourceHosts(environment: [:])
    let model = try #require(try WorkflowModels(Array(WorkflowFiles.graph.utf8)).models.first)
    let need = ModelNeed(
      model, stored: StoredModels(), downloads: [], hosts: hosts, isCloud: false, namesFiles: true)
    #expect(Set(try keys("A model of a workflow")) == keys(of: need.json))
  }

  @Test("has every key of a manifest's model")
  func need() throws {
    let need = ManifestNeed(
      try ManifestFixture.model("m.safetensors"), stock: ManifestStock(assets: []), downloads: [],
      backend: ManifestFixture.engine)
    #expect(Set(try keys("A model of a manifest")) == keys(of: need.json))
  }

  @Test("has every key of a line of progress, and of a file in it")
  func progress() throws {
    let item = BatchProgress.Item(name: "a", bytesTotal: nil)
    let progress = BatchProgress(verb: "verifying", filesTotal: 1, bytesTotal: 1)
    #expect(Set(try keys("How far it is")) == keys(of: progress.json))
    #expect(Set(try keys("A file under way")) == keys(of: item.json))
  }

  @Test("has every key of the limits")
  func limits() throws {
    let limits = TransferLimits(bytesPerSecond: 1, setBy: .client, until: Date())
    let written = try WireFormat.decode(JSONValue.self, from: WireFormat.encode(limits))
    #expect(Set(try keys("The limits")) == keys(of: written))
  }
}
