/// Names of models among a node's values.
enum ModelName {
  /// Whether a text is what a loader takes: one line, ending as model files do, and no link.
  static func isPlausible(_ text: String) -> Bool {
    guard text.utf8.count <= 1024, let dot = text.utf8.lastIndex(of: UInt8(ascii: ".")),
      extensions.contains(text[text.index(after: dot)...].lowercased())
    else { return false }
    return !text.hasASCII("://") && !text.utf8.contains { $0 < 0x20 }
  }

  /// The endings that ComfyUI's page takes for models.
  private static let extensions: Set<String> = [
    "safetensors", "sft", "ckpt", "pt", "pth", "bin", "onnx", "gguf",
  ]

  /// Whether two names mean one file: subfolders and Windows' separators do not count.
  static func isSame(_ left: String, _ right: String) -> Bool { last(left) == last(right) }

  private static func last(_ name: String) -> Substring {
    let start = name.lastIndex { $0 == "/" || $0 == "\\" }
    return start.map { name[name.index(after: $0)...] } ?? name[...]
  }
}
