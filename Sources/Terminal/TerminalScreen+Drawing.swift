import CTerminal
import Interface

extension TerminalScreen {
  /// Shows a frame. Only what differs from the last one is written; nothing when nothing does.
  ///
  /// A frame of another size than the terminal's is clipped.
  public func present(_ frame: Frame, _ wanted: TerminalModes = TerminalModes()) {
    wantedModes = wanted
    apply(wanted)
    guard isDrawable else {
      // Shown when the screen comes back.
      shown = frame
      return
    }
    guard shown != frame else { return }
    if !pairs.hasRoom(for: size.columns * size.rows) {
      // Pictures take many pairs, and text must not lose its colours to those of pictures gone by.
      pairs.forget()
      shown = nil
    }
    let changes = FrameDifference(from: shown, to: frame, within: size).changes
    for change in changes { put(change) }
    shown = frame
    placeCursor(frame.cursor)
    refresh(changes: changes.count)
  }

  /// ncurses writes 2800 bytes at a time at the most. A smaller change comes to the terminal in one
  /// piece anyway, and is spared the 16 bytes.
  private static let changesInOnePiece = 500

  /// Writes to the terminal, and waits for as long as that takes.
  private func refresh(changes: Int) {
    let start = ContinuousClock.now
    let isBracketed = synchronizes && changes > Self.changesInOnePiece
    if isBracketed { winch_terminal_send(ControlSequence.updateBegin) }
    winch_terminal_refresh()
    if isBracketed { winch_terminal_send(ControlSequence.updateEnd) }
    if line.note((ContinuousClock.now - start) / .seconds(1)) { continuation.yield(.slowLine) }
  }

  private func put(_ change: FrameDifference.Change) {
    let scalars = change.cell.text.unicodeScalars.map(\.value)
    guard let first = scalars.first, winch_terminal_width(first) == change.width else {
      // The system's tables do not know the character, so ncurses could not place it.
      put([questionMark], change, at: change.column)
      if change.width == 2 { put([space], change, at: change.column + 1) }
      return
    }
    put(scalars, change, at: change.column)
  }

  private func put(_ scalars: [UInt32], _ change: FrameDifference.Change, at column: Int) {
    winch_terminal_put(
      Int32(column), Int32(change.row), scalars, Int32(scalars.count),
      change.cell.style.attributes, pairs.number(for: change.cell.style))
  }

  private func placeCursor(_ cursor: Position?) {
    guard let cursor, cursor.column < size.columns, cursor.row < size.rows else {
      return winch_terminal_set_cursor(-1, -1)
    }
    winch_terminal_set_cursor(Int32(cursor.column), Int32(cursor.row))
  }
}

private let questionMark: UInt32 = 0x3F
private let space: UInt32 = 0x20

extension Style {
  fileprivate var attributes: Int32 {
    var attributes: UInt32 = 0
    if isBold { attributes |= WINCH_BOLD.rawValue }
    if isDim { attributes |= WINCH_DIM.rawValue }
    if isUnderlined { attributes |= WINCH_UNDERLINE.rawValue }
    if isReversed { attributes |= WINCH_REVERSE.rawValue }
    return Int32(attributes)
  }
}
