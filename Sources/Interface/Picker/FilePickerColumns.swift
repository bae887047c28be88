import Downloads

/// What stands in front of a file's path: its size, format and, where one of the files has one, its
/// folder, in columns as wide as they need to be.
struct FilePickerColumns: Sendable {
  private(set) var widths: [Int]

  /// Columns of the longest format or folder that is shown.
  private static let widest = 24
  /// Columns of a screen that has room for more than the size.
  private static let wideScreen = 72

  init(_ files: [LinkPreview.File]) {
    widths = files.reduce(into: [0, 0, 0]) { widths, file in
      for (column, text) in Self.texts(of: file).enumerated() {
        widths[column] = max(widths[column], min(Self.widest, TextWidth.columns(of: text)))
      }
    }
    if files.allSatisfy({ $0.folder == nil }) { widths.removeLast() }
  }

  /// As many of the columns as a screen of so many columns has room for.
  func fitting(_ width: Int) -> FilePickerColumns {
    guard width < Self.wideScreen else { return self }
    var columns = self
    columns.widths = Array(widths.prefix(1))
    return columns
  }

  func texts(of file: LinkPreview.File) -> [String] {
    Array(Self.texts(of: file).prefix(widths.count))
  }

  private static func texts(of file: LinkPreview.File) -> [String] {
    let size = file.size.map(ByteCount.text) ?? "-"
    return [
      String(repeating: " ", count: max(0, 6 - size.count)) + size,
      [file.format.word, file.variant].compactMap(\.self).joined(separator: " "),
      file.folder?.folder.name ?? "-",
    ]
  }
}
