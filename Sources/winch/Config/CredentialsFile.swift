import Downloads
import Engine
import Foundation

/// The file `credentials.yaml`, which only its owner may read.
struct CredentialsFile: Sendable {
  let path: String

  /// What is stored; nothing where there is no file.
  func read() throws(DownloadFailure) -> Credentials {
    guard let text = try SettingsFile.text(at: path, isPrivate: true) else { return Credentials() }
    do {
      return try Credentials(text: text, path: path)
    } catch {
      throw error.failure
    }
  }

  /// Stores a key under a backend's name, or removes it.
  ///
  /// - Returns: what stood there before.
  @discardableResult
  func setEntry(
    _ entry: Credentials.Entry?, for name: String
  ) throws(DownloadFailure) -> Credentials.Entry? {
    var credentials = try read()
    let before = credentials.entries[name]
    credentials.entries[name] = entry
    if entry != before { try write(credentials) }
    return before
  }

  /// Replaces the file in one step, in a folder that only the user may enter. Without entries there
  /// is no file.
  private func write(_ credentials: Credentials) throws(DownloadFailure) {
    // A link to the place where somebody keeps such files stays a link.
    let target = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
    do {
      if credentials.entries.isEmpty {
        try PrivateFile.remove(target)
      } else {
        try PrivateFile.write(Data(credentials.text.utf8), to: target)
        chmod(URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false), 0o700)
      }
    } catch {
      throw DownloadFailure(
        code: "CANNOT_WRITE", message: "The key could not be stored: \(error).",
        hint: "Make the folder writable, or use an environment variable for the key.")
    }
  }
}
