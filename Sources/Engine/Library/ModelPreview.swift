import Downloads
import Foundation

/// A picture beside a model, which ComfyUI and others show for it: `model.preview.png` beside
/// `model.safetensors`, with the extension of what it is.
///
/// ComfyUI takes every image whose name is the model's with or without `.preview`
/// (`app/model_manager.py`). Where one is already, whoever put it there, nothing is written.
struct ModelPreview: Sendable {
  /// Bytes; the picture of a screen has less.
  static let mostBytes = 8 << 20

  /// The bytes as the source has sent them.
  let bytes: [UInt8]
  /// Of what they are: `png`, `jpg` or `webp`.
  let fileExtension: String

  /// Nil for what is no raster picture. A drawing in SVG may hold a program.
  init?(_ bytes: [UInt8]) {
    guard bytes.count <= Self.mostBytes else { return nil }
    func has(_ prefix: [UInt8], at position: Int = 0) -> Bool {
      bytes.dropFirst(position).starts(with: prefix)
    }
    if has([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      fileExtension = "png"
    } else if has([0xFF, 0xD8, 0xFF]) {
      fileExtension = "jpg"
    } else if has(Array("RIFF".utf8)), has(Array("WEBP".utf8), at: 8) {
      fileExtension = "webp"
    } else {
      return nil
    }
    self.bytes = bytes
  }

  private static let extensions = ["png", "jpg", "jpeg", "webp", "gif", "bmp", "avif"]

  /// Whether a model has a picture beside it.
  ///
  /// - Parameter model: absolute path.
  static func isThere(for model: String) -> Bool {
    let stem = stem(of: model)
    return extensions.contains { name in
      [".preview.", "."].contains { Disk.exists(stem + $0 + name) }
    }
  }

  /// Puts the picture beside a model, all at once and never over another file.
  ///
  /// - Parameters:
  ///   - model: path below the models root.
  ///   - id: tells it from others that are being written.
  /// - Returns: whether it was written.
  func write(for model: String, in library: Library, id: String) throws -> Bool {
    try library.enter()
    // A file of this kind that is left behind by a crash is removed at the next start.
    let partial = library.workPath("\(id).preview.upload")
    let target = Self.stem(of: library.absolute(model)) + ".preview." + fileExtension
    guard target.split(separator: "/").last?.utf8.count ?? 0 <= FileName.maximumBytes else {
      return false
    }
    try Disk.makeDirectory(library.workFolder)
    try Disk.remove(partial)
    try Data(bytes).write(to: URL(fileURLWithPath: partial))
    defer { try? Disk.remove(partial) }
    return try Library.moveIn(partial, target)
  }

  /// The path without the extension, as Python's `splitext` has it.
  private static func stem(of path: String) -> String {
    guard let dot = path.lastIndex(of: "."), dot > path.lastIndex(of: "/") ?? path.startIndex else {
      return path
    }
    return String(path[..<dot])
  }
}
