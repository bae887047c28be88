import Downloads
import Engine
import Foundation

/// The text of `config.yaml` while somebody edits it, in a file beside it.
struct ConfigDraft {
  let draftPath: String
  private let path: String
  /// The file's text when the draft was begun; nil where there was no file.
  private let before: String?

  /// Begins a draft with the file's text, unless there is one that was wrong and was kept.
  init(path: String) throws(DownloadFailure) {
    self.path = path
    draftPath =
      URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
      + "config.draft.yaml"
    before = try SettingsFile.text(at: path)
    if try SettingsFile.text(at: draftPath) == nil {
      try SettingsFile.write(before ?? ConfigPage.template, to: draftPath)
    }
  }

  /// What is wrong with the draft; nil when nothing is.
  func problem() throws(DownloadFailure) -> DownloadFailure? {
    do throws(ConfigError) {
      _ = try ConfigFile(text: try text().get(), path: draftPath)
      return nil
    } catch {
      return error.failure
    }
  }

  /// Makes the draft, which must be right, the file, and removes it.
  ///
  /// - Returns: whether the file is another one now.
  /// - Throws: when somebody else has changed the file meanwhile; the draft is kept then.
  func finish() throws(DownloadFailure) -> Bool {
    let text = try SettingsFile.text(at: draftPath) ?? ""
    guard text != before ?? ConfigPage.template else { return remove(false) }
    guard try SettingsFile.text(at: path) == before else {
      throw DownloadFailure(
        code: "INVALID_CONFIG", message: "\(path) has been changed by others meanwhile.",
        hint: "Your text is kept in \(draftPath).")
    }
    try SettingsFile.write(text, to: path)
    return remove(true)
  }

  private func remove(_ result: Bool) -> Bool {
    try? PrivateFile.remove(draftPath)
    return result
  }

  private func text() -> Result<String, ConfigError> {
    do throws(DownloadFailure) {
      return .success(try SettingsFile.text(at: draftPath) ?? "")
    } catch {
      return .failure(ConfigError(file: draftPath, problem: error.message))
    }
  }
}
