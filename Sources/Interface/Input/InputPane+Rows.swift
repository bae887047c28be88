import Downloads

extension InputPane {
  /// One row of the pane as it is drawn.
  enum Row: Equatable {
    case label(Field)
    case text(Field, line: Int, String)
    case problem(String)
    case note(String)
    case blank
  }

  /// The fields from top to bottom, what is wrong with a line right below it.
  var rows: [Row] {
    var rows: [Row] = []
    let typedLine = focus == .links ? links.cursorPlace.line : nil
    for field in Field.allCases {
      if field != .links { rows.append(.blank) }
      rows.append(.label(field))
      for (line, text) in self[field].lines.enumerated() {
        rows.append(.text(field, line: line, field == .links ? LinkToken.masked(text) : text))
        if field == .links, line == typedLine, isUnfinished(text) { continue }
        rows += remarks(on: field, line: line)
      }
    }
    return rows
  }

  private func remarks(on field: Field, line: Int) -> [Row] {
    switch field {
    case .links:
      guard let remark = remark(onLine: line) else { return [] }
      return [remark.isProblem ? .problem(remark.text) : .note(remark.text)]
    case .tags: return tagText.problem.map { [.problem($0)] } ?? []
    case .folder: return folderRemarks
    case .metadata:
      return metadataField.problems.filter { $0.line == line }.map { .problem($0.message) }
    }
  }

  /// A link of which only the scheme is typed is not called wrong before it can be right.
  private func isUnfinished(_ line: String) -> Bool {
    let text = line.trimmingSpaces().lowercased()
    return ["https://", "http://"].contains { $0.hasPrefix(text) }
  }

  private var folderRemarks: [Row] {
    if let problem = folderText.problem { return [.problem(problem)] }
    guard focus == .folder, !folderText.suggestions.isEmpty else { return [] }
    return [.note(folderText.suggestions.prefix(6).joined(separator: " "))]
  }
}

extension InputPane.Field {
  var label: String {
    switch self {
    case .links: "Links"
    case .tags: "Tags"
    case .folder: "Folder"
    case .metadata: "Metadata"
    }
  }

  var hint: String {
    switch self {
    case .links: "one a line"
    case .tags: "separated by commas or spaces"
    case .folder: "empty: the tags decide, or the site"
    case .metadata: "key=value lines, or a JSON object"
    }
  }
}
