import Downloads
import Foundation

/// The four fields that add downloads, and what their texts mean.
struct InputPane: Sendable {
  enum Field: Int, Sendable, CaseIterable {
    case links, tags, folder, metadata
  }

  let hosts: SourceHosts
  var focus = Field.links
  private(set) var links = TextField(isMultiline: true)
  private(set) var tags = TextField()
  private(set) var folder = TextField()
  private(set) var metadata = TextField(isMultiline: true)

  /// What each line of the links means.
  private(set) var linkLines: [LinkLine] = [.blank]
  private(set) var tagText = TagText("")
  private(set) var folderText = FolderText("")
  private(set) var metadataField = MetadataField("")
  /// The download that is being changed; forgotten when nothing is left of its text.
  private var replaced: UUID?
  private var knownLines: [String: LinkLine] = [:]
  /// What the sources have said of links, by their canonical URLs.
  private var looks: [String: LinkLook] = [:]

  init(hosts: SourceHosts, draft: Draft) {
    self.hosts = hosts
    self.draft = draft
  }

  /// What stands in the fields, without secrets.
  var draft: Draft {
    get {
      Draft(
        urls: LinkToken.removed(fromLinesOf: links.text).text, tags: tags.text,
        folder: folder.text, metadata: metadata.text, replaces: replaced)
    }
    set {
      replaced = newValue.replaces
      links.replace(with: newValue.urls)
      tags.replace(with: newValue.tags)
      folder.replace(with: newValue.folder)
      metadata.replace(with: newValue.metadata)
      for field in Field.allCases { read(field) }
    }
  }

  subscript(field: Field) -> TextField {
    get {
      switch field {
      case .links: links
      case .tags: tags
      case .folder: folder
      case .metadata: metadata
      }
    }
    set {
      let isChanged = newValue.characters != self[field].characters
      switch field {
      case .links: links = newValue
      case .tags: tags = newValue
      case .folder: folder = newValue
      case .metadata: metadata = newValue
      }
      if isChanged { read(field) }
    }
  }

  private mutating func read(_ field: Field) {
    switch field {
    case .links:
      linkLines = LinkLine.read(links.lines, hosts: hosts, known: &knownLines)
    case .tags: tagText = TagText(tags.text)
    case .folder: folderText = FolderText(folder.text)
    case .metadata: metadataField = MetadataField(metadata.text)
    }
    if draft.isEmpty { replaced = nil }
  }
}

extension InputPane {
  /// Puts pasted text where the cursor is; a link begins a line of its own.
  ///
  /// - Returns: whether a secret was taken out of a link.
  mutating func paste(_ text: String) -> Bool {
    guard focus == .links else {
      self[focus].insert(text)
      return false
    }
    let text = PastedText.lines(text, hosts: hosts).joined(separator: "\n")
    let (line, offset) = links.cursorPlace
    let isInsideText = offset > 0 && !links.lines[line].trimmingSpaces().isEmpty
    if isInsideText, text.trimmingSpaces().lowercased().hasPrefix("http") {
      self[.links].apply(.end)
      self[.links].insert("\n")
    }
    self[.links].insert(text)
    return removeTokens()
  }

  /// Takes secrets out of the links; true when there were any.
  mutating func removeTokens() -> Bool {
    let (text, hadToken) = LinkToken.removed(fromLinesOf: links.text)
    guard hadToken else { return false }
    let line = links.cursorPlace.line
    self[.links].replace(with: text)
    self[.links].moveCursor(toEndOfLine: line)
    return true
  }

  mutating func moveFocus(by step: Int) {
    let count = Field.allCases.count
    let next = (focus.rawValue + step + count) % count
    focus = Field(rawValue: next) ?? .links
  }

  /// Moves the cursor to the line above or below, into the next field at the edge of one.
  mutating func moveLine(by step: Int) {
    guard !self[focus].moveCursor(byLines: step) else { return }
    guard Field(rawValue: focus.rawValue + step) != nil else { return }
    moveFocus(by: step)
  }

  /// Takes what is proposed behind the text; false when nothing is.
  mutating func complete() -> Bool {
    guard let completion else { return false }
    self[focus].insert(completion)
    return true
  }

  /// What may follow the text of the field: the rest of a folder, and in an empty field what the
  /// links' sources say. Nil when there is nothing to propose, or the cursor is not at the end.
  var completion: String? {
    switch focus {
    case .folder where folder.text.isEmpty: proposedFolder
    case .folder where folder.isAtEnd: folderText.completion
    case .tags where tags.text.isEmpty: proposedTags
    default: nil
    }
  }

  /// The folder that the sources of all links agree on.
  private var proposedFolder: String? {
    let folders = Set(previews.flatMap(\.files).map { $0.folder?.folder.name })
    return folders.count == 1 ? folders.first ?? nil : nil
  }

  /// The base models that the links are made for, as tags.
  private var proposedTags: String? {
    let words = previews.compactMap(\.baseModel).map { name in
      name.lowercased().split { !($0.isLetter || $0.isNumber || $0 == ".") }.joined(separator: "-")
    }
    let tags = Set(words).filter(Tag.isValid).sorted()
    return tags.isEmpty ? nil : tags.joined(separator: ", ")
  }
}

extension InputPane {
  /// Where something is wrong, and what.
  struct Problem: Equatable {
    var field: Field
    var line: Int
    var message: String
  }

  /// What keeps single links from being queued, in their order.
  var linkProblems: [Problem] {
    linkLines.indices.compactMap { index in
      guard let remark = remark(onLine: index), remark.isProblem else { return nil }
      return Problem(field: .links, line: index, message: remark.text)
    }
  }

  /// What keeps everything from being queued, in the fields' order.
  var problems: [Problem] {
    var problems: [Problem] = []
    if let problem = tagText.problem {
      problems.append(Problem(field: .tags, line: 0, message: problem))
    }
    if let problem = folderText.problem {
      problems.append(Problem(field: .folder, line: 0, message: problem))
    }
    problems += metadataField.problems.map {
      Problem(field: .metadata, line: $0.line, message: $0.message)
    }
    return problems
  }

  /// One submission a file of the lines that are right; they hold canonical links, so no secret.
  ///
  /// - Parameter proposesFolders: whether a folder that a source tells of is sent along, for backends
  ///   that do not find it themselves.
  func submissions(proposingFolders proposesFolders: Bool = false) -> [Submission] {
    linkLines.flatMap { line in
      files(of: line).map { file in
        Submission(
          url: file.reference.canonicalURL, tags: tagText.tags,
          folder: folderText.folder ?? (proposesFolders ? file.folder?.folder : nil),
          userMetadata: metadataField.values)
      }
    }
  }

  /// The lines that `submissions` leaves out although something stands there.
  var keptLines: [String] {
    zip(linkLines, links.lines).compactMap { line, text in
      switch line {
      case .blank, .repeated: nil
      default: files(of: line).isEmpty ? text : nil
      }
    }
  }

  private func files(of line: LinkLine) -> [LinkPreview.File] {
    guard let reference = line.reference else { return [] }
    switch (looks[reference.canonicalURL], reference) {
    case (.found(let preview), _): return preview.files
    case (.refused, _): return []
    case (_, .file(let file)): return [LinkPreview.File(reference: file, name: "")]
    default: return []
    }
  }

  mutating func moveCursor(to problem: Problem) {
    focus = problem.field
    self[problem.field].moveCursor(toEndOfLine: problem.line)
  }
}

// MARK: - Looks at the links

extension InputPane {
  func remark(onLine index: Int) -> LinkRemark? {
    guard linkLines.indices.contains(index) else { return nil }
    let line = linkLines[index]
    return LinkRemark(line, line.reference.flatMap { looks[$0.canonicalURL] })
  }

  /// The links that nobody has been asked about; they count as asked from now on.
  mutating func takeUnasked() -> [PastedReference] {
    let unasked = linkLines.compactMap(\.reference).filter { looks[$0.canonicalURL] == nil }
    for reference in unasked { looks[reference.canonicalURL] = .asked }
    return unasked
  }

  mutating func take(_ look: LinkLook, of url: String) { looks[url] = look }

  /// What was found of the links that stand in the pane.
  fileprivate var previews: [LinkPreview] {
    linkLines.compactMap { line in
      guard case .found(let preview)? = line.reference.flatMap({ looks[$0.canonicalURL] }) else {
        return nil
      }
      return preview
    }
  }

  /// Bytes of all files that would be queued, as far as they are known.
  var knownBytes: Int64 {
    linkLines.flatMap(files).compactMap(\.size).reduce(0) { $0.addingReportingOverflow($1).0 }
  }

  /// Whether a page is still being looked at, so that nothing of it can be queued yet.
  var isLooking: Bool {
    linkLines.contains { line in
      guard case .page(let reference) = line else { return false }
      let look = looks[reference.canonicalURL]
      return look == nil || look == .asked
    }
  }
}
