import ComfyAPI
import Downloads
import Testing

@testable import Interface

private let checkpoint = "https://huggingface.co/o/n/resolve/main/a.safetensors"
private let lora = "https://civitai.com/api/download/models/77"

@Suite("Workflows on the screen")
struct WorkflowTests {
  private func needs(stored: [String] = [], with more: String = "") throws -> [ModelNeed] {
    let text = """
      {"nodes": [
        {"type": "CheckpointLoaderSimple", "widgets_values": ["a.safetensors"], "properties":
          {"models": [{"name": "a.safetensors", "directory": "checkpoints", "url": "\(checkpoint)"}]}},
        {"type": "LoraLoader", "widgets_values": ["ink.safetensors"], "properties":
          {"models": [{"name": "ink.safetensors", "directory": "loras", "url": "\(lora)"}]}},
        {"type": "VAELoader", "mode": 4, "widgets_values": ["off.safetensors"]}\(more)]}
      """
    var there = StoredModels()
    for folder in ["checkpoints", "loras"] {
      there.insert(stored.map { ModelFile(name: $0) }, in: folder)
    }
    let hosts = try testHosts()
    return try WorkflowModels(Array(text.utf8)).models.map { model in
      ModelNeed(
        model, stored: there, downloads: [], hosts: hosts, isCloud: false, namesFiles: true)
    }
  }

  @Test("W asks for a file, and has it read")
  func asks() throws {
    var state = try screen()
    _ = state.tap(.character("W"))
    #expect(state.prompt?.field.text == "workflow ")
    _ = state.type("~/my flow.json")
    #expect(state.tap(.enter).contains(.readWorkflow("~/my flow.json")))
  }

  @Test("what is missing is queued from the pane, each where the workflow looks for it")
  func queues() throws {
    var state = try screen()
    _ = state.apply(.outcome(.workflow("flow.json", try needs())))
    #expect(state.level == .input)
    #expect(state.input.links.text == "\(checkpoint)\n\(lora)")
    #expect(state.input.remark(onLine: 1)?.text.hasPrefix("Into loras, where") == true)
    #expect(
      state.tap(.enter) == [
        .submit([
          Submission(url: checkpoint, folder: Folder("checkpoints")),
          Submission(url: lora, folder: Folder("loras"), fileName: "ink.safetensors"),
        ])
      ])
    #expect(state.input.places.isEmpty)
  }

  @Test("a folder that is typed comes first, and what is kept has the places")
  func kept() throws {
    var state = try screen()
    _ = state.apply(.outcome(.workflow("flow.json", try needs(stored: ["a.safetensors"]))))
    let draft = state.input.draft
    #expect(
      draft
        == Draft(
          urls: lora, places: [lora: Draft.Place(folder: "loras", name: "ink.safetensors")]))
    #expect(try WireFormat.decode(Draft.self, from: WireFormat.encodeText(draft).utf8) == draft)
    var again = try screen(draft: draft)
    _ = again.tap(.character("a"), .tab, .tab)
    _ = again.type("style_models")
    #expect(
      again.tap(.control("s")) == [
        .submit([
          Submission(url: lora, folder: Folder("style_models"), fileName: "ink.safetensors")
        ])
      ])
  }

  @Test("when all is there, or cannot be had, that is said and nothing opens")
  func nothing() throws {
    var state = try screen()
    let stored = ["a.safetensors", "ink.safetensors"]
    _ = state.apply(.outcome(.workflow("flow.json", try needs(stored: stored))))
    #expect(state.level == .table)
    #expect(state.message?.text == "flow.json needs 2 models: all are there.")
    let unknown = #", {"type": "VAELoader", "widgets_values": ["x.safetensors"]}"#
    _ = state.apply(.outcome(.workflow("flow.json", try needs(stored: stored, with: unknown))))
    #expect(state.level == .table)
    #expect(state.message?.text == "flow.json has no link for vae/x.safetensors.")
  }
}
