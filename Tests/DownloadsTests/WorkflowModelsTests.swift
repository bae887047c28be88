import Foundation
import Testing

@testable import Downloads

@Suite("Models of a workflow")
struct WorkflowModelsTests {
  private func models(_ text: String) throws -> [NeededModel] {
    try WorkflowModels(Array(text.utf8)).models
  }

  private func nodes(_ nodes: String) throws -> [NeededModel] {
    try models(#"{"nodes": [\#(nodes)], "links": []}"#)
  }

  private let hosts: SourceHosts

  init() throws { hosts = try SourceHosts(environment: [:]) }

  @Test("a saved workflow names them in its loaders, with folders")
  func saved() throws {
    let models = try models(WorkflowFiles.graph)
    #expect(
      models.map(\.place) == [
        "checkpoints/sd15.safetensors", "loras/style/ink.safetensors", "upscale_models/4x.pth",
      ])
    #expect(models[0].nodes == [NeededModel.Node(id: "4", type: "CheckpointLoaderSimple")])
    #expect(models[0].hashes == ["sha256:" + WorkflowFiles.digits])
    #expect(models[1].folder?.name == "loras/style")
    #expect(models[1].fileName == "ink.safetensors")
  }

  @Test("a link comes from the node, else from a note that links to a file of that name")
  func links() throws {
    let models = try models(WorkflowFiles.graph)
    let urls = models.map { model in
      if case .file(let reference) = model.source(hosts: hosts) { return reference.canonicalURL }
      return ""
    }
    #expect(
      urls == [
        "https://huggingface.co/org/sd15/resolve/main/sd15.safetensors",
        "https://huggingface.co/org/ink/resolve/main/ink.safetensors", "",
      ])
    #expect(models[2].source(hosts: hosts) == .none)
  }

  @Test("what only muted or bypassed nodes load is not active")
  func muted() throws {
    #expect(try models(WorkflowFiles.graph).map(\.isActive) == [true, true, false])
    let node = { (id: Int, mode: Int) in
      #"{"id": \#(id), "type": "VAELoader", "mode": \#(mode), "widgets_values": ["a.pt"]}"#
    }
    #expect(try nodes(node(1, 2)).map(\.isActive) == [false])
    #expect(try nodes(node(1, 2) + "," + node(2, 0)).map(\.isActive) == [true])
  }

  @Test("subgraphs are looked into as often as they stand in one another")
  func subgraphs() throws {
    let models = try models(WorkflowFiles.nested)
    #expect(
      models.map(\.place) == [
        "diffusion_models/wan.safetensors", "vae/ae.safetensors",
        "text_encoders/clip_l.safetensors", "text_encoders/t5.safetensors",
        "vae_approx/taesd.safetensors",
      ])
    #expect(models.map(\.isActive) == [true, false, true, true, true])
    #expect(models[0].nodes.map(\.id) == ["11", "11:3"])
    #expect(models[2].nodes.map(\.id) == ["11:4:1"])
  }

  @Test("a token in a link is not kept in what is shown and sent")
  func token() throws {
    let model = try #require(
      try models(WorkflowFiles.nested).first { $0.name == "t5.safetensors" })
    guard case .file(let reference) = model.source(hosts: hosts) else {
      Issue.record("no source")
      return
    }
    #expect(reference.canonicalURL == "https://civitai.com/api/download/models/77")
  }

  @Test("the API's format tells names, and folders by class and input")
  func prompt() throws {
    let models = try models(WorkflowFiles.prompt)
    #expect(
      models.map(\.place) == [
        "checkpoints/sd15.safetensors", "loras/ink.safetensors", "loras/on.safetensors",
        "loras/off.safetensors", "what.gguf",
      ])
    #expect(models.map(\.isActive) == [true, true, true, false, true])
    #expect(models.allSatisfy { $0.links.isEmpty })
  }

  @Test(
    "what is sent to the API, or kept of it, has the workflow inside",
    arguments: [
      "{\"prompt\": \(WorkflowFiles.prompt)}", "{\"workflow\": \(WorkflowFiles.prompt)}",
      "{\"client_id\": \"x\", \"extra_data\": {\"extra_pnginfo\": {\"workflow\": \(WorkflowFiles.prompt)}}}",
    ])
  func wrapped(text: String) throws { #expect(try models(text).count == 5) }

  @Test("models of group nodes, which came before subgraphs, are found")
  func groupNodes() throws {
    let text = """
      {"nodes": [{"id": 1, "type": "workflow>Mine", "widgets_values": []}], "links": [],
       "extra": {"groupNodes": {"Mine": {"nodes": [
         {"type": "VAELoader", "widgets_values": ["a.safetensors"]}]}}}}
      """
    #expect(try models(text).map(\.place) == ["vae/a.safetensors"])
  }

  @Test("what is told of a model that the node does not load any more is left out")
  func stale() throws {
    let models = try nodes(
      """
      {"id": 1, "type": "VAELoader", "widgets_values": ["new.safetensors"], "properties": {"models":
        [{"name": "old.safetensors", "directory": "vae", "url": "https://huggingface.co/x"}]}}
      """)
    #expect(models.map(\.place) == ["vae/new.safetensors"])
    #expect(models[0].links.isEmpty)
  }

  @Test("a model that several nodes load is needed once, and other links are told")
  func once() throws {
    let node = { (id: Int, repository: String) in
      """
      {"id": \(id), "type": "VAELoader", "widgets_values": ["a.safetensors"], "properties":
        {"models": [{"name": "a.safetensors", "directory": "vae",
          "url": "https://huggingface.co/\(repository)/main/a.safetensors"}]}}
      """
    }
    let models = try nodes(
      [node(1, "o/n/resolve"), node(2, "o/n/blob"), node(3, "o/other/resolve")].joined(
        separator: ","))
    #expect(models.count == 1)
    #expect(models[0].nodes.map(\.id) == ["1", "2", "3"])
    #expect(
      models[0].remarks(hosts: hosts) == [
        "Another link is given for it: https://huggingface.co/o/other/resolve/main/a.safetensors"
      ])
  }

  @Test("a name without a folder is the same model as one with a folder")
  func unknownFolder() throws {
    let models = try nodes(
      """
      {"id": 1, "type": "PrimitiveNode", "widgets_values": ["a.safetensors", "fixed"]},
      {"id": 2, "type": "VAELoader", "widgets_values": ["a.safetensors"]},
      {"id": 3, "type": "Unheard Of", "widgets_values": ["b.safetensors"]}
      """)
    #expect(models.map(\.place) == ["vae/a.safetensors", "b.safetensors"])
    #expect(models[0].nodes.map(\.id) == ["2", "1"])
    #expect(models[1].folder == nil)
  }

  @Test("values that have no names get them from the node's inputs where these are as many")
  func names() throws {
    let inputs = #"[{"name": "lora_name", "widget": {"name": "lora_name"}}, {"name": "x"}]"#
    #expect(
      try nodes(
        #"{"id": 1, "type": "Own", "inputs": \#(inputs), "widgets_values": ["a.safetensors"]}"#
      ).map(\.place) == ["loras/a.safetensors"])
    #expect(
      try nodes(
        #"{"id": 1, "type": "Own", "inputs": \#(inputs), "widgets_values": [1, "a.safetensors"]}"#
      ).map(\.place) == ["a.safetensors"])
    #expect(
      try nodes(
        #"{"id": 1, "type": "Own", "widgets_values": {"vae_name": "a.safetensors"}}"#
      ).map(\.place) == ["vae/a.safetensors"])
  }

  @Test(
    "a name that leads out of the folder is shown, and nothing is fetched for it",
    arguments: [
      "../../etc/x.safetensors", "/etc/x.safetensors", "..\\\\..\\\\x.safetensors",
      "C:\\\\x.safetensors", "a//x.safetensors", ".x.safetensors", "x\\u202e.safetensors",
    ])
  func escapes(name: String) throws {
    let models = try nodes(
      """
      {"id": 1, "type": "VAELoader", "widgets_values": ["\(name)"], "properties": {"models":
        [{"name": "\(name)", "directory": "vae",
          "url": "https://huggingface.co/o/n/resolve/main/x.safetensors"}]}}
      """)
    #expect(models.count == 1)
    #expect(models[0].fileName == nil)
    #expect(models[0].folder == nil)
    guard case .refused(let failure) = models[0].source(hosts: hosts) else {
      Issue.record("a source")
      return
    }
    #expect(failure.message.contains("no path inside"))
    #expect(PlainText.sanitized(models[0].name) == models[0].name)
  }

  @Test("a folder that is none for models is not used, and that is told")
  func badFolder() throws {
    let models = try nodes(
      """
      {"id": 1, "type": "Own", "widgets_values": ["a.safetensors"], "properties": {"models":
        [{"name": "a.safetensors", "directory": "../custom_nodes"}]}}
      """)
    #expect(models[0].folder == nil)
    #expect(
      models[0].remarks == ["../custom_nodes cannot be a folder for models, so it is not used."])
  }

  @Test("a link to another site is refused, with the reason")
  func otherSite() throws {
    let models = try nodes(
      """
      {"id": 1, "type": "VAELoader", "widgets_values": ["a.safetensors"], "properties": {"models":
        [{"name": "a.safetensors", "directory": "vae", "url": "https://example.com/a.safetensors"}]}}
      """)
    guard case .refused(let failure) = models[0].source(hosts: hosts) else {
      Issue.record("a source")
      return
    }
    #expect(failure.message == "example.com is neither Hugging Face nor Civitai.")
  }

  @Test("what several workflows need is one list")
  func union() throws {
    var models = try WorkflowModels(Array(WorkflowFiles.prompt.utf8))
    try models.formUnion(WorkflowModels(Array(WorkflowFiles.graph.utf8)))
    #expect(models.models.count == 7)
    #expect(models.models[0].links.count == 1)
    #expect(models.models[0].nodes.count == 1)
  }
}
