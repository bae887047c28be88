import Downloads

/// How far files have come, as lines that a terminal draws over: one for each that has not ended, one
/// for all.
public struct ProgressPicture {
  private let room: Size
  private let medium: LineMedium

  /// - Parameters:
  ///   - size: the terminal's.
  ///   - medium: what the lines are written to.
  public init(size: Size, medium: LineMedium) {
    // A line that fills the last column would wrap in some terminals.
    room = Size(columns: size.columns - 1, rows: size.rows - 1)
    self.medium = medium
  }

  /// No more than the terminal has, and one free below.
  public func lines(_ progress: BatchProgress) -> [StyledLine] {
    guard room.columns > 0 else { return [] }
    guard !progress.hasUnknownFiles else {
      let word = TextWidth.clipped(progress.verb, to: room.columns, mark: medium.glyphs.ellipsis)
      return room.rows > 0 ? [StyledLine(word, medium.styles.title)] : []
    }
    let isAlone = progress.filesTotal == 1
    let rows = progress.items.prefix(max(0, isAlone ? room.rows : room.rows - 1)).map(Row.init)
    let all = rows + (isAlone && !rows.isEmpty ? [] : [Row(progress)])
    let columns = Columns(all, width: room.columns, medium)
    return all.prefix(room.rows).map { columns.line($0) }
  }

  /// What a line tells.
  struct Row {
    let name: String
    let isTotal: Bool
    let word: String?
    let reason: String?
    let fraction: Double?
    let bytes: Int64
    let amount: String
    let speed: Int64?
    let secondsLeft: Int64?

    init(_ item: BatchProgress.Item) {
      name = item.name
      isTotal = false
      word = item.word
      reason = item.reason
      fraction = item.fraction
      bytes = item.bytes
      amount =
        item.bytesTotal.map { ByteCount.text(item.bytes, of: $0) } ?? ByteCount.text(item.bytes)
      speed = item.bytesPerSecond
      secondsLeft = item.secondsLeft
    }

    init(_ progress: BatchProgress) {
      name = progress.count
      isTotal = true
      word = nil
      reason = nil
      fraction = progress.fraction
      bytes = progress.bytes
      amount = progress.amount
      speed = progress.files < progress.filesTotal ? progress.bytesPerSecond : nil
      secondsLeft = progress.secondsLeft
    }
  }

  /// The room that each part of a line has; those to the right are left out first.
  struct Columns {
    private let name: Int
    private let bar: Int
    private let figures: [Figure]
    private let width: Int
    private let medium: LineMedium

    enum Figure: CaseIterable {
      case percent, speed, left, amount

      var width: Int {
        switch self {
        case .percent: 4
        case .speed: 10
        case .left: 6
        case .amount: 12
        }
      }
    }

    private static let gap = 2
    private static let leastName = 12
    private static let bars = 8...30

    init(_ rows: [Row], width: Int, _ medium: LineMedium) {
      self.medium = medium
      self.width = width
      let longest = rows.map { TextWidth.columns(of: medium.shown($0.name)) }.max() ?? 0
      var figures = Figure.allCases
      func free() -> Int { width - figures.reduce(0) { $0 + $1.width + Self.gap } }
      let least = Self.leastName + Self.gap + Self.bars.lowerBound
      while figures.count > 1, free() < least { figures.removeLast() }
      self.figures = figures
      guard free() >= least else {
        // Name and percent alone, as far as there is room.
        bar = 0
        name = max(1, free())
        return
      }
      let name = min(longest, max(Self.leastName, free() - Self.gap - 16))
      self.name = name
      bar = max(
        Self.bars.lowerBound, min(Self.bars.upperBound, free() - Self.gap - name))
    }

    func line(_ row: Row) -> StyledLine {
      let mark = medium.glyphs.ellipsis
      let name = FileNameText.shortened(medium.shown(row.name), to: self.name, mark: mark)
      var line = StyledLine(
        name + spaces(self.name - TextWidth.columns(of: name)),
        row.isTotal ? medium.styles.title : .standard)
      if bar > 0, let reason = row.reason {
        return withReason(reason, row, after: line)
      }
      if bar > 0 {
        line.append(spaces(Self.gap))
        line.append(barText(row), medium.styles.active)
      }
      for figure in figures {
        let text = TextWidth.clipped(text(figure, row), to: figure.width, mark: mark)
        line.append(spaces(Self.gap + figure.width - TextWidth.columns(of: text)) + text)
      }
      return line
    }

    /// What keeps the file stands where its bar does not move and its figures are none.
    private func withReason(_ reason: String, _ row: Row, after name: StyledLine) -> StyledLine {
      var line = name
      let percent = row.bytes > 0 ? row.fraction.map { "\(Int($0 * 100))%  " } ?? "" : ""
      let text = TextWidth.clipped(
        percent + medium.shown(PlainText.sanitized(reason)),
        to: max(0, width - name.columns - Self.gap), mark: medium.glyphs.ellipsis)
      line.append(spaces(Self.gap) + text, medium.styles.faint)
      return line
    }

    private func barText(_ row: Row) -> String {
      let bar = ProgressBar(width: bar, isUnicode: medium.isUnicode)
      guard let fraction = row.fraction ?? (row.bytes > 0 ? nil : 0) else {
        return bar.text(movingWith: row.bytes)
      }
      return bar.text(fraction: fraction)
    }

    private func text(_ figure: Figure, _ row: Row) -> String {
      let unknown = medium.glyphs.unknown
      return switch figure {
      case .percent: row.fraction.map { "\(Int($0 * 100))%" } ?? unknown
      case .speed: row.word ?? row.speed.map(ByteCount.speedText) ?? unknown
      case .left: row.secondsLeft.map(DurationText.text) ?? (row.word == nil ? unknown : "")
      case .amount: row.amount
      }
    }

    private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
  }
}
