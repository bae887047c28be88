import Downloads
import Foundation

/// Progress on standard error: a bar that is drawn over itself in a terminal, else a line now and then.
struct ProgressLine {
  private enum Style { case bar, lines, none }

  private let style: Style
  private var rate = Rate()
  private var verb = ""
  private var lastShown: ContinuousClock.Instant?
  private var isDrawn = false

  /// Between two plain lines.
  private static let lineInterval = Duration.seconds(10)

  init(isQuiet: Bool) {
    let isTerminal = isatty(STDERR_FILENO) == 1
    let canErase = !["", "dumb"].contains(ProcessInfo.processInfo.environment["TERM"] ?? "")
    style = isQuiet ? .none : isTerminal && canErase ? .bar : .lines
  }

  mutating func show(_ progress: VerificationProgress) {
    let now = ContinuousClock.now
    if progress.verb != verb {
      verb = progress.verb
      rate = Rate()
      lastShown = nil
    }
    rate.sample(progress.bytes, at: now)
    var progress = progress
    progress.bytesPerSecond = rate.bytesPerSecond
    switch style {
    case .bar:
      write("\r" + progress.bar(width: Self.width - 1) + "\u{1B}[K")
      isDrawn = true
    case .lines:
      guard lastShown.map({ now - $0 >= Self.lineInterval }) ?? true else { return }
      lastShown = now
      StandardError.write(progress.text)
    case .none: break
    }
  }

  /// Makes room for a line of text.
  mutating func hide() {
    guard isDrawn else { return }
    write("\r\u{1B}[K")
    isDrawn = false
  }

  private static var width: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// The text is our own: figures and words.
  private func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
