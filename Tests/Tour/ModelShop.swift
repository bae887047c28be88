import OriginLab

/// The models of the tour, on sites that the lab plays: small files that come in slowly.
struct ModelShop {
  let lab: OriginLab
  static let repo = "aurora/aurora-xl"

  init(lab: OriginLab) {
    self.lab = lab
    stock("aurora-xl-base.safetensors", megabytes: 160, perSecond: 4)
    stock("aurora-xl-refiner.safetensors", megabytes: 60, perSecond: 5)
    stock("aurora-xl-vae.safetensors", megabytes: 12, perSecond: 4)
    stock("aurora-upscaler.safetensors", megabytes: 120, perSecond: 2)
    stock("aurora-embedding.safetensors", megabytes: 4, perSecond: 8, corruptByteAt: 2_000_000)
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
    _ name: String, megabytes: Int, perSecond: Int, corruptByteAt: Int? = nil
  ) {
    var file = Self.file(megabytes: megabytes, perSecond: perSecond, seed: UInt64(name.count))
    file.faults.corruptByteAt = corruptByteAt
    lab.addHuggingFace(repo: Self.repo, path: name, file: file)
  }

  private static func file(megabytes: Int, perSecond: Int, seed: UInt64) -> LabFile {
    var file = LabFile.safetensors(size: megabytes * 1_000_000, seed: seed)
    file.faults.bytesPerSecond = perSecond * 1_000_000
    return file
  }
}
