import CTerminal
import Dispatch
import Interface

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The terminal as a screen: events come out, frames go in.
///
/// There is one at a time. It takes the terminal when it is made and gives it back in `restore()`,
/// after a signal that ends the program, and when the program crashes.
@MainActor
public final class TerminalScreen {
  public let capabilities: Capabilities
  /// As the terminal has it now.
  public private(set) var size: Size
  /// Keys, pastes, new sizes, and the system's wish that the program ends. None is dropped.
  public let events: AsyncStream<Event>

  let continuation: AsyncStream<Event>.Continuation
  var decoder = KeyDecoder()
  var pairs: ColorPairs
  /// What stands on the screen; nil when that is not known.
  var shown: Frame?
  private(set) var isSuspended = false
  private var isRestored = false
  private var signals: SignalWatch?
  private var input: (any DispatchSourceRead)?

  /// - Throws: `TerminalError` when standard input or output is no terminal, or `TERM` names none
  ///   that a screen can be drawn on. The terminal is left as it is then.
  public init() throws(TerminalError) {
    let problem = TerminalError.checking(
      isInputTerminal: isatty(STDIN_FILENO) == 1, isOutputTerminal: isatty(STDOUT_FILENO) == 1,
      term: getenv("TERM").map { String(cString: $0) }, isKnown: { winch_terminal_is_known($0) })
    if let problem { throw problem }
    let isUnicode = winch_terminal_set_locale()
    guard winch_terminal_start() else {
      throw TerminalError(message: "The terminal could not be set up.")
    }
    let colors = Self.usableColors
    capabilities = Capabilities(isUnicode: isUnicode, colors: colors)
    pairs = ColorPairs(colors: colors, limit: Int(winch_terminal_pairs()))
    size = Size(winch_terminal_adopt_size())
    (events, continuation) = AsyncStream.makeStream(of: Event.self)
    watchSignals()
    watchInput()
  }

  /// Gives the terminal back as it was. May be called more than once.
  public func restore() {
    guard !isRestored else { return }
    isRestored = true
    stopWatchingInput()
    winch_terminal_stop()
    signals?.stop()
    continuation.finish()
  }

  /// Leaves the screen and stops the program, as Ctrl-Z does. When the shell continues it, the
  /// screen comes back by itself.
  public func suspend() {
    guard !isSuspended, !isRestored else { return }
    isSuspended = true
    winch_terminal_stop()
    signals?.beginStop()
    // Where there is no shell to continue it the system does not stop the program at all.
    winch_terminal_stop_process()
    comeBack()
  }

  /// Writes everything again, for a screen that something else has written on.
  public func redraw() {
    guard let frame = shown, !isSuspended, !isRestored else { return }
    winch_terminal_invalidate()
    shown = nil
    present(frame)
  }

  var isDrawable: Bool { !isSuspended && !isRestored }

  /// The terminal is gone: nothing comes any more.
  func endInput() {
    stopWatchingInput()
    continuation.yield(.terminate)
  }

  private func comeBack() {
    guard isSuspended, !isRestored else { return }
    isSuspended = false
    signals?.endStop()
    winch_terminal_resume()
    adoptSize()
    if let frame = shown {
      shown = nil
      present(frame)
    }
  }

  private func adoptSize() {
    let size = Size(winch_terminal_adopt_size())
    guard size != self.size else { return }
    self.size = size
    shown = nil
    continuation.yield(.resize(size))
  }

  private func watchSignals() {
    signals = SignalWatch(
      ended: { [weak self] in self?.continuation.yield(.terminate) },
      resized: { [weak self] in if self?.isDrawable == true { self?.adoptSize() } },
      stopped: { [weak self] in self?.suspend() },
      continued: { [weak self] in self?.comeBack() })
  }

  private func watchInput() {
    let source = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO, queue: .main)
    source.setEventHandler { [weak self] in MainActor.assumeIsolated { self?.readInput() } }
    source.resume()
    input = source
  }

  private func stopWatchingInput() {
    input?.cancel()
    input = nil
  }

  /// 8 or 256, the two the screen is designed for, or 0. Terminals with more number them otherwise.
  private static var usableColors: Int {
    if let wish = getenv("NO_COLOR"), wish.pointee != 0 { return 0 }
    switch winch_terminal_colors() {
    case 256: return 256
    case 8...: return 8
    default: return 0
    }
  }
}

extension Size {
  init(_ size: winch_size) {
    self.init(columns: Int(size.column_count), rows: Int(size.row_count))
  }
}
