import Foundation
import Interface

/// The file in which an editor gets a text: readable by its owner alone, in a folder of its own, for
/// editors put copies beside it.
struct EditedFile: Sendable {
  let path: String
  private let folder: String
  private let text: EditedText

  /// Bytes of a text beyond which it is none that was typed here.
  private static let mostBytes = 16 << 20

  init(_ text: EditedText) throws {
    self.text = text
    var template = Array(
      FileManager.default.temporaryDirectory.appending(path: "winch-XXXXXX").path().utf8CString)
    guard let folder = mkdtemp(&template).map({ String(cString: $0) }) else {
      throw ExternalEditor.Problem("There is no room for the editor's file.")
    }
    self.folder = folder
    path = folder + "/" + Self.name(of: text.kind)
    do {
      try Self.write(text.text, to: path)
    } catch {
      remove()
      throw error
    }
  }

  /// What the editor left; nil when it changed nothing.
  func edited() throws -> EditedText? {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw ExternalEditor.Problem("The editor left no text.")
    }
    let data = try handle.read(upToCount: Self.mostBytes + 1) ?? Data()
    guard data.count <= Self.mostBytes, let new = String(data: data, encoding: .utf8) else {
      throw ExternalEditor.Problem("The editor left no text in UTF-8, or too much of it.")
    }
    return new == text.text || new == text.text + "\n" ? nil : EditedText(text.kind, new)
  }

  /// Removes the file and whatever the editor put beside it.
  func remove() { try? FileManager.default.removeItem(atPath: folder) }

  /// Editors choose their colours by the ending.
  private static func name(of kind: EditedText.Kind) -> String {
    switch kind {
    case .links: "links.txt"
    case .tags: "tags.txt"
    case .folder: "folder.txt"
    case .metadata: "metadata.json"
    }
  }

  private static func write(_ text: String, to path: String) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw ExternalEditor.Problem("The editor's file could not be written.")
    }
    let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
  }
}
