import Downloads

/// The first line: the backend and how it is, then counts, speed and room on the disk.
struct HeaderView {
  let state: State

  func draw(into frame: inout Frame) {
    guard let row = state.layout.header else { return }
    let width = frame.size.columns
    var column = 0
    if width >= 30 {
      column = frame.write("Winch", column: 0, row: row, style: state.theme.title) + 2
    }
    column += drawBackend(into: &frame, column: column, row: row)
    let facts = fitting(width - column - 2)
    var position = width - Self.width(of: facts)
    for fact in facts {
      position += frame.write(fact.text, column: position, row: row, style: fact.style) + 2
    }
  }

  private func drawBackend(into frame: inout Frame, column: Int, row: Int) -> Int {
    let (mark, word, style) = health
    let room = max(12, frame.size.columns / 3)
    let name = TextWidth.clipped(
      state.backend.name, to: room - 2, mark: state.glyphs.ellipsis)
    var written = frame.write(mark, column: column, row: row, style: style) + 1
    written += frame.write(name, column: column + written, row: row)
    guard !word.isEmpty, frame.size.columns >= 40 else { return written }
    written += 1
    return written + frame.write(word, column: column + written, row: row, style: style)
  }

  private var health: (mark: String, word: String, style: Style) {
    switch state.backend.connection {
    case .online: (state.glyphs.online, "", state.theme.good)
    case .connecting: (state.glyphs.offline, "connecting", state.theme.warning)
    case .offline: (state.glyphs.offline, "offline", state.theme.bad)
    case .refused: (state.glyphs.offline, "refused", state.theme.bad)
    }
  }

  struct Fact {
    var text: String
    var style: Style
    /// The lowest go first when there is no room.
    var importance: Int
  }

  /// Hosts that asked to be left alone, and for how long yet.
  private var waitingFacts: [Fact] {
    state.backend.waitingHosts.prefix(2).map { host in
      let seconds = Int64(max(0, min(host.until.timeIntervalSince(state.now), 1e6)))
      let name = TextWidth.clipped(host.host, to: 24, mark: state.glyphs.ellipsis)
      return Fact(
        text: "\(name) waits \(DurationText.text(seconds: seconds))", style: state.theme.warning,
        importance: 7)
    }
  }

  private var facts: [Fact] {
    guard !state.isLibrary else { return screenFacts + libraryFacts + spaceFacts }
    return screenFacts + waitingFacts + countFacts + speedFacts + spaceFacts
  }

  /// What the user has done to the screen, and should not forget.
  private var screenFacts: [Fact] {
    var facts: [Fact] = []
    if state.isFrozen {
      facts.append(Fact(text: "frozen", style: state.theme.warning, importance: 10))
    }
    let marks = state.list.markCount
    // The library says how large they are, too.
    if marks > 0, !state.isLibrary {
      let text = "\(marks) marked"
      facts.append(Fact(text: text, style: state.theme.title, importance: 10))
    }
    return facts
  }

  private var countFacts: [Fact] {
    let counts = state.downloadList.counts
    let theme = state.theme
    var facts = [Fact(text: "\(counts.active) active", style: theme.plain, importance: 9)]
    if counts.queued > 0 {
      facts.append(Fact(text: "\(counts.queued) queued", style: theme.plain, importance: 4))
    }
    if counts.paused > 0 {
      facts.append(Fact(text: "\(counts.paused) paused", style: theme.plain, importance: 4))
    }
    if counts.done > 0 {
      facts.append(Fact(text: "\(counts.done) done", style: theme.plain, importance: 3))
    }
    if counts.failed > 0 {
      facts.append(Fact(text: "\(counts.failed) failed", style: theme.bad, importance: 8))
    }
    return facts
  }

  private var speedFacts: [Fact] {
    let counts = state.downloadList.counts
    var facts: [Fact] = []
    let graph = Sparkline.text(state.speeds.speeds, isUnicode: state.capabilities.isUnicode)
    if !graph.isEmpty, !state.isLowBandwidth {
      facts.append(Fact(text: graph, style: state.theme.faint, importance: 1))
    }
    if let limit = state.backend.limit {
      let text = "at most \(ByteCount.speedText(limit))"
      facts.append(Fact(text: text, style: state.theme.warning, importance: 6))
    }
    guard counts.bytesPerSecond > 0 else { return facts }
    let speed = ByteCount.speedText(counts.bytesPerSecond)
    facts.append(Fact(text: speed, style: state.theme.active, importance: 7))
    if let seconds = counts.secondsLeft {
      let atLeast = counts.unsized > 0 ? ">" : ""
      let left = "\(atLeast)\(DurationText.text(seconds: seconds)) left"
      facts.append(Fact(text: left, style: state.theme.plain, importance: 6))
    }
    return facts
  }

  /// Bytes to come against the room there is for them.
  private var spaceFacts: [Fact] {
    let toCome = state.downloadList.counts.bytesToCome
    var facts: [Fact] = []
    if toCome > 0 {
      let text = "\(ByteCount.text(toCome)) to come"
      facts.append(Fact(text: text, style: state.theme.plain, importance: 2))
    }
    if let free = state.backend.freeBytes {
      let isShort = free < toCome
      facts.append(
        Fact(
          text: "\(isShort ? "only " : "")\(ByteCount.text(free)) free",
          style: isShort ? state.theme.bad : state.theme.plain, importance: isShort ? 8 : 5))
    }
    return facts
  }

  private func fitting(_ width: Int) -> [Fact] {
    var facts = facts
    while Self.width(of: facts) > width,
      let least = facts.indices.min(by: { facts[$0].importance < facts[$1].importance })
    {
      facts.remove(at: least)
    }
    return facts
  }

  private static func width(of facts: [Fact]) -> Int {
    facts.reduce(-2) { $0 + TextWidth.columns(of: $1.text) + 2 }
  }
}
