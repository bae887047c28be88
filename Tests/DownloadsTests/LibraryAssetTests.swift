import ComfyAPI
import Downloads
import Foundation
import Testing

@Suite("A stored file")
struct LibraryAssetTests {
  private func asset(
    metadata: [String: JSONValue] = [:], userMetadata: [String: JSONValue] = [:],
    tags: [String] = []
  ) -> LibraryAsset {
    LibraryAsset(
      Asset(
        id: "a", name: "a.bin", tags: tags, metadata: metadata, userMetadata: userMetadata,
        createdAt: Date(), updatedAt: Date()))
  }

  @Test(
    "its base model is the user's, as text or as a list, before the source's",
    arguments: [
      (["base_model": "SDXL"], "SDXL"), (["base_model": .array(["SDXL", "Pony"])], "SDXL, Pony"),
      (["base_model": .array([])], "FLUX"), (["base_model": 3], "FLUX"), ([:], "FLUX"),
    ] as [([String: JSONValue], String)])
  func baseModel(userMetadata: [String: JSONValue], name: String) {
    #expect(asset(metadata: ["base_model": "FLUX"], userMetadata: userMetadata).baseModel == name)
  }

  @Test("its folder comes from the tags where there is no path, and they are no tags of the user")
  func placement() {
    let asset = asset(tags: ["models", "loras", "night"])
    #expect(asset.folder == "loras")
    #expect(asset.tags == ["night"])
    #expect(asset.placementTags == ["models", "loras"])
  }

  @Test("what programs read of it holds no token that a link had")
  func token() throws {
    let link = "https://civitai.com/api/download/models/1?type=Model&token=SECRET"
    let asset = asset(metadata: ["source_url": .string(link)])
    #expect(asset.sourceURL == "https://civitai.com/api/download/models/1?type=Model")
    #expect(!(try WireFormat.encodeText(asset.json)).contains("SECRET"))
  }
}
