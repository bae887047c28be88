import Downloads
import Foundation

/// The four fields that add downloads, and what their texts mean.
struct InputPane: Sendable {
  enum Field: Int, Sendable, CaseIterable {
    case links, tags, folder, metadata
  }

  var focus = Field.links { didSet { suggest() } }
  private(set) var links = TextField(isMultiline: true)
  private(set) var tags = TextField()
  private(set) var folder = TextField()
  private(set) var metadata = TextField(isMultiline: true)

  /// What each line of the links means and leads to.
  private(set) var linkList: LinkList
  private(set) var tagText = TagText("")
  private(set) var folderText = FolderText("")
  private(set) var metadataField = MetadataField("")
  /// What may follow what is being typed.
  private(set) var suggestions = Suggestions()
  /// How downloads of the list stand, by the canonical URLs of their links.
  var known: [String: DownloadStatus] = [:]
  /// The backend's tags, those most used first.
  private(set) var knownTags = KnownNames([])
  private var storedTags: [String] = []
  private var listedTags: [String] = []
  private(set) var knownFolders = KnownNames(Folder.known)
  /// Where a workflow looks for files, by their canonical URLs; forgotten with the text.
  var places: [String: Draft.Place] = [:]
  /// The download that is being changed; forgotten when nothing is left of its text.
  private var replaced: UUID?

  init(hosts: SourceHosts, draft: Draft) {
    linkList = LinkList(hosts: hosts)
    self.draft = draft
  }

  var hosts: SourceHosts { linkList.hosts }

  /// What stands in the fields, without secrets.
  var draft: Draft {
    get {
      Draft(
        links: linkList.cleanTexts, tags: tags.text, folder: folder.text, metadata: metadata.text,
        choices: linkList.usedChoices, places: usedPlaces, replaces: replaced)
    }
    set {
      replaced = newValue.replaces
      places = newValue.places
      links.replace(with: newValue.urls)
      tags.replace(with: newValue.tags)
      folder.replace(with: newValue.folder)
      metadata.replace(with: newValue.metadata)
      linkList.replace(with: links.lines, choices: newValue.choices)
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
      let isChanged = newValue.lines != self[field].lines
      switch field {
      case .links: links = newValue
      case .tags: tags = newValue
      case .folder: folder = newValue
      case .metadata: metadata = newValue
      }
      if isChanged { read(field) }
      suggest()
    }
  }

  private mutating func read(_ field: Field) {
    switch field {
    case .links: linkList.read(links.lines)
    case .tags: tagText = TagText(tags.text)
    case .folder: folderText = FolderText(folder.text)
    case .metadata: metadataField = MetadataField(metadata.text)
    }
    if isEmpty { (replaced, places) = (nil, [:]) }
  }

  /// Whether this takes the place of a failed or cancelled download.
  var isChange: Bool { replaced != nil }
  var isEmpty: Bool { Field.allCases.allSatisfy { self[$0].isEmpty } }
}

// MARK: - Editing

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
    var field = links
    let (line, offset) = (field.cursorPlace.line, field.cursorPlace.offset)
    let isInsideText = offset > 0 && !field.lines[line].trimmingSpaces().isEmpty
    if isInsideText, text.prefix(8).lowercased().hasPrefix("http") {
      field.apply(.end)
      field.insert("\n")
    }
    field.insert(text)
    self[.links] = field
    return removeTokens()
  }

  /// Takes secrets out of the links; true when there were any.
  mutating func removeTokens() -> Bool {
    guard linkList.texts != linkList.cleanTexts else { return false }
    var field = links
    let line = field.cursorPlace.line
    field.replace(with: linkList.cleanTexts.joined(separator: "\n"))
    field.moveCursor(toEndOfLine: line)
    self[.links] = field
    return true
  }

  mutating func moveFocus(by step: Int) {
    let count = Field.allCases.count
    let next = (focus.rawValue + step + count) % count
    focus = Field(rawValue: next) ?? .links
  }

  /// Moves the mark of the suggestions, else the cursor to the line above or below, into the next field
  /// at the edge of one.
  mutating func moveLine(by step: Int) {
    guard !suggestions.mark(by: step) else { return }
    guard !self[focus].moveCursor(byLines: step) else { return }
    guard Field(rawValue: focus.rawValue + step) != nil else { return }
    moveFocus(by: step)
  }
}

// MARK: - Links

extension InputPane {
  /// What is known of a line; first where a workflow looks for its file, while no folder is typed.
  func remark(onLine index: Int) -> LinkRemark? {
    let remark = linkList.remark(onLine: index, known: known)
    guard folder.isEmpty, remark?.isProblem != true,
      let source = linkList.source(ofLine: index),
      let folder = places[source.reference.canonicalURL]?.folder
    else { return remark }
    let place = "Into \(folder), where the workflow looks"
    return LinkRemark(text: [place, remark?.text].compactMap(\.self).joined(separator: ". "))
  }

  /// The places of the links that stand here.
  private var usedPlaces: [String: Draft.Place] {
    guard !places.isEmpty else { return [:] }
    let urls = Set(linkList.used.map(\.reference.canonicalURL))
    return places.filter { urls.contains($0.key) }
  }

  /// The link that the cursor stands on.
  var currentSource: LinkSource? { linkList.source(ofLine: links.cursorPlace.line) }

  mutating func takeUnasked() -> [PastedReference] { linkList.takeUnasked() }

  mutating func take(_ look: LinkLook, of url: String) { linkList.take(look, of: url) }

  mutating func choose(_ files: [String]?, of url: String) { linkList.choose(files, of: url) }

  mutating func forgetUnknownPages() { linkList.forgetUnknownPages() }
}

// MARK: - Suggestions

extension InputPane {
  /// What may follow the text of the field: the rest of a known name, and in an empty field what the
  /// links' sources say. Nil when there is nothing to propose, or the cursor is not at the end.
  var completion: String? {
    switch focus {
    case .folder where folder.text.isEmpty: proposedFolder
    case .tags where tags.text.isEmpty: proposedTags
    case .folder, .tags: self[focus].isAtEnd ? suggestions.rest : nil
    default: nil
    }
  }

  /// Takes what is proposed behind the text; false when nothing is.
  mutating func complete() -> Bool {
    if takeSuggestion() { return true }
    guard self[focus].isEmpty, let completion else { return false }
    self[focus].insert(completion)
    return true
  }

  /// Puts the best or the marked suggestion in the place of the word; false when there is none.
  mutating func takeSuggestion() -> Bool {
    guard let taken = suggestions.taken, !suggestions.word.isEmpty else { return false }
    var field = self[focus]
    for _ in suggestions.word { field.apply(.backspace) }
    field.insert(taken)
    self[focus] = field
    suggestions = Suggestions()
    return true
  }

  /// Takes the names that the backend knows.
  mutating func learn(_ names: BackendNames) {
    storedTags = names.tags
    knowTags()
    knownFolders = KnownNames(Folder.known + names.folders.filter { Folder($0)?.name == $0 })
    suggest()
  }

  /// Takes the tags of what is in the list: the backend does not know those of files to come.
  mutating func learn(tagsOfDownloads tags: [String]) {
    guard tags != listedTags else { return }
    listedTags = tags
    knowTags()
    suggest()
  }

  /// Tags that only say where a file belongs are none to type.
  private mutating func knowTags() {
    knownTags = KnownNames(
      (storedTags + listedTags).filter {
        Tag.isValid($0) && !$0.contains(" ") && !Folder.isPlacement(tag: $0)
      })
  }

  mutating func unmarkSuggestion() { suggestions.unmark() }

  private mutating func suggest() {
    switch focus {
    case .tags:
      let word = TagText.word(in: tags)
      suggestions = Suggestions(
        for: word, among: knownTags, without: Set(tagText.tags).subtracting([word]))
    case .folder:
      suggestions = Suggestions(for: folder.isAtEnd ? folder.text : "", among: knownFolders)
    case .links, .metadata: suggestions = Suggestions()
    }
  }

  /// The folder that the sources of all links agree on.
  private var proposedFolder: String? {
    let folders = Set(linkList.used.flatMap(\.files).map { $0.folder?.folder.name })
    return folders.count == 1 ? folders.first ?? nil : nil
  }

  /// The base models that the links are made for, as tags.
  private var proposedTags: String? {
    let words = linkList.used.compactMap { $0.preview?.baseModel }.map { name in
      name.lowercased().split { !($0.isLetter || $0.isNumber || $0 == ".") }.joined(separator: "-")
    }
    let tags = Set(words).filter(Tag.isValid).sorted()
    return tags.isEmpty ? nil : tags.joined(separator: ", ")
  }
}
