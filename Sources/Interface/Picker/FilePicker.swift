import Downloads

/// The files behind one link, to choose from.
struct FilePicker: Sendable {
  /// One line of the list.
  enum Row: Sendable, Equatable {
    /// Stands above the files of a version.
    case heading(String)
    /// A place in `files`.
    case file(Int)
  }

  /// The canonical URL of the link.
  let url: String
  let preview: LinkPreview
  let columns: FilePickerColumns
  private(set) var chosen: Set<Int>
  /// The rows that match the filter.
  private(set) var rows: [Row] = []
  /// The row under the cursor: always that of a file, nil when nothing matches.
  private(set) var row: Int?
  /// First row on the screen.
  private(set) var offset = 0
  /// The words or the pattern that the files shown match.
  private(set) var filter = ""

  /// Begins with what was chosen before, else with what the link means.
  init?(_ source: LinkSource) {
    guard let preview = source.preview, !preview.files.isEmpty else { return nil }
    url = source.reference.canonicalURL
    self.preview = preview
    columns = FilePickerColumns(preview.files)
    let urls = Set(source.files.map(\.reference.canonicalURL))
    chosen = Set(
      preview.files.indices.filter { urls.contains(preview.files[$0].reference.canonicalURL) })
    narrow()
    row = rows.indices.first { isChosen(rows[$0]) } ?? rows.indices.first { isFile(rows[$0]) }
  }

  var files: [LinkPreview.File] { preview.files }

  var current: LinkPreview.File? {
    row.flatMap(file)
  }

  var chosenFiles: [LinkPreview.File] { chosen.sorted().map { files[$0] } }

  func isChosen(_ place: Int) -> Bool { chosen.contains(place) }

  /// What Enter takes: the files that are chosen, else the one under the cursor; canonical URLs in the
  /// order of the source.
  var taken: [String] {
    let files = chosen.isEmpty ? [current].compactMap(\.self) : chosenFiles
    return files.map(\.reference.canonicalURL)
  }
}

// MARK: - Choosing

extension FilePicker {
  /// Chooses the file under the cursor or gives it up, and goes to the next.
  mutating func toggle(page: Int) {
    guard let row, case .file(let place) = rows[row] else { return }
    if chosen.remove(place) == nil { chosen.insert(place) }
    move(.lineDown, page: page)
  }

  /// Chooses all files that match, or gives them up when they are all chosen.
  mutating func toggleAll() {
    let visible = visibleFiles
    if visible.allSatisfy(chosen.contains) {
      chosen.subtract(visible)
    } else {
      chosen.formUnion(visible)
    }
  }

  mutating func invert() { chosen.formSymmetricDifference(visibleFiles) }

  private var visibleFiles: [Int] {
    rows.compactMap { row in
      if case .file(let place) = row { place } else { nil }
    }
  }
}

// MARK: - Moving and narrowing

extension FilePicker {
  /// Moves the cursor, past headings.
  mutating func move(_ movement: Movement, page: Int) {
    guard let row else { return }
    let target = movement.applied(to: row, count: rows.count, page: page)
    let isUpward = target < row || (target == row && target > 0 && !isFile(rows[target]))
    let before = rows[...target].lastIndex(where: isFile)
    let after = rows[target...].firstIndex(where: isFile)
    self.row = (isUpward ? before ?? after : after ?? before) ?? row
    scroll(page: page)
  }

  /// Moves the rows shown so that the cursor is among them, with the heading above it if it can be.
  mutating func scroll(page: Int) {
    let page = max(1, page)
    let row = row ?? 0
    let top = row > 0 && !isFile(rows[row - 1]) && page > 1 ? row - 1 : row
    offset = max(min(offset, top), row - page + 1)
    offset = max(0, min(offset, rows.count - page))
  }

  /// Shows the files that match words or a pattern.
  mutating func narrow(to text: String) {
    let current = current
    filter = text
    narrow()
    row = rows.indices.first { file(at: $0) == current } ?? rows.firstIndex(where: isFile)
  }

  private mutating func narrow() {
    let match = FileMatch(filter)
    var heading: String?
    rows = []
    for (place, file) in files.enumerated() where match.matches(file) {
      if let group = file.group, group != heading { rows.append(.heading(group)) }
      heading = file.group
      rows.append(.file(place))
    }
  }

  private func file(at row: Int) -> LinkPreview.File? {
    guard case .file(let place) = rows[row] else { return nil }
    return files[place]
  }

  private func isFile(_ row: Row) -> Bool {
    if case .file = row { true } else { false }
  }

  private func isChosen(_ row: Row) -> Bool {
    if case .file(let place) = row { chosen.contains(place) } else { false }
  }
}
