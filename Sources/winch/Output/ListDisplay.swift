import Dispatch
import Foundation
import Interface
import Synchronization

/// A list on standard output that is drawn over as it changes, and stays when the command ends.
final class ListDisplay: LiveDisplay {
  typealias Picture = @Sendable (Size, LineMedium) -> [StyledLine]

  private struct Content {
    var live = LiveLines()
    var picture: Picture?
    var hasEnded = false
  }

  private let settings: Settings
  private let terminal = OutputTerminal.output
  private let content = Mutex(Content())

  /// - Returns: nil where lines cannot be drawn over.
  init?(_ settings: Settings) {
    guard OutputTerminal.output.canRedraw else { return nil }
    self.settings = settings
  }

  /// Draws it at once, and anew for another size of the terminal. Call it at most once a
  /// `ProgressDisplay.interval`.
  func show(_ picture: @escaping Picture) {
    content.withLock { content in
      content.picture = picture
      draw(&content)
    }
  }

  /// The terminal may have another size.
  func fit() { content.withLock { draw(&$0) } }

  /// Writes other lines above.
  func above(_ write: () -> Void) {
    content.withLock { content in
      if let size = terminal.size { self.write(content.live.clear(size: size)) }
      write()
      draw(&content)
    }
  }

  func end() { content.withLock { leave(&$0) } }

  func endAtOnce() { content.withLockIfAvailable { leave(&$0) } }

  func drawAnew() {
    content.withLock { content in
      content.live.forget()
      draw(&content)
    }
  }

  private func draw(_ content: inout Content) {
    guard !content.hasEnded, let picture = content.picture, let size = terminal.size else {
      return
    }
    let medium = terminal.medium(settings)
    write(content.live.draw(picture(size, medium), size: size, medium: medium))
  }

  /// The line below may begin with the ^C that the terminal has shown.
  private func leave(_ content: inout Content) {
    guard !content.hasEnded else { return }
    content.hasEnded = true
    write("\r\u{1B}[K")
  }

  /// In one piece, so that nothing of it is seen half done.
  private func write(_ text: String) {
    guard !text.isEmpty else { return }
    try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
  }
}
