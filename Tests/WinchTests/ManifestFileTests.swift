import ComfyAPI
import Downloads
import Foundation
import HostileInput
import Testing

@testable import winch

/// Manifests as files: what is written, and what is read.
@Suite("The file of a manifest")
struct ManifestFileTests {
  private let hosts: SourceHosts
  private static let hash = String(repeating: "0a", count: 32)

  init() throws { hosts = try SourceHosts(environment: [:]) }

  private func read(_ text: String) throws(ConfigError) -> ModelManifest {
    try ModelManifest(text: text, file: "m.yaml", hosts: hosts)
  }

  /// What is wrong with a manifest.
  private func error(_ text: String) throws -> ConfigError {
    do {
      _ = try read(text)
    } catch {
      return error
    }
    return try #require(nil, "\(text.prefix(100)) was read")
  }

  private static let full = """
    # Models as winch export wrote them. winch apply fetches those that are missing.
    version: 1
    models:
    - url: https://huggingface.co/org/repo/resolve/main/m.safetensors
      folder: checkpoints/sdxl
      name: m.safetensors
      sha256: \(hash)
      size: 6938078334
      tags: [mine, "two words", "yes"]
    # Nobody has said where this one can be had: give it a url.
    - url: null
      folder: loras
      name: "1e5"
      blake3: \(hash)

    """

  @Test("what is written is read as the same, and written again byte by byte")
  func roundTrip() throws {
    let manifest = try read(Self.full)
    #expect(manifest.models.map(\.name) == ["m.safetensors", "1e5"])
    #expect(manifest.models.map(\.size) == [6_938_078_334, nil])
    #expect(manifest.models[0].tags == ["mine", "two words", "yes"])
    #expect(manifest.yaml == Self.full)
    #expect(try read(try WireFormat.encodeText(manifest.json)) == manifest)
    #expect(try read(ModelManifest().yaml) == ModelManifest())
  }

  @Test("a name is taken from a link of Hugging Face, and no token of a link is kept")
  func name() throws {
    let model = try #require(
      try read(
        """
        version: 1
        models:
        - {url: "https://huggingface.co/o/r/blob/main/x/m.gguf?token=SECRET", folder: unet}
        """
      ).models.first)
    #expect(model.place == "diffusion_models/m.gguf")
    #expect(model.reference?.canonicalURL == "https://huggingface.co/o/r/resolve/main/x/m.gguf")
  }

  /// A manifest of one model that has these besides its place, from line 4 on.
  private static func with(_ lines: String) -> String {
    "version: 1\nmodels:\n- folder: loras\n  \(lines)"
  }

  @Test(
    "what is wrong is named with its line, its key and the nearest right one",
    arguments: [
      ("version: 1\nmodel: []", 2, "model", "Did you mean models?"),
      (with("name: a\n  sha25: 1"), 5, "models.sha25", "Did you mean sha256?"),
      (with("nmae: a"), 4, "models.nmae", "Did you mean name?"),
      ("version: 2\nmodels: []", 1, "version", "A newer winch may read it."),
      ("models: []", 1, "", nil), ("", nil, "", nil), ("- a", 1, "", nil),
      ("version: 1\nmodels: {a: b}", 2, "models", nil),
      ("version: 1\nmodels: [a]", 2, "models", nil),
      ("version: 1\nmodels:\n- name: a", 3, "models", "Such as folder: loras."),
      (with("size: 1"), 3, "models", "Such as name: model.safetensors."),
      (with("name: ../x"), 4, "models.name", nil), (with("name: a/b"), 4, "models.name", nil),
      (with("name: .x"), 4, "models.name", nil), (with("name: [a]"), 4, "models.name", nil),
      ("version: 1\nmodels:\n- folder: ../loras", 3, "models.folder", nil),
      ("version: 1\nmodels:\n- folder: /etc", 3, "models.folder", nil),
      ("version: 1\nmodels:\n- folder: custom_nodes/x", 3, "models.folder", nil),
      (with("name: a\n  sha256: \(hash)0"), 5, "models.sha256", nil),
      (with("name: a\n  blake3: sha256:\(hash)"), 5, "models.blake3", nil),
      (with("name: a\n  size: -1"), 5, "models.size", nil),
      (with("name: a\n  size: 1e3"), 5, "models.size", nil),
      (with("name: a\n  size: 9223372036854775807"), 5, "models.size", nil),
      (with("name: a\n  tags: [\"a,b\"]"), 5, "models.tags", nil),
      (with("name: a\n  tags: [model_type:vae]"), 5, "models.tags", "folder says it."),
      (with("name: a\n  url: https://example.com/x"), 5, "models.url", nil),
      (with("name: a\n  url: https://huggingface.co/o/r"), 5, "models.url", nil),
      (with("name: a\n- {folder: loras, name: a}"), 5, "models", nil),
      (with("name: a\n  name: b"), 4, "", nil),
    ] as [(String, Int?, String, String?)])
  func wrong(text: String, line: Int?, key: String, hint: String?) throws {
    let error = try error(text)
    #expect(error.line.map { abs($0 - (line ?? 0)) <= 1 } ?? (line == nil), "\(error)")
    #expect(error.key == key, "\(error)")
    if let hint { #expect(error.hint == hint) }
    #expect(error.failure(code: "INVALID_MANIFEST").message.hasPrefix("m.yaml"))
  }

  @Test("more models, tags or bytes of a link than anybody has are refused")
  func bounds() throws {
    let models = Array(repeating: "{}", count: ModelManifest.mostModels + 1)
    let many = try error("version: 1\nmodels: [\(models.joined(separator: ","))]")
    #expect(many.problem.contains("10000 are the most"))
    let tags = (0...Tag.maximumCount).map { "t\($0)" }.joined(separator: ",")
    #expect(try error(Self.with("name: a\n  tags: [\(tags)]")).key == "models.tags")
    let link = "https://huggingface.co/o/r/resolve/main/" + String(repeating: "a", count: 9000)
    #expect(try error(Self.with("name: a\n  url: \(link)")).problem.contains("8192 bytes"))
  }

  @Test("aliases, which could stand for any amount of text, are refused with their line")
  func aliases() throws {
    var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...40 {
      let names = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      bomb += "a\(level): &a\(level) [\(names)]\n"
    }
    #expect(try error(bomb + "? *a40\n: x\n").line == 2)
    #expect(try error("version: &v 1\nmodels: *v").line == 2)
    let link = "https://civitai.com/api/download/models/5?type=Model&format=SafeTensor"
    #expect(throws: Never.self) {
      try self.read(Self.with("name: \"a &b\"\n  url: \"\(link)\"\n  tags: [\"*c\"]"))
    }
  }

  @Test("nothing that comes of a mutated manifest leads out of the models folder")
  func hostile() throws {
    let seeds = [
      Self.full, Self.with("name: a\n  tags: &t [a]\n- {folder: vae, name: b, tags: *t}"),
      "version: 1\nmodels:\n- folder: |\n    ../..\n  name: >-\n    a\n",
      "%YAML 1.1\n---\n!!map {version: !!int '1', models: []}\n...\n",
    ]
    var generator = HostileInput(seed: 11)
    var read = 0
    for _ in 0..<HostileInput.count {
      guard let manifest = try? self.read(generator.mutate(seeds)) else { continue }
      read += 1
      for model in manifest.models {
        #expect(FileName.isSafe(model.name))
        #expect(Folder(model.folder.name) == model.folder)
        #expect(model.tags.allSatisfy(Tag.isValid))
      }
      // What was read once is read the same way again.
      #expect(try self.read(manifest.yaml) == manifest)
    }
    #expect(read > 0)
  }
}

@Suite("A text in YAML")
struct YAMLScalarTests {
  @Test(
    "that other programs could take for something else is quoted",
    arguments: ["1", "-1.5e3", "0x1F", "yes", "No", "null", "~", "2026-11-26", "12:30", ".inf", ""])
  func quoted(text: String) {
    #expect(YAMLText.text(text) == "\"\(text)\"")
  }

  @Test(
    "stands as it is where it is a text to all", arguments: ["m.safetensors", "4x_foo", "v1.5b"])
  func plain(text: String) {
    #expect(YAMLText.text(text) == text)
  }
}
