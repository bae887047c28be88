/// Where a file seems to belong, and why: the user may know better.
public struct FolderSuggestion: Sendable, Hashable {
  public let folder: Folder
  /// Who says so, to be read behind the folder: `Civitai says LoCon`.
  public let reason: String

  /// Nil for a name that is no folder for models.
  public init?(_ name: String, because reason: String) {
    guard let folder = Folder(name) else { return nil }
    self.folder = folder
    self.reason = PlainText.sanitized(reason)
  }

  /// As it is shown: `loras: Civitai says LoCon`.
  public var text: String { "\(folder.name): \(reason)" }
}

extension FolderSuggestion {
  /// From the directories of a repository: those made for ComfyUI have its folders in their paths
  /// (`split_files/vae/…`), those made for diffusers have their own names for them.
  public init?(repositoryPath path: String) {
    let directories = path.split(separator: "/").dropLast().map(String.init)
    for directory in directories.reversed() {
      let name = directory.lowercased()
      guard let folder = Self.known(name) ?? Self.diffusers[name] else { continue }
      self.init(folder, because: "it stands in \(directory)/")
      return
    }
    return nil
  }

  private static func known(_ name: String) -> String? {
    guard let folder = Folder(name)?.name, Folder.known.contains(folder) else { return nil }
    return folder
  }

  private static let diffusers = [
    "text_encoder": "text_encoders", "text_encoder_2": "text_encoders",
    "text_encoder_3": "text_encoders", "transformer": "diffusion_models",
    "image_encoder": "clip_vision", "lora": "loras", "checkpoint": "checkpoints",
    "upscalers": "upscale_models", "esrgan": "upscale_models", "embedding": "embeddings",
    "clipvision": "clip_vision", "ipadapter": "ipadapter",
  ]

  /// From the texts of a safetensors header: ModelSpec's architecture, then the training script's.
  init?(metadata: [String: String]) {
    if let architecture = metadata["modelspec.architecture"]?.lowercased() {
      let kinds = [
        "lora": "loras", "textual-inversion": "embeddings", "controlnet": "controlnet",
        "vae": "vae", "control-lora": "controlnet",
      ]
      if let slash = architecture.lastIndex(of: "/"),
        let folder = kinds[String(architecture[architecture.index(after: slash)...])]
      {
        self.init(folder, because: "its header says \(architecture)")
        return
      }
    }
    guard let module = metadata["ss_network_module"], !module.isEmpty else { return nil }
    self.init("loras", because: "its header says \(module)")
  }

  /// From the names of tensors, by the marks that ComfyUI's loaders look for.
  init?(tensors names: some Collection<String>) {
    for rule in Self.tensorRules where names.contains(where: rule.matches) {
      self.init(rule.folder, because: "its tensors are those of \(rule.kind)")
      return
    }
    return nil
  }

  private struct TensorRule {
    let folder: String
    let kind: String
    let matches: @Sendable (String) -> Bool

    init(_ folder: String, _ kind: String, _ matches: @escaping @Sendable (String) -> Bool) {
      self.folder = folder
      self.kind = kind
      self.matches = matches
    }
  }

  /// The first that fits counts: a checkpoint holds the parts of all the others.
  private static let tensorRules = [
    TensorRule("loras", "a LoRA") { name in
      [
        ".lora_up.weight", ".lora_down.weight", "_lora.up.weight", ".lora_A.weight",
        ".lora_B.weight", ".lora_A.default.weight", ".hada_w1_a", ".lokr_w1", ".oft_blocks",
        ".lora_linear_layer.up.weight",
      ].contains(where: name.hasSuffix)
    },
    TensorRule("checkpoints", "a whole checkpoint") { name in
      name.hasPrefix("cond_stage_model.") || name.hasPrefix("conditioner.embedders.")
        || name.hasPrefix("first_stage_model.") || name.hasPrefix("text_encoders.")
    },
    TensorRule("controlnet", "a ControlNet") { name in
      name.hasPrefix("control_model.") || name.hasPrefix("controlnet_")
        || name.hasPrefix("controlnet.") || name == "lora_controlnet"
    },
    TensorRule("diffusion_models", "a diffusion model") { name in
      name.hasPrefix("model.diffusion_model.") || name.hasPrefix("double_blocks.0.")
        || name.hasPrefix("transformer_blocks.0.") || name.hasPrefix("joint_blocks.0.")
        || name.hasPrefix("blocks.0.cross_attn.") || name.hasPrefix("input_blocks.0.")
        || name.hasPrefix("down_blocks.0.")
    },
    TensorRule("clip_vision", "a vision encoder") { $0.hasPrefix("vision_model.") },
    TensorRule("text_encoders", "a text encoder") { name in
      name.hasPrefix("text_model.encoder.") || name.hasPrefix("encoder.block.0.layer.")
        || name.hasPrefix("model.layers.0.self_attn.")
    },
    TensorRule("vae", "a VAE") { name in
      name.hasPrefix("decoder.conv_in.") || name.hasPrefix("decoder.up_blocks.")
        || name.hasPrefix("decoder.up.0.") || name.hasPrefix("decoder.middle.0.")
    },
    TensorRule("embeddings", "an embedding") { ["emb_params", "clip_g"].contains($0) },
  ]

  /// From the architecture that a GGUF file names.
  init?(gguf architecture: String) {
    let name = architecture.lowercased()
    let folder =
      ["t5", "t5encoder", "clip", "llama", "qwen2", "qwen2vl", "qwen3", "gemma2", "gemma3"]
        .contains(name) ? "text_encoders" : "diffusion_models"
    self.init(folder, because: "its header says \(architecture)")
  }
}
