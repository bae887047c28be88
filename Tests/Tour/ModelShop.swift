import OriginLab

/// The models of the tour, on sites that the lab plays: small files that come in slowly.
struct ModelShop {
  let lab: OriginLab
  static let repo = "aurora/aurora-xl"
  /// It has three files.
  private static let controlRepo = "aurora/aurora-controls"
  static let controls = "https://huggingface.co/\(controlRepo)"

  init(lab: OriginLab) {
    self.lab = lab
    stock("aurora-xl-base.safetensors", megabytes: 160, perSecond: 4)
    stock("aurora-xl-refiner.safetensors", megabytes: 90, perSecond: 5)
    stock("aurora-xl-vae.safetensors", megabytes: 12, perSecond: 4)
    stock("aurora-upscaler.safetensors", megabytes: 120, perSecond: 2)
    stock("aurora-embedding.safetensors", megabytes: 4, perSecond: 8, corruptByteAt: 2_000_000)
    for (name, megabytes) in [("depth", 18), ("edges", 12), ("pose", 15)] {
      stock(
        "aurora-\(name).safetensors", of: Self.controlRepo, megabytes: megabytes, perSecond: 6)
    }
    lab.addCivitai(
      versionID: 128_713, fileName: "paper-lanterns.safetensors",
      file: Self.file(megabytes: 80, perSecond: 3, seed: 9), modelType: "LORA")
  }

  static func link(_ name: String) -> String {
    "https://huggingface.co/\(repo)/resolve/main/\(name)"
  }

  var lanterns: String { "\(lab.civitaiEndpoint)/api/download/models/128713" }

  /// From now on the embedding comes as it was published.
  func mendEmbedding() { stock("aurora-embedding.safetensors", megabytes: 4, perSecond: 8) }

  private func stock(
    _ name: String, of repo: String = ModelShop.repo, megabytes: Int, perSecond: Int,
    corruptByteAt: Int? = nil
  ) {
    var file = Self.file(megabytes: megabytes, perSecond: perSecond, seed: UInt64(name.count))
    file.faults.corruptByteAt = corruptByteAt
    lab.addHuggingFace(repo: repo, path: name, file: file)
  }

  private static func file(megabytes: Int, perSecond: Int, seed: UInt64) -> LabFile {
    var file = LabFile.safetensors(size: megabytes * 1_000_000, seed: seed)
    file.faults.bytesPerSecond = perSecond * 1_000_000
    return file
  }
}
