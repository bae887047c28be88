import CloudLab
import ComfyAPI
import Foundation
import OriginLab
import TestTerminal
import Testing

/// `winch workflow`, in the real binary.
@Suite("Workflows", .serialized)
struct WorkflowCommandTests {
  /// A node that loads a model, with what the workflow says of it.
  private func node(_ type: String, _ name: String, folder: String, url: String?, mode: Int = 0)
    -> String
  {
    let link = url.map { #", "url": "\#($0)""# } ?? ""
    return """
      {"id": 1, "type": "\(type)", "mode": \(mode), "widgets_values": ["\(name)"],
       "properties": {"models": [{"name": "\(name)", "directory": "\(folder)"\(link)}]}}
      """
  }

  private func workflow(_ nodes: String...) -> String {
    #"{"nodes": [\#(nodes.joined(separator: ","))], "links": [], "version": 0.4}"#
  }

  private func write(_ text: String, _ sandbox: Sandbox) throws -> String {
    let path = sandbox.root.appending(path: "\(UUID().uuidString).json").path()
    try Data(text.utf8).write(to: URL(filePath: path))
    return path
  }

  private func models(_ output: String) throws -> [[String: JSONValue]] {
    let line = try #require(output.split(separator: "\n").first)
    let object = try WireFormat.decode([String: JSONValue].self, from: line.utf8)
    guard case .array(let models)? = object["models"] else { return [] }
    return models.compactMap(\.object)
  }

  /// A workflow that needs a checkpoint of the hub, and a LoRA of Civitai and a ControlNet of the hub that
  /// have other names there.
  private func published(_ lab: OriginLab) -> String {
    lab.addHuggingFace(
      repo: "org/repo", path: "split/m.safetensors", file: .safetensors(size: 300_000, seed: 1))
    lab.addHuggingFace(
      repo: "org/repo", path: "diffusion_pytorch_model.safetensors",
      file: .safetensors(size: 100_000, seed: 3))
    lab.addCivitai(
      versionID: 77, fileName: "style_v2.safetensors", file: .safetensors(size: 200_000, seed: 2),
      modelType: "Checkpoint")
    return workflow(
      node(
        "CheckpointLoaderSimple", "m.safetensors", folder: "checkpoints",
        url: "\(lab.hubEndpoint)/org/repo/blob/main/split/m.safetensors?download=true"),
      node(
        "LoraLoader", "flux\\\\style.safetensors", folder: "loras",
        url: "\(lab.civitaiEndpoint)/api/download/models/77?token=SECRET"),
      node(
        "ControlNetLoader", "pose.safetensors", folder: "controlnet",
        url: "\(lab.hubEndpoint)/org/repo/resolve/main/diffusion_pytorch_model.safetensors"))
  }

  @Test("--add --wait fills the folders, and the second time fetches nothing")
  func adds() async throws {
    try await Sandbox.withLab { lab, sandbox in
      let file = try write(published(lab), sandbox)
      let first = try await sandbox.run(["workflow", "--add", "--wait", "--json", file])
      #expect(first.status == 0, "\(first.errors)")
      let lines = first.output.split(separator: "\n").map(String.init)
      #expect(lines.count == 4)
      #expect(
        try models(lines[0]).map { $0["status"] } == ["fetchable", "fetchable", "fetchable"])
      for line in lines.dropFirst() {
        let download = try WireFormat.decode([String: JSONValue].self, from: line.utf8)
        #expect(download["verified"] == true)
      }
      #expect(sandbox.model("checkpoints/m.safetensors")?.count == 300_000)
      #expect(sandbox.model("loras/flux/style.safetensors")?.count == 200_000)
      #expect(sandbox.model("controlnet/pose.safetensors")?.count == 100_000)

      let sent = lab.bytesSentByContentHost
      let second = try await sandbox.run(["workflow", "--add", "--wait", file])
      #expect(second.status == 0, "\(second.errors)")
      #expect(
        second.output
          == """
          there           checkpoints/m.safetensors
          there           loras/flux/style.safetensors
          there           controlnet/pose.safetensors

          """)
      #expect(lab.bytesSentByContentHost == sent)
      try FileManager.default.removeItem(atPath: file)
      #expect(sandbox.filesContaining("SECRET").isEmpty)
    }
  }

  @Test("without --add nothing is queued, and each model is told: there, to be had, or unknown")
  func lists() async throws {
    try await Sandbox.withLab { lab, sandbox in
      let own = sandbox.root.appending(path: "models/vae/ae.safetensors")
      try FileManager.default.createDirectory(
        at: own.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data([1, 2, 3]).write(to: own)
      let link = "\(lab.hubEndpoint)/org/repo/resolve/main/m.safetensors"
      let text = workflow(
        node("VAELoader", "ae.safetensors", folder: "vae", url: nil),
        node("UNETLoader", "m.safetensors", folder: "diffusion_models", url: link),
        node("LoraLoader", "x.pt", folder: "loras", url: "https://example.com/x.pt"),
        node("CLIPLoader", "c.gguf", folder: "clip", url: nil),
        node("VAELoader", "off.safetensors", folder: "vae", url: nil, mode: 4))
      let result = try await sandbox.run(["workflow", "-"], input: text)
      #expect(result.status == 1)
      #expect(
        result.output == """
          there           vae/ae.safetensors
          can be fetched  diffusion_models/m.safetensors
                          \(link)
          unknown         loras/x.pt
                          example.com is neither Hugging Face nor Civitai.
                          Node 1 (LoraLoader) loads it.
          unknown         text_encoders/c.gguf
                          The workflow does not say where it can be had.
                          Node 1 (CLIPLoader) loads it.

          """)
      #expect(result.errors.contains("--add queues 1 model."))
      #expect(result.errors.contains("1 more model is named by muted or bypassed nodes alone"))

      let json = try await sandbox.run(["workflow", "--json", "--muted", "-"], input: text)
      #expect(json.status == 1)
      let shown = try models(json.output)
      #expect(
        shown.map { $0["status"] } == ["there", "fetchable", "unknown", "unknown", "unknown"])
      #expect(shown.map { $0["active"] } == [true, true, true, true, false])
      #expect(shown[0]["path"] == "vae/ae.safetensors")
      #expect(shown[1]["url"] == .string(link))
      #expect(shown[1]["folder"] == "diffusion_models")

      let dry = try await sandbox.run(["workflow", "--add", "--dry-run", "-"], input: text)
      #expect(dry.status == 1)
      #expect(dry.errors.contains("1 model would be queued."))
      #expect(try await sandbox.run(["ls", "--json"]).output == "{\"downloads\":[]}\n")
    }
  }

  @Test("--add queues what can be had, and ends with 1 when something cannot")
  func partly() async throws {
    try await Sandbox.withLab { lab, sandbox in
      var file = LabFile.safetensors(size: 3_000_000, seed: 3)
      file.faults.bytesPerSecond = 100_000
      lab.addHuggingFace(repo: "org/repo", path: "m.safetensors", file: file)
      let text = workflow(
        node(
          "VAELoader", "m.safetensors", folder: "vae",
          url: "\(lab.hubEndpoint)/org/repo/resolve/main/m.safetensors"),
        node("VAELoader", "x.safetensors", folder: "vae", url: nil))
      let result = try await sandbox.run(["workflow", "--add", "--tag", "mine", "-"], input: text)
      #expect(result.status == 1, "\(result.errors)")
      let again = try await sandbox.run(["workflow", "--add", "--json", "-"], input: text)
      #expect(try models(again.output).map { $0["status"] } == ["queued", "unknown"])
      let list = try await sandbox.run(["ls", "--json"])
      #expect(list.output.split(separator: "\"task_id\"").count == 2, "\(list.output)")
      #expect(list.output.contains("\"tags\":[\"mine\"]"))
    }
  }

  @Test("a picture is read like a file, and several workflows are one list")
  func pictures() async throws {
    try await Sandbox.withLab { lab, sandbox in
      let text = workflow(node("VAELoader", "x.safetensors", folder: "vae", url: nil))
      let data = Data("workflow\0\(text)".utf8)
      var picture = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0])
      picture += Data([UInt8(data.count >> 8), UInt8(data.count & 0xFF)])
      picture += Data("tEXt".utf8) + data + Data([0, 0, 0, 0])
      let path = sandbox.root.appending(path: "picture.png").path()
      try picture.write(to: URL(filePath: path))
      let other = try write(
        workflow(
          node("VAELoader", "x.safetensors", folder: "vae", url: nil),
          node("VAELoader", "y.safetensors", folder: "vae", url: nil)), sandbox)
      let result = try await sandbox.run(["workflow", "--json", path, other])
      #expect(try models(result.output).map { $0["name"] } == ["x.safetensors", "y.safetensors"])
    }
  }

  @Test("what is no workflow ends with 65 and says what it is, and nothing is queued")
  func refuses() async throws {
    try await Sandbox.withLab { lab, sandbox in
      let good = try write(published(lab), sandbox)
      for (text, words) in [
        ("", "empty"), ("{}", "no workflow of ComfyUI"), ("<html>", "a web page"),
        ("{\"nodes\": [\n}", "line 2"),
      ] {
        let bad = try write(text, sandbox)
        let result = try await sandbox.run(["workflow", "--add", good, bad])
        #expect(result.status == 65, "\(result.errors)")
        #expect(result.errors.contains(words), "\(result.errors)")
        #expect(result.output.isEmpty)
      }
      let absent = try await sandbox.run(["workflow", "/absent.json"])
      #expect(absent.status == 65)
      #expect(try await sandbox.run(["ls", "--json"]).output == "{\"downloads\":[]}\n")
    }
  }

  @Test("a workflow without models needs no backend, and ends with 0")
  func nothing() async throws {
    let sandbox = try Sandbox()
    let result = try await sandbox.run(["workflow", "-"], input: workflow())
    #expect(result.status == 0)
    #expect(result.errors == "No model is needed.\n")
    #expect(try await sandbox.run(["status"]).status == 69)
    await sandbox.remove()
  }

  @Test(
    "wrong usage ends with 64",
    arguments: [["workflow"], ["workflow", "--wait", "x"], ["workflow", "--dry-run", "x"]])
  func usage(arguments: [String]) async throws {
    let sandbox = try Sandbox()
    #expect(try await sandbox.run(arguments).status == 64)
    await sandbox.remove()
  }

  @Test("what Comfy Cloud would not take is unknown there, and the rest is sent to it")
  func cloud() async throws {
    try await CloudBench.withRunning { bench in
      let link = "https://huggingface.co/o/n/resolve/main/a.safetensors"
      let text = workflow(
        node("VAELoader", "a.safetensors", folder: "vae", url: link),
        node(
          "UpscaleModelLoader", "4x.pth", folder: "upscale_models",
          url: "https://huggingface.co/o/n/resolve/main/4x.pth"))
      let result = try await bench.sandbox.run(["workflow", "--add", "-"], input: text)
      #expect(result.status == 1, "\(result.errors)")
      #expect(result.output.contains("Comfy Cloud takes only .safetensors files"))
      #expect(bench.lab.sentURLs == [link])
    }
  }
}
