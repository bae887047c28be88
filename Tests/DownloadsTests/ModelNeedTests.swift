import ComfyAPI
import Foundation
import Testing

@testable import Downloads

@Suite("Needs of a workflow")
struct ModelNeedTests {
  private func needs(
    stored: StoredModels = StoredModels(), downloads: [Download] = [], isCloud: Bool = false,
    namesFiles: Bool = true
  ) throws -> [ModelNeed] {
    let hosts = try SourceHosts(environment: [:])
    return try WorkflowModels(Array(WorkflowFiles.graph.utf8)).models.map { model in
      ModelNeed(
        model, stored: stored, downloads: downloads, hosts: hosts, isCloud: isCloud,
        namesFiles: namesFiles)
    }
  }

  private let checkpoint = "https://huggingface.co/org/sd15/resolve/main/sd15.safetensors"

  @Test("a model that is not there is queued with the folder that its loader reads")
  func submission() throws {
    let needs = try needs()
    #expect(
      needs[0].submission(tags: ["mine"])
        == Submission(url: checkpoint, tags: ["mine"], folder: Folder("checkpoints")))
    #expect(needs[1].submission()?.folder?.name == "loras/style")
    #expect(needs[1].remarks == ["The link stands in a note of the workflow."])
    #expect(needs[2].submission() == nil)
    #expect(needs.allSatisfy { !$0.isSettled })
  }

  @Test("one that is there or under way is not queued again; one that failed is")
  func settled() throws {
    var stored = StoredModels()
    stored.insert([ModelFile(name: "ink.safetensors")], in: "loras")
    var download = Download(
      id: UUID(), backend: "local", url: checkpoint, name: "x", createdAt: Date(),
      status: .running)
    download.folder = "checkpoints"
    var needs = try needs(stored: stored, downloads: [download])
    #expect(needs.prefix(2).allSatisfy { $0.isSettled && $0.submission() == nil })
    #expect(needs[1].status == .there(path: "loras/ink.safetensors"))
    download.status = .failed
    needs = try self.needs(downloads: [download])
    #expect(needs[0].submission() != nil)
  }

  @Test(
    "one whose content has another name gets its own too, where the backend can and knows a link")
  func content() throws {
    let digits = WorkflowFiles.digits
    let text = """
      {"nodes": [{"type": "VAELoader", "widgets_values": ["a.safetensors"], "properties": {"models": [
        {"name": "a.safetensors", "directory": "vae", "hash": "\(digits)", "hash_type": "SHA256",
         "url": "https://huggingface.co/o/n/resolve/main/a.safetensors"}]}}]}
      """
    let model = try WorkflowModels(Array(text.utf8)).models[0]
    var stored = StoredModels()
    stored.insert(
      Asset(
        id: "1", name: "b.safetensors", tags: ["models", "vae"],
        metadata: ["sha256": .string(digits)], createdAt: Date(), updatedAt: Date()))
    let hosts = try SourceHosts(environment: [:])
    func need(namesFiles: Bool) -> ModelNeed {
      ModelNeed(
        model, stored: stored, downloads: [], hosts: hosts, isCloud: false, namesFiles: namesFiles)
    }
    #expect(need(namesFiles: true).submission()?.fileName == "a.safetensors")
    #expect(need(namesFiles: true).remarks.first?.contains("vae/b.safetensors") == true)
    #expect(need(namesFiles: false).status == .there(path: "vae/b.safetensors"))
  }

  @Test(
    "a file with another name at its source gets the workflow's, or it is said that it does not")
  func names() throws {
    let text = """
      {"nodes": [{"type": "VAELoader", "widgets_values": ["a.safetensors"], "properties": {"models": [
        {"name": "a.safetensors", "directory": "vae",
         "url": "https://huggingface.co/o/n/resolve/main/model.safetensors"}]}}]}
      """
    let model = try WorkflowModels(Array(text.utf8)).models[0]
    func need(namesFiles: Bool) throws -> ModelNeed {
      ModelNeed(
        model, stored: StoredModels(), downloads: [], hosts: try SourceHosts(environment: [:]),
        isCloud: !namesFiles, namesFiles: namesFiles)
    }
    #expect(try need(namesFiles: true).submission()?.fileName == "a.safetensors")
    #expect(try need(namesFiles: true).remarks.isEmpty)
    #expect(
      try need(namesFiles: false).remarks
        == ["It comes as model.safetensors, which the workflow does not look for."])
  }
}
