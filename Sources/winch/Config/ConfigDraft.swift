import Downloads
import Engine
import Foundation

/// The text of `config.yaml` while somebody edits it, in a file beside it.
struct ConfigDraft {
  let draftPath: String
  /// Where an earlier draft is kept that belongs to another text of the file than it has now; nil when
  /// there was none.
  let earlierPath: String?
  private let path: String
  /// The text that the draft was begun with, which tells later whether the file is still the same.
  private let beginningPath: String
  /// The file's text when the draft was begun; nil where there was no file.
  private let before: String?

  /// Begins a draft with the file's text, unless there is one that was wrong and was kept, and the file
  /// is still the one that it was begun with.
  init(path: String) throws(DownloadFailure) {
    let folder = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
    self.path = path
    draftPath = folder + "config.draft.yaml"
    beginningPath = folder + "config.draft.begun.yaml"
    before = try SettingsFile.text(at: path)
    let now = before ?? ConfigPage.template
    let beginning = try SettingsFile.text(at: beginningPath)
    let draft = try SettingsFile.text(at: draftPath)
    let kept = draft == now || draft == beginning ? nil : draft
    guard let kept, beginning != now else {
      earlierPath = nil
      // What is kept goes on, for the file is still the one that it was begun with.
      if kept == nil { try Self.begin(with: now, draftPath, beginningPath) }
      return
    }
    earlierPath = try Self.putAside(kept, in: folder)
    try Self.begin(with: now, draftPath, beginningPath)
  }

  private static func begin(
    with text: String, _ draftPath: String, _ beginningPath: String
  ) throws(DownloadFailure) {
    try SettingsFile.write(text, to: beginningPath)
    try SettingsFile.write(text, to: draftPath)
  }

  /// Whether somebody has written something into it.
  var isWritten: Bool {
    (try? SettingsFile.text(at: draftPath)).map { $0 != before ?? ConfigPage.template } ?? true
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
    guard isWritten else {
      remove()
      return false
    }
    guard try SettingsFile.text(at: path) == before else {
      throw DownloadFailure(
        code: "INVALID_CONFIG", message: "\(path) has been changed by others meanwhile.",
        hint: "Your text is kept in \(draftPath).")
    }
    try SettingsFile.write(text, to: path)
    remove()
    return true
  }

  func remove() {
    for path in [draftPath, beginningPath] { try? PrivateFile.remove(path) }
  }

  /// - Returns: a path that nothing had.
  private static func putAside(
    _ text: String, in folder: String
  ) throws(DownloadFailure) -> String {
    var number = 1
    var path: String { folder + "config.draft.\(number).yaml" }
    while FileManager.default.fileExists(atPath: path) { number += 1 }
    try SettingsFile.write(text, to: path)
    return path
  }

  private func text() -> Result<String, ConfigError> {
    do throws(DownloadFailure) {
      return .success(try SettingsFile.text(at: draftPath) ?? "")
    } catch {
      return .failure(ConfigError(file: draftPath, problem: error.message))
    }
  }
}
