import Downloads
import Foundation
import Interface
import Synchronization

/// Progress on standard error: bars that are drawn over in a terminal, else a line now and then.
///
/// May be used from any thread.
final class ProgressDisplay: LiveDisplay {
  private enum Style { case bars, lines, none }

  private struct Content {
    var live = LiveLines()
    var progress: BatchProgress?
    var rate = Rate()
    var lastShown: ContinuousClock.Instant?
    var hasEnded = false
  }

  private let style: Style
  private let settings: Settings
  private let terminal = OutputTerminal.error
  private let content = Mutex(Content())

  /// Between two plain lines.
  private static let lineInterval = Duration.seconds(10)
  /// Between two pictures: nobody reads more than ten a second.
  static let interval = Duration.milliseconds(100)

  init(_ settings: Settings, _ choice: ProgressChoice) {
    self.settings = settings
    style =
      switch choice {
      case .auto: terminal.canRedraw ? .bars : .lines
      case .plain: .lines
      case .json, .none: .none
      }
  }

  /// Whether what stands on standard output has to be told on standard error, too, to be seen.
  var showsEnds: Bool { style == .bars && !OutputTerminal.output.isTerminal }

  /// Shows how far it is. Call it at most once an `interval`.
  ///
  /// - Parameter measuresSpeed: whether the speed is worked out here.
  func show(_ progress: BatchProgress, measuringSpeed measuresSpeed: Bool = false) {
    content.withLock { content in
      guard !content.hasEnded else { return }
      let now = ContinuousClock.now
      if content.progress?.verb != progress.verb {
        content.rate = Rate()
        content.lastShown = nil
      }
      content.progress = progress
      if measuresSpeed {
        content.rate.sample(progress.bytes, at: now)
        content.progress?.bytesPerSecond = content.rate.bytesPerSecond
      }
      switch style {
      case .bars: draw(&content)
      case .lines:
        guard content.lastShown.map({ now - $0 >= Self.lineInterval }) ?? true else { return }
        content.lastShown = now
        StandardError.write(content.progress?.text ?? "")
      case .none: break
      }
    }
  }

  /// Writes other lines above the bars.
  func above(_ write: () throws -> Void) rethrows {
    try content.withLock { content in
      erase(&content)
      try write()
      if style == .bars, !content.hasEnded { draw(&content) }
    }
  }

  /// Takes the bars away for good.
  func end() {
    content.withLock { content in
      erase(&content)
      content.hasEnded = true
    }
  }

  func endAtOnce() {
    content.withLockIfAvailable { content in
      erase(&content)
      content.hasEnded = true
    }
  }

  func drawAnew() {
    content.withLock { content in
      content.live.forget()
      if style == .bars, !content.hasEnded { draw(&content) }
    }
  }

  private func draw(_ content: inout Content) {
    guard let progress = content.progress, let size = terminal.size else { return }
    var medium = terminal.medium(settings)
    medium.width = size.columns
    let lines = ProgressPicture(size: size, medium: medium).lines(progress)
    write(content.live.draw(lines, size: size, medium: medium))
  }

  private func erase(_ content: inout Content) {
    write(content.live.clear(size: terminal.size ?? Size(columns: 80, rows: 24)))
  }

  /// In one piece, so that nothing of it is seen half done.
  private func write(_ text: String) {
    guard !text.isEmpty else { return }
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
