import Dispatch
import Interface

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The signals that concern the screen, told on the main queue instead of ending the program.
@MainActor
final class SignalWatch {
  private static let ending = [SIGTERM, SIGHUP, SIGINT, SIGQUIT]
  private var sources: [Int32: any DispatchSourceSignal] = [:]
  private let stopped: @MainActor () -> Void

  init(
    ended: @escaping @MainActor (Int32) -> Void, resized: @escaping @MainActor () -> Void,
    stopped: @escaping @MainActor () -> Void, continued: @escaping @MainActor () -> Void
  ) {
    self.stopped = stopped
    for number in Self.ending { watch(number) { ended(number) } }
    watch(SIGWINCH, resized)
    watch(SIGTSTP, stopped)
    // The signal continues the process whatever its action is.
    watch(SIGCONT, continued)
  }

  /// Does not hear SIGTSTP any more: the one with which the program is about to stop itself must
  /// not be taken for another.
  func beginStop() {
    sources[SIGTSTP]?.cancel()
    sources[SIGTSTP] = nil
  }

  func endStop() {
    if sources[SIGTSTP] == nil { watch(SIGTSTP, stopped) }
  }

  /// Brings the default actions back.
  func stop() {
    for (number, source) in sources {
      source.cancel()
      signal(number, SIG_DFL)
    }
    sources = [:]
  }

  private func watch(_ number: Int32, _ action: @escaping @MainActor () -> Void) {
    // Else the default action would happen before the source is heard.
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: .main)
    source.setEventHandler { MainActor.assumeIsolated(action) }
    source.resume()
    sources[number] = source
  }
}
