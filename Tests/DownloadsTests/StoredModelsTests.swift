import ComfyAPI
import Foundation
import Testing

@testable import Downloads

@Suite("Models that are there")
struct StoredModelsTests {
  private func asset(_ path: String, hash: String? = nil, sha256: String? = nil) -> Asset {
    var asset = Asset(id: path, name: "shown", createdAt: Date(), updatedAt: Date())
    asset.filePath = "models/" + path
    asset.hash = hash
    asset.metadata = sha256.map { ["sha256": .string($0)] }
    return asset
  }

  private func needed(_ name: String, _ folder: String?, hash: String? = nil) -> NeededModel {
    var model = NeededModel(name: name)
    model.category = folder.flatMap { Folder($0) }
    model.hashes = hash.map { [$0] } ?? []
    return model
  }

  @Test("a model is there where its loader looks, or in another subfolder of the folder")
  func byName() {
    var stored = StoredModels()
    stored.insert([ModelFile(name: "style/ink.safetensors")], in: "loras")
    stored.insert([ModelFile(name: "wan.safetensors")], in: "unet")
    stored.insert(asset("vae/ae.safetensors"))
    #expect(
      stored.path(of: needed("style/ink.safetensors", "loras")) == "loras/style/ink.safetensors")
    #expect(stored.path(of: needed("ink.safetensors", "loras")) == "loras/style/ink.safetensors")
    #expect(
      stored.path(of: needed("wan.safetensors", "diffusion_models"))
        == "diffusion_models/wan.safetensors")
    #expect(stored.path(of: needed("ae.safetensors", "vae")) == "vae/ae.safetensors")
  }

  @Test("one in another folder is not there, unless nobody knows the folder; its content is known")
  func elsewhere() {
    var stored = StoredModels()
    let digits = WorkflowFiles.digits
    stored.insert(asset("unsorted/ae.safetensors", hash: "blake3:\(digits)", sha256: digits))
    #expect(stored.path(of: needed("ae.safetensors", "vae")) == nil)
    #expect(stored.path(of: needed("ae.safetensors", nil)) == "unsorted/ae.safetensors")
    for type in ["sha256", "blake3"] {
      #expect(
        stored.pathOfContent(needed("other.safetensors", "vae", hash: "\(type):\(digits)"))
          == "unsorted/ae.safetensors")
    }
  }

  @Test("a cloud's asset without a path is found by name and tags")
  func cloud() {
    var stored = StoredModels()
    stored.insert(
      Asset(
        id: "1", name: "ae.safetensors", tags: ["models", "vae"], createdAt: Date(),
        updatedAt: Date()))
    #expect(stored.path(of: needed("ae.safetensors", "vae")) == "vae/ae.safetensors")
    #expect(stored.path(of: needed("ae.safetensors", "loras")) == nil)
  }
}
