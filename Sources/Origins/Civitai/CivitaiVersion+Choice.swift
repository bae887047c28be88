import ComfyAPI
import Downloads

extension CivitaiVersion {
  /// The file that a link means: the one with its `fileId`, else the one that its other query items
  /// describe, else the primary one. Nil when none or more than one fits.
  func file(for link: CivitaiFile) -> File? {
    let wanted = Dictionary(link.url.queryItems) { first, _ in first }
    let files = self.files ?? []
    if let id = wanted["fileId"] { return files.first { $0.id.map(String.init) == id } }
    guard !wanted.isEmpty else { return primaryFile }
    let fitting = files.filter { $0.fits(wanted) }
    return fitting.count == 1 ? fitting.first : fitting.first { $0.primary == true }
  }

  /// The file that Civitai gives out when nobody chooses: the one it says so of, else the one that its
  /// own rules would choose (`getPrimaryFile` of its server).
  var primaryFile: File? {
    let files = self.files ?? []
    return files.first { $0.primary == true }
      ?? files.enumerated().max { ($0.element.score, -$0.offset) < ($1.element.score, -$1.offset) }?
      .element
  }

  /// Where ComfyUI expects the file, by the kind of the file, then of the model.
  func folder(for file: File?) -> FolderSuggestion? {
    if let type = file?.type, let folder = Self.foldersByFileType[type] {
      return FolderSuggestion(folder, because: "Civitai says \(type)")
    }
    guard let type = model?.type, let folder = Self.foldersByModelType[type] else { return nil }
    return FolderSuggestion(folder, because: "Civitai says \(type)")
  }

  /// What is worth remembering of the version.
  func metadata(of link: CivitaiFile, file: File?) -> [String: JSONValue] {
    var metadata: [String: JSONValue] = [
      "source": "civitai", "source_url": .string(link.url.description),
      "model_version_id": .integer(Int64(link.versionID)),
    ]
    metadata["model_id"] = modelId.map { .integer(Int64($0)) }
    metadata["file_id"] = file?.id.map { .integer(Int64($0)) }
    metadata["model_name"] = model?.name.map(Self.text)
    metadata["version_name"] = name.map(Self.text)
    metadata["model_type"] = model?.type.map(Self.text)
    metadata["base_model"] = baseModel.map(Self.text)
    metadata["air"] = air.map(Self.text)
    if let words = trainedWords, !words.isEmpty {
      metadata["trained_words"] = .array(words.prefix(100).map(Self.text))
    }
    return metadata
  }

  private static func text(_ text: String) -> JSONValue {
    .string(PlainText.sanitized(String(text.prefix(1000))))
  }

  private static let foldersByFileType = [
    "VAE": "vae", "Text Encoder": "text_encoders", "Vision Encoder": "clip_vision",
    "CLIPVision": "clip_vision", "UNet": "diffusion_models", "Diffusion Model": "diffusion_models",
    "ControlNet": "controlnet", "Upscaler": "upscale_models", "Enhancement LoRA": "loras",
  ]

  private static let foldersByModelType = [
    "Checkpoint": "checkpoints", "LORA": "loras", "LoCon": "loras", "DoRA": "loras",
    "TextualInversion": "embeddings", "Hypernetwork": "hypernetworks", "Controlnet": "controlnet",
    "VAE": "vae", "Upscaler": "upscale_models", "TextEncoder": "text_encoders",
    "CLIP": "text_encoders", "CLIPVision": "clip_vision", "UNet": "diffusion_models",
    "Detection": "detection",
  ]
}

extension CivitaiVersion.File {
  /// How well the file fits what Civitai prefers for somebody without preferences.
  fileprivate var score: Double {
    let isModel = ["Model", "Pruned Model", "Diffusion Model", "UNet"].contains(type ?? "")
    return (isModel ? 1000 : 0) + (metadata?.format == "SafeTensor" ? 100 : -100)
      + (metadata?.size == "pruned" ? 10 : -10) + (metadata?.fp == "fp16" ? 1 : -1)
      + (metadata?.quantType == "Q4_K_M" ? 0.5 : -0.5)
  }

  /// What Civitai's scanners found, in the codes of the contract.
  var scanWarnings: [DownloadFailure] {
    var codes: [String] = []
    if pickleScanResult == "Danger" { codes.append("UNSAFE_PICKLE_SCAN") }
    if virusScanResult == "Danger" { codes.append("UNSAFE_VIRUS_SCAN") }
    return codes.map { FailureWords.completing(DownloadFailure(code: $0, message: "")) }
  }

  func fits(_ wanted: [String: String]) -> Bool {
    let own = [
      "type": type, "format": metadata?.format, "size": metadata?.size, "fp": metadata?.fp,
      "quantType": metadata?.quantType,
    ]
    return wanted.allSatisfy { name, value in own[name] == value }
  }
}
