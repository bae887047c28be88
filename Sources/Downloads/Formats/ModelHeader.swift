/// What the header of a model file tells of the model.
public struct ModelHeader: Sendable, Equatable {
  /// What the author called the architecture, such as `flux-1-dev/lora`; nil when nothing is said.
  public var architecture: String?
  public var title: String?
  /// The base model in the words of the training script.
  public var baseModel: String?
  public var license: String?
  /// The number format of most of its bytes, such as `BF16`; of GGUF the quantization.
  public var precision: String?
  /// What the file is, by its header.
  public var folder: FolderSuggestion?

  public init(
    architecture: String? = nil, title: String? = nil, baseModel: String? = nil,
    license: String? = nil, precision: String? = nil, folder: FolderSuggestion? = nil
  ) {
    self.architecture = architecture
    self.title = title
    self.baseModel = baseModel
    self.license = license
    self.precision = precision
    self.folder = folder
  }
}

extension ModelHeader {
  private static let longestText = 200

  init(_ header: SafetensorsHeader) {
    let metadata = header.metadata.mapValues {
      PlainText.sanitized(String($0.prefix(Self.longestText))).trimmingSpaces()
    }
    architecture = metadata["modelspec.architecture"]
    title = metadata["modelspec.title"]
    baseModel = metadata["ss_base_model_version"] ?? metadata["ss_sd_model_name"]
    license = metadata["modelspec.license"]
    precision = Self.precision(header.tensors)
    folder = FolderSuggestion(metadata: metadata) ?? FolderSuggestion(tensors: header.tensors.keys)
  }

  init(_ header: GGUFHeader) {
    let texts = header.texts.mapValues {
      PlainText.sanitized(String($0.prefix(Self.longestText))).trimmingSpaces()
    }
    architecture = texts["architecture"]
    title = texts["name"]
    license = texts["license"]
    precision = header.fileType.flatMap { Self.quantizations[$0] }
    folder = architecture.flatMap { FolderSuggestion(gguf: $0) }
  }

  private static func precision(_ tensors: [String: SafetensorsHeader.Tensor]) -> String? {
    var bytes: [String: Double] = [:]
    for tensor in tensors.values { bytes[tensor.type, default: 0] += Double(tensor.bytes ?? 0) }
    return bytes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  /// `general.file_type` (ggml's `docs/gguf.md`).
  private static let quantizations: [UInt32: String] = [
    0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K",
    11: "Q3_K_S", 12: "Q3_K_M", 13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S",
    17: "Q5_K_M", 18: "Q6_K", 32: "BF16",
  ]
}
