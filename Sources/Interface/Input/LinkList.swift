import Downloads

/// The lines of the links and what each leads to.
///
/// Only lines that changed are read, equal links share one source, and what is kept for a line is a
/// number, so that a key costs little however many lines there are.
struct LinkList: Sendable {
  enum Meaning: Sendable, Equatable {
    case blank
    case wrong
    /// The place in `sources` of what it leads to.
    case source(Int)
  }

  let hosts: SourceHosts
  private(set) var texts: [String] = []
  /// The texts without secrets.
  private(set) var cleanTexts: [String] = []
  private(set) var meanings: [Meaning] = []
  private(set) var sources: [LinkSource] = []
  /// What would be queued, all lines together.
  private(set) var totals = LinkTotals()
  /// What is queued of each source.
  private var sourceTotals: [LinkTotals] = []
  /// The first line that leads to each source; nil when none does any more.
  private var firstLines: [Int?] = []
  /// Places in `sources` by canonical URLs.
  private var places: [String: Int] = [:]
  /// What was chosen, by canonical URLs.
  private var choices: [String: [String]] = [:]

  /// Links whose sources are asked, a few at a time; a longer list is queued without a look.
  static let mostLooks = 200

  init(hosts: SourceHosts) {
    self.hosts = hosts
    read([""])
  }

  /// Reads the lines as they stand now.
  mutating func read(_ new: [String]) {
    if new == [""] { forgetSources() }
    let start = zip(texts, new).prefix(while: ==).count
    let room = min(texts.count, new.count) - start
    let end = zip(texts.reversed(), new.reversed()).prefix(room).prefix(while: ==).count
    let changed = start..<(texts.count - end)
    let lines = new[start..<(new.count - end)]
    meanings.replaceSubrange(changed, with: lines.map { meaning(of: $0) })
    cleanTexts.replaceSubrange(changed, with: lines.map { LinkToken.removed(from: $0).link })
    texts = new
    count()
  }

  /// Takes other lines with what was chosen of them; what the sources have said stays known.
  mutating func replace(with lines: [String], choices: [String: [String]]) {
    self.choices = choices
    for place in sources.indices {
      change(place) { $0.choice = choices[$0.reference.canonicalURL] }
    }
    read(lines)
  }

  private mutating func meaning(of text: String) -> Meaning {
    switch LinkLine(text, hosts: hosts) {
    case .blank: .blank
    case .wrong: .wrong
    case .link(let reference): .source(place(of: reference))
    }
  }

  private mutating func place(of reference: PastedReference) -> Int {
    let url = reference.canonicalURL
    if let place = places[url] { return place }
    let source = LinkSource(reference, choice: choices[url], hosts: hosts)
    places[url] = sources.count
    sources.append(source)
    sourceTotals.append(LinkTotals(source.files))
    firstLines.append(nil)
    return sources.count - 1
  }

  private mutating func change(_ place: Int, _ change: (inout LinkSource) -> Void) {
    change(&sources[place])
    sourceTotals[place] = LinkTotals(sources[place].files)
  }

  /// What was typed on the way to a link is not kept for ever.
  private mutating func forgetSources() {
    texts = []
    cleanTexts = []
    meanings = []
    sources = []
    sourceTotals = []
    firstLines = []
    places = [:]
  }

  private mutating func count() {
    totals = LinkTotals()
    for place in firstLines.indices { firstLines[place] = nil }
    for (line, meaning) in meanings.enumerated() {
      guard case .source(let place) = meaning, firstLines[place] == nil else { continue }
      firstLines[place] = line
      totals += sourceTotals[place]
    }
  }
}

// MARK: - What the lines lead to

extension LinkList {
  /// The place of what a line leads to, unless an earlier line leads there too.
  private func place(ofLine line: Int) -> Int? {
    guard meanings.indices.contains(line), case .source(let place) = meanings[line],
      firstLines[place] == line
    else { return nil }
    return place
  }

  /// What a line leads to, unless an earlier line leads there too.
  func source(ofLine line: Int) -> LinkSource? { place(ofLine: line).map { sources[$0] } }

  /// The earlier line that leads to the same as this one.
  func original(ofLine line: Int) -> Int? {
    guard meanings.indices.contains(line), case .source(let place) = meanings[line],
      let first = firstLines[place], first != line
    else { return nil }
    return first
  }

  /// What the lines lead to, each once, in the order of the lines.
  var used: [LinkSource] { meanings.indices.compactMap(source) }

  /// What was chosen of the links that stand here.
  var usedChoices: [String: [String]] {
    choices.filter { url, _ in places[url].map { firstLines[$0] != nil } ?? false }
  }
}

// MARK: - Looks and choices

extension LinkList {
  /// The references that nobody has been asked about; they count as asked from now on.
  mutating func takeUnasked() -> [PastedReference] {
    var unasked: [PastedReference] = []
    var looks = 0
    for line in meanings.indices where looks < Self.mostLooks {
      guard let place = place(ofLine: line) else { continue }
      looks += 1
      guard sources[place].look == nil else { continue }
      sources[place].look = .asked
      unasked.append(sources[place].reference)
    }
    return unasked
  }

  /// Forgets that nothing could be learnt of pages, so that they are asked about again.
  mutating func forgetUnknownPages() {
    for place in sources.indices where sources[place].reference.isPage {
      if case .unknown? = sources[place].look { sources[place].look = nil }
    }
  }

  mutating func take(_ look: LinkLook, of url: String) {
    guard let place = places[url] else { return }
    change(place) { $0.look = look }
    count()
  }

  /// Chooses files by their canonical URLs; nil goes back to what the link means.
  mutating func choose(_ files: [String]?, of url: String) {
    choices[url] = files
    guard let place = places[url] else { return }
    change(place) { $0.choice = files }
    count()
  }
}
