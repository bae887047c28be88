import Foundation
import Testing

@testable import Downloads

@Suite("Choosing stored files by words") struct AssetSelectionTests {
  private static func asset(
    _ id: String, _ path: String, tags: [String] = []
  ) -> LibraryAsset {
    var asset = LibraryAsset(
      id: id, name: String(path.split(separator: "/").last ?? ""), createdAt: Date())
    asset.path = "models/" + path
    asset.folder = path.split(separator: "/").dropLast().joined(separator: "/")
    asset.tags = tags
    return asset
  }

  private static let assets = [
    asset("aa11", "checkpoints/flux.safetensors", tags: ["flux"]),
    asset("bb22", "checkpoints/sdxl/base.safetensors", tags: ["flux", "loras"]),
    asset("cc33", "diffusion_models/wan.safetensors"),
    asset("ab44", "loras/style.safetensors"),
  ]

  private func chosen(_ words: String...) throws -> [String] {
    try AssetSelection.chosen(by: words, from: Self.assets).map(\.id)
  }

  @Test("no word means all") func all() throws {
    #expect(try chosen() == ["aa11", "bb22", "cc33", "ab44"])
  }

  @Test(
    "a word is a path, a folder with all below it, a name, a pattern, a tag, or an id's beginning",
    arguments: [
      ("checkpoints/flux.safetensors", ["aa11"]), ("models/loras/style.safetensors", ["ab44"]),
      ("checkpoints", ["aa11", "bb22"]), ("checkpoints/sdxl/", ["bb22"]),
      ("models/checkpoints", ["aa11", "bb22"]), ("unet", ["cc33"]),
      ("base.safetensors", ["bb22"]), ("*a*.safetensors", ["bb22", "cc33"]),
      ("checkpoints/*.safetensors", ["aa11", "bb22"]), ("flux", ["aa11", "bb22"]),
      ("AA1", ["aa11"]), ("a", ["aa11", "ab44"]),
    ])
  func words(word: String, ids: [String]) throws { #expect(try chosen(word) == ids) }

  @Test("a word before the colon says which is meant") func kinds() throws {
    #expect(try chosen("loras") == ["ab44"])
    #expect(try chosen("tag:loras") == ["bb22"])
    #expect(try chosen("id:aa11", "folder:loras") == ["aa11", "ab44"])
  }

  @Test("each file is chosen once, in the library's order") func once() throws {
    #expect(try chosen("flux", "ab44", "checkpoints") == ["aa11", "bb22", "ab44"])
  }

  @Test("a word that means nothing is named, with the nearest that does") func nothing() {
    let unmatched = AssetSelection.Unmatched(word: "lorsa", nearest: "loras")
    #expect(throws: unmatched) { try chosen("flux", "lorsa") }
    #expect(throws: AssetSelection.Unmatched(word: "tag:", nearest: nil)) { try chosen("tag:") }
  }
}
