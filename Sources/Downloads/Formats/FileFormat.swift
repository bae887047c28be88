/// What kind of model file a name stands for.
public enum FileFormat: Sendable, Hashable {
  case safetensors
  case gguf
  /// Python's serialization, which can run code when it is loaded.
  case pickle
  case onnx
  case image, text, archive
  case other

  /// By the extension, as ComfyUI chooses its loader (`folder_paths.py`).
  public init(name: String) {
    let ending = name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() }
    self = Self.endings[ending ?? ""] ?? .other
  }

  private static let endings: [String: FileFormat] = [
    "safetensors": .safetensors, "sft": .safetensors, "gguf": .gguf, "ckpt": .pickle,
    "pt": .pickle, "pt2": .pickle, "pth": .pickle, "bin": .pickle, "pkl": .pickle, "onnx": .onnx,
    "png": .image, "jpg": .image, "jpeg": .image, "webp": .image, "gif": .image, "mp4": .image,
    "json": .text, "md": .text, "txt": .text, "yaml": .text, "yml": .text, "py": .text,
    "gitattributes": .text, "gitignore": .text, "model": .other, "zip": .archive, "tar": .archive,
    "gz": .archive, "7z": .archive, "rar": .archive,
  ]

  /// Whether a file of this format is what people load as a model.
  public var isModel: Bool {
    switch self {
    case .safetensors, .gguf, .pickle, .onnx: true
    default: false
    }
  }

  /// What people call it.
  public var word: String {
    switch self {
    case .safetensors: "safetensors"
    case .gguf: "GGUF"
    case .pickle: "pickle"
    case .onnx: "ONNX"
    case .image: "picture"
    case .text: "text"
    case .archive: "archive"
    case .other: "other"
    }
  }
}
