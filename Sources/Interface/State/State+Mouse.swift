/// What a click or the wheel does.
extension State {
  private static let linesPerWheelStep = 3

  mutating func point(_ mouse: MouseEvent) -> [Command] {
    switch mouse.kind {
    case .wheelUp: for _ in 0..<Self.linesPerWheelStep { move(.lineUp) }
    case .wheelDown: for _ in 0..<Self.linesPerWheelStep { move(.lineDown) }
    case .left: return click(mouse.position)
    case .middle, .right: break
    }
    return []
  }

  /// A header sorts, a row gets the cursor, and the row under the cursor is opened.
  private mutating func click(_ position: Position) -> [Command] {
    guard Level.tables.contains(level), confirmation == nil else { return [] }
    switch TableView(state: self).hit(position) {
    case .title(let column)?: return sort(by: column)
    case .row(let row)?:
      if row == list.selectedRow { return isLibrary ? openAsset() : openDetails() }
      list.select(row: row)
      return []
    case nil: return []
    }
  }

  mutating func toggleMouse() -> [Command] {
    settings.hasMouse.toggle()
    say(
      .notice(
        settings.hasMouse
          ? "Clicks and the wheel work; text is selected with Shift held."
          : "The mouse selects text."))
    return [.saveSettings(settings)]
  }

  var whyNotMouse: String? {
    capabilities.hasMouse ? nil : "This terminal does not tell of clicks."
  }

  /// What the terminal is asked for beside the picture.
  public var modes: TerminalModes {
    TerminalModes(hasMouse: settings.hasMouse && capabilities.hasMouse, title: title)
  }

  /// `winch: 3 active, 42%`; whole percents, so that it changes seldom.
  private var title: String {
    let counts = downloadList.counts
    guard counts.unended > 0 else {
      return counts.failed > 0 ? "winch: \(counts.failed) failed" : "winch"
    }
    let percent = counts.percent.map { ", \($0)%" } ?? ""
    return "winch: \(counts.unended) to come\(percent)"
  }
}
