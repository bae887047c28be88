import OriginLab

/// The models of the tour, on sites that the lab plays: small files that come in slowly.
///
/// What the tour only watches lasts longer than the tour, and what it waits for ends within seconds,
/// so that each run shows the same.
struct ModelShop {
  let lab: OriginLab
  static let repo = "aurora/aurora-xl"
  private static let extraRepo = "aurora/aurora-extras"
  /// It has three files, in the folders that ComfyUI has for them.
  static let extras = "https://huggingface.co/\(extraRepo)"

  init(lab: OriginLab) {
    self.lab = lab
    for repo in [Self.repo, Self.extraRepo] {
      lab.setHuggingFaceBaseModel(repo: repo, "stabilityai/stable-diffusion-xl-base-1.0")
    }
    stock("aurora-xl-base", Self.file(megabytes: 640, perSecond: 1.0, .checkpoint))
    stock("aurora-xl-turbo", Self.file(megabytes: 12, perSecond: 4, .checkpoint))
    stock("aurora-xl-refiner", Self.file(megabytes: 160, perSecond: 1.3, .checkpoint))
    stock("aurora-upscaler", Self.file(megabytes: 200, perSecond: 0.5, .upscaler))
    stockEmbedding(corruptByteAt: 2_000_000)
    let extras = [
      ("controlnet/aurora-depth", 14), ("controlnet/aurora-edges", 12), ("vae/aurora-vae", 15),
    ]
    for (name, megabytes) in extras {
      stock(name, of: Self.extraRepo, Self.file(megabytes: megabytes, perSecond: 7, .control))
    }
    lab.addCivitai(
      versionID: 128_713, fileName: "paper-lanterns.safetensors",
      file: Self.file(megabytes: 400, perSecond: 0.6, .lora), modelType: "LORA")
  }

  static func link(_ name: String) -> String {
    "https://huggingface.co/\(repo)/resolve/main/\(name).safetensors"
  }

  var lanterns: String { "\(lab.civitaiEndpoint)/api/download/models/128713" }

  /// From now on the embedding comes as it was published.
  func mendEmbedding() { stockEmbedding(corruptByteAt: nil) }

  private func stockEmbedding(corruptByteAt place: Int?) {
    var file = Self.file(megabytes: 4, perSecond: 8, .embedding)
    file.faults.corruptByteAt = place
    stock("aurora-embedding", file)
  }

  private func stock(_ name: String, of repo: String = ModelShop.repo, _ file: LabFile) {
    lab.addHuggingFace(repo: repo, path: name + ".safetensors", file: file)
  }

  /// What a file is, as the name of a tensor in it.
  private enum Kind: String {
    case checkpoint = "first_stage_model.a"
    case control = "control_model.a"
    case lora = "a.lora_up.weight"
    case embedding = "emb_params"
    case upscaler = "model.0.weight"
  }

  /// - Parameter perSecond: megabytes of one connection.
  private static func file(megabytes: Int, perSecond: Double, _ kind: Kind) -> LabFile {
    var file = LabFile.safetensors(
      size: megabytes * 1_000_000, seed: UInt64(megabytes), tensor: kind.rawValue, base: "SDXL 1.0")
    file.faults.bytesPerSecond = Int(perSecond * 1_000_000)
    return file
  }
}
