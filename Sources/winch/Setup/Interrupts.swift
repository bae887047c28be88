import Dispatch
import Foundation
import Synchronization

/// Signals that ask a program to end, turned into something that can be awaited.
// The sources are only touched while it is made and when nobody holds it any more.
final class Interrupts: @unchecked Sendable {
  private let sources: [any DispatchSourceSignal]
  private let signals: AsyncStream<Int32>

  /// From here on the signals no longer end the process by themselves. Returns once they are listened
  /// for: Dispatch takes them up a moment after it was asked to, and one that came before would be lost.
  ///
  /// - Parameter again: called at the second signal and each after it.
  init(_ numbers: [Int32] = [SIGINT, SIGTERM], again: (@Sendable () -> Void)? = nil) {
    let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
    signals = stream
    let count = Counter()
    let registered = DispatchSemaphore(value: 0)
    sources = numbers.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { @Sendable in
        if count.next() > 1 { again?() }
        continuation.yield(number)
      }
      source.setRegistrationHandler { @Sendable in registered.signal() }
      source.resume()
      return source
    }
    for _ in numbers { _ = registered.wait(timeout: .now() + .seconds(5)) }
  }

  deinit {
    for source in sources { source.cancel() }
  }

  /// Returns at the first signal, or when the task is cancelled.
  @discardableResult
  func first() async -> Int32? {
    for await number in signals { return number }
    return nil
  }

  private final class Counter: Sendable {
    private let count = Atomic(0)

    func next() -> Int { count.add(1, ordering: .relaxed).newValue }
  }
}
