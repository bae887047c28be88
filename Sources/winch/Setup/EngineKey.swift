import Downloads
import Foundation

/// The key that programs need to reach an engine over TCP: `WINCH_API_KEY`, else one that is made
/// once and kept in a file that only the user can read.
struct EngineKey {
  let value: String

  init(settings: Settings) throws(DownloadFailure) {
    if let given = settings.variable("WINCH_API_KEY") {
      value = given
    } else if let kept = Self.read(settings.engineKeyPath) {
      value = kept
    } else {
      value = try Self.make(settings.engineKeyPath)
    }
  }

  private static func read(_ path: String) -> String? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    let text = String(decoding: data, as: UTF8.self).trimmingSpaces()
    return text.isEmpty ? nil : text
  }

  /// 256 random bits; exclusive creation, so that of two programs one makes the key for both.
  private static func make(_ path: String) throws(DownloadFailure) -> String {
    let folder = URL(filePath: path).deletingLastPathComponent()
    try? FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let key =
      "winch-"
      + (0..<32).map { _ in String(UInt8.random(in: .min ... .max), radix: 16) }
      .map { $0.count == 1 ? "0" + $0 : $0 }.joined()
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      if let other = read(path) { return other }
      throw DownloadFailure(
        code: "CANNOT_WRITE", message: "The key cannot be kept at \(path).",
        hint: "Make the folder writable, or set WINCH_API_KEY.")
    }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try handle.write(contentsOf: Data((key + "\n").utf8))
    } catch {
      unlink(path)
      throw DownloadFailure(code: "CANNOT_WRITE", message: "The key cannot be kept at \(path).")
    }
    return key
  }
}
