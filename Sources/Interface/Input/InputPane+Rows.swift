import Downloads

extension InputPane {
  /// One row of the pane as it is drawn.
  enum Row: Equatable {
    case label(Field)
    case text(Field, line: Int, String)
    case problem(String)
    case note(String)
    case suggestion(String, isMarked: Bool)
    case blank

    /// Whether it says something of the line above it.
    var isRemark: Bool {
      switch self {
      case .problem, .note, .suggestion: true
      case .label, .text, .blank: false
      }
    }
  }

  /// A line of a field.
  struct LinePlace: Equatable {
    var field: Field
    var line: Int
  }

  /// The line being edited.
  var editedPlace: LinePlace { LinePlace(field: focus, line: self[focus].cursorPlace.line) }

  /// The line that is drawn above a line; nil above the first.
  func place(before place: LinePlace) -> LinePlace? {
    if place.line > 0 { return LinePlace(field: place.field, line: place.line - 1) }
    guard let field = Field(rawValue: place.field.rawValue - 1) else { return nil }
    return LinePlace(field: field, line: self[field].lines.count - 1)
  }

  /// The line that is drawn below a line; nil below the last.
  func place(after place: LinePlace) -> LinePlace? {
    if place.line + 1 < self[place.field].lines.count {
      return LinePlace(field: place.field, line: place.line + 1)
    }
    return Field(rawValue: place.field.rawValue + 1).map { LinePlace(field: $0, line: 0) }
  }

  /// What stands above the first line of a field.
  func heading(of place: LinePlace) -> [Row] {
    guard place.line == 0 else { return [] }
    return place.field == .links ? [.label(.links)] : [.blank, .label(place.field)]
  }

  /// A line, what is wrong with it right below.
  func rows(of place: LinePlace) -> [Row] {
    let text = self[place.field].lines[place.line]
    let shown = place.field == .links ? LinkToken.masked(text) : text
    return [.text(place.field, line: place.line, shown)] + remarks(on: place, text)
  }

  private func remarks(on place: LinePlace, _ text: String) -> [Row] {
    switch place.field {
    case .links:
      guard place != editedPlace || !isUnfinished(text), let remark = remark(onLine: place.line)
      else { return [] }
      return [remark.isProblem ? .problem(remark.text) : .note(remark.text)]
    case .tags: return (tagText.problem.map { [.problem($0)] } ?? []) + suggestionRows(in: .tags)
    case .folder:
      return (folderText.problem.map { [.problem($0)] } ?? []) + suggestionRows(in: .folder)
    case .metadata:
      return metadataField.problems.filter { $0.line == place.line }.map { .problem($0.message) }
    }
  }

  /// A link of which only the scheme is typed is not called wrong before it can be right.
  private func isUnfinished(_ line: String) -> Bool {
    let text = line.trimmingSpaces().lowercased()
    return ["https://", "http://"].contains { $0.hasPrefix(text) }
  }

  private func suggestionRows(in field: Field) -> [Row] {
    guard focus == field else { return [] }
    return suggestions.names.enumerated().map {
      .suggestion($1, isMarked: $0 == suggestions.marked)
    }
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
