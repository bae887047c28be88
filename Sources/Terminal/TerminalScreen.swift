import CTerminal
import Dispatch
import Foundation
import Interface

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
  /// What the terminal has been asked for.
  var modes = TerminalModes()
  /// What it should be asked for, once it can be.
  var wantedModes = TerminalModes()
  var line = LineWatch()
  let traits: TerminalTraits
  let sequences: ControlSequence
  /// Whether the terminal has said that it can draw a frame all at once.
  var synchronizes = false
  /// When it was asked of itself; nil when no answer is to come any more.
  var askedAt: ContinuousClock.Instant?
  private(set) var hold = Hold.none
  private var isRestored = false
  private let inputDescriptor: Int32
  private var signals: SignalWatch?
  private var input: (any DispatchSourceRead)?

  /// Why the terminal is not the screen's at the moment.
  enum Hold {
    case none
    /// The shell has it; the program is stopped.
    case stopped
    /// Another program has it.
    case lent
  }

  /// Takes the terminal of standard input and output.
  ///
  /// - Throws: `TerminalError` when either is no terminal, or `TERM` names none that a screen can be
  ///   drawn on. The terminal is left as it is then.
  public convenience init() throws(TerminalError) {
    try self.init(
      input: STDIN_FILENO, output: STDOUT_FILENO,
      environment: ProcessInfo.processInfo.environment, locale: "")
  }

  /// - Parameter locale: as setlocale(3) has it; empty for the one of the environment.
  init(
    input: Int32, output: Int32, environment: [String: String], locale: String
  ) throws(TerminalError) {
    let term = environment["TERM"]
    let problem = TerminalError.checking(
      isInputTerminal: isatty(input) == 1, isOutputTerminal: isatty(output) == 1,
      term: term, isKnown: { winch_terminal_is_known($0) })
    if let problem { throw problem }
    let description = TerminalColors.description(of: term ?? "", environment) {
      winch_terminal_is_known($0) ? Int(winch_terminal_known_colors()) : nil
    }
    let isUnicode = winch_terminal_set_locale(locale)
    traits = TerminalTraits(environment: environment)
    sequences = ControlSequence(traits: traits, isUnicode: isUnicode)
    guard
      winch_terminal_start(
        description, input, output, traits.enterSequence, traits.leaveSequence)
    else {
      throw TerminalError(message: "The terminal could not be set up.")
    }
    inputDescriptor = input
    let colors = TerminalColors.usable(
      Int(winch_terminal_colors()), isDirect: winch_terminal_has_direct_colors(), environment)
    capabilities = Capabilities(
      isUnicode: isUnicode, colors: colors, background: TerminalColors.background(environment),
      hasMouse: traits.hasMouse, hasClipboard: traits.hasClipboard)
    pairs = ColorPairs(colors: colors, limit: Int(winch_terminal_pairs()))
    size = Size(winch_terminal_adopt_size())
    (events, continuation) = AsyncStream.makeStream(of: Event.self)
    watchSignals()
    watchInput()
    ask()
  }

  /// Gives the terminal back as it was. May be called more than once.
  public func restore() {
    guard !isRestored else { return }
    awaitAnswers()
    isRestored = true
    stopWatchingInput()
    winch_terminal_close()
    signals?.stop()
    continuation.finish()
  }

  /// Leaves the screen and stops the program, as Ctrl-Z does. When the shell continues it, the
  /// screen comes back by itself.
  public func suspend() {
    guard isDrawable else { return }
    beginHold(.stopped)
    signals?.beginStop()
    // Where there is no shell to continue it the system does not stop the program at all.
    winch_terminal_stop_process()
    comeBack()
  }

  /// Writes everything again, for a screen that something else has written on.
  public func redraw() {
    guard let frame = shown, isDrawable else { return }
    winch_terminal_invalidate()
    shown = nil
    present(frame, wantedModes)
  }

  var isDrawable: Bool { hold == .none && !isRestored }

  /// The terminal is gone: nothing comes any more.
  func endInput() {
    stopWatchingInput()
    continuation.yield(.terminate)
  }

  /// Gives the terminal back for a while.
  func beginHold(_ hold: Hold) {
    awaitAnswers()
    self.hold = hold
    // Else it would fire for input that is somebody else's, without end.
    input?.suspend()
    winch_terminal_stop()
  }

  /// Takes the terminal again, unless that has happened already.
  func endHold(_ hold: Hold) {
    guard self.hold == hold, !isRestored else { return }
    self.hold = .none
    winch_terminal_resume()
    input?.resume()
    adoptSize()
    modes = TerminalModes()
    if let frame = shown {
      shown = nil
      present(frame, wantedModes)
    }
  }

  private func comeBack() {
    guard hold == .stopped else { return }
    signals?.endStop()
    endHold(.stopped)
  }

  func adoptSize() {
    let size = Size(winch_terminal_adopt_size())
    guard size != self.size else { return }
    self.size = size
    shown = nil
    continuation.yield(.resize(size))
  }

  private func watchSignals() {
    signals = SignalWatch(
      ended: { [weak self] in self?.end(by: $0) },
      resized: { [weak self] in if self?.isDrawable == true { self?.adoptSize() } },
      stopped: { [weak self] in self?.suspend() },
      continued: { [weak self] in self?.comeBack() })
  }

  private func end(by signal: Int32) {
    // Typed for the program that has the terminal, and sent to all of the job.
    if hold == .lent, signal == SIGINT || signal == SIGQUIT { return }
    continuation.yield(.terminate)
  }

  private func watchInput() {
    let source = DispatchSource.makeReadSource(fileDescriptor: inputDescriptor, queue: .main)
    source.setEventHandler { [weak self] in MainActor.assumeIsolated { self?.readInput() } }
    source.resume()
    input = source
  }

  private func stopWatchingInput() {
    input?.cancel()
    // A suspended source must not be let go of.
    if hold != .none { input?.resume() }
    input = nil
  }
}

extension Size {
  init(_ size: winch_size) {
    self.init(columns: Int(size.column_count), rows: Int(size.row_count))
  }
}
