import ComfyAPI
import Downloads
import Foundation
import Interface
import Synchronization

/// Progress on standard error: bars that are drawn over in a terminal, else a line now and then; or lines
/// of JSON on standard output.
///
/// May be used from any thread.
final class ProgressDisplay: LiveDisplay {
  enum Style { case bars, lines, json, none }

  private struct Content {
    var live = LiveLines()
    var progress: BatchProgress?
    var rate = Rate()
    var lastShown: ContinuousClock.Instant?
    var lastJSON: JSONValue?
    var hasEnded = false
  }

  let style: Style
  private let settings: Settings
  private let terminal = OutputTerminal.error
  private let content = Mutex(Content())

  /// Between two plain lines.
  private static let lineInterval = Duration.seconds(10)
  /// Between two lines of JSON.
  static let jsonInterval = Duration.milliseconds(500)
  /// Between two pictures: nobody reads more than ten a second.
  static let interval = Duration.milliseconds(100)

  init(_ settings: Settings, _ choice: ProgressChoice) {
    self.settings = settings
    style =
      switch choice {
      case .auto: terminal.canRedraw ? .bars : .lines
      case .plain: .lines
      case .json: .json
      case .none: .none
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
        content.lastJSON = nil
      }
      content.progress = progress
      if measuresSpeed {
        content.rate.sample(progress.bytes, at: now)
        content.progress?.bytesPerSecond = content.rate.bytesPerSecond
      }
      switch style {
      case .bars: draw(&content)
      case .lines:
        guard Self.isDue(&content, after: Self.lineInterval, now) else { return }
        StandardError.write(content.progress?.text ?? "")
      case .json:
        let json = content.progress?.json
        guard json != content.lastJSON, Self.isDue(&content, after: Self.jsonInterval, now),
          let json, let text = try? WireFormat.encodeText(json)
        else { return }
        content.lastJSON = json
        StandardOutput.write(text)
      case .none: break
      }
    }
  }

  /// Whether a line may be written now, which then counts as written.
  private static func isDue(
    _ content: inout Content, after interval: Duration, _ now: ContinuousClock.Instant
  ) -> Bool {
    if let last = content.lastShown, now - last < interval { return false }
    content.lastShown = now
    return true
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
