import ComfyAPI
import Downloads
import Origins

/// What `winch add --dry-run` says: each file with its size, folder and name.
struct AddRehearsal {
  private struct File {
    let listed: ListedFile
    /// Nil where the file's header decides.
    let folder: Folder?
    let tags: [String]

    var name: String { FileName.sanitized(listed.path) ?? listed.path }
  }

  private let files: [File]

  /// - Parameter folder: what the user has chosen for all of them.
  init(_ files: [ListedFile], folder: Folder?, tags: [String]) {
    self.files = files.map { file in
      File(listed: file, folder: folder ?? file.folder?.folder, tags: tags)
    }
  }

  func write(json: Bool) throws {
    guard !json else {
      for file in files { StandardOutput.write(try WireFormat.encodeText(Self.json(file))) }
      return
    }
    for file in files {
      let size = file.listed.size.map(ByteCount.text) ?? "-"
      let padding = String(repeating: " ", count: max(0, 7 - size.count))
      let place = (file.folder.map(\.name) ?? "-") + "/" + file.name
      StandardOutput.write("\(padding)\(size)  \(PlainText.sanitized(place))")
      for warning in file.listed.warnings { StandardError.write(warning.sentence) }
    }
    if files.contains(where: { $0.folder == nil }) {
      StandardError.write("Where the folder is -, the file's own header decides.")
    }
    StandardError.write("\(total) would be queued. Nothing was, because of --dry-run.")
  }

  private var total: String {
    let sizes = files.compactMap(\.listed.size)
    let count = files.count == 1 ? "1 file" : "\(files.count) files"
    guard !sizes.isEmpty else { return count }
    return "\(count), \(ByteCount.text(sizes.reduce(0, +)))\(sizes.count < files.count ? "+" : ""),"
  }

  private static func json(_ file: File) -> JSONValue {
    .object([
      "url": .string(file.listed.reference.canonicalURL), "name": .string(file.name),
      "folder": .optional(file.folder?.name), "bytes_total": .optional(file.listed.size),
      "tags": .array(file.tags.map(JSONValue.string)),
    ])
  }
}
