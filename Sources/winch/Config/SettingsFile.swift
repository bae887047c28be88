import Downloads
import Engine
import Foundation

/// Reads files of settings: small, regular, UTF-8.
enum SettingsFile {
  /// Bytes; far more than any file of settings.
  static let largestSize = 256 << 10

  /// The file's text; nil where there is no file.
  ///
  /// - Parameter isPrivate: refuses a file that is another user's, or that others may read.
  static func text(at path: String, isPrivate: Bool = false) throws(DownloadFailure) -> String? {
    // Opening a pipe would wait for its writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw failure(path, "It cannot be read: \(String(cString: strerror(errno))).")
    }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    try check(descriptor, path, isPrivate: isPrivate)
    guard let data = try? handle.read(upToCount: largestSize + 1) ?? Data() else {
      throw failure(path, "It cannot be read.")
    }
    guard data.count <= largestSize else {
      throw failure(path, "It is larger than \(largestSize / 1024) KiB.")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw failure(path, "It is not UTF-8 text.")
    }
    return text
  }

  /// Replaces a file in one step, or makes it. One that exists keeps its mode, and a link stays a link.
  static func write(_ text: String, to path: String) throws(DownloadFailure) {
    let target = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
    var status = stat()
    let mode = stat(target, &status) == 0 ? status.st_mode & 0o777 : nil
    do {
      try PrivateFile.write(Data(text.utf8), to: target)
    } catch {
      throw DownloadFailure(
        code: "CANNOT_WRITE", message: "\(path) could not be written: \(error).",
        hint: "Nothing was changed.")
    }
    if let mode { chmod(target, mode) }
  }

  /// Looks at the file that was opened, which nobody can exchange any more.
  private static func check(
    _ descriptor: Int32, _ path: String, isPrivate: Bool
  ) throws(DownloadFailure) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw failure(path, "It is not a file.")
    }
    guard isPrivate else { return }
    guard [geteuid(), 0].contains(status.st_uid) || geteuid() == 0 else {
      throw DownloadFailure(
        code: "CREDENTIALS_EXPOSED", message: "\(path) belongs to another user.",
        hint: "Remove it, then store the keys anew with winch config login.")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw DownloadFailure(
        code: "CREDENTIALS_EXPOSED", message: "Others may read the keys in \(path).",
        hint: "Run: chmod 600 '\(path)'. If others use this machine, make new keys.")
    }
  }

  private static func failure(_ path: String, _ problem: String) -> DownloadFailure {
    ConfigError(file: path, problem: problem).failure
  }
}
