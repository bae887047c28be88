import Foundation

/// One connection of the load, on a thread of its own.
// What it changes is touched by its thread alone until `wait` has seen that end.
final class LoadThread: @unchecked Sendable {
  struct Outcome {
    var latencies: [UInt64] = []
    var failures = 0
    var answerBytes = 0
    var end: UInt64 = 0
  }

  private let socket: BlockingSocket
  private let start: UInt64
  private let due: [UInt64]
  private let finished = DispatchSemaphore(value: 0)
  private var outcome = Outcome()

  private static let request = Array(
    ("GET /api/tasks?limit=100 HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n"
      + "X-API-Key: \(EngineProcess.key)\r\n\r\n").utf8)

  init(
    socket: BlockingSocket, start: UInt64, rate: Int, step: Int, first: Int, count: Int
  ) {
    self.socket = socket
    self.start = start
    due = stride(from: first, to: count, by: step).map {
      start + UInt64($0) * 1_000_000_000 / UInt64(rate)
    }
  }

  func begin() {
    Thread.detachNewThread { [self] in
      ask()
      finished.signal()
    }
  }

  func wait() -> Outcome {
    finished.wait()
    return outcome
  }

  private func ask() {
    outcome.latencies.reserveCapacity(due.count)
    for due in due {
      MonotonicTime.sleep(until: due)
      guard socket.send(Self.request), let answer = socket.readAnswer() else {
        outcome.failures += 1
        break
      }
      outcome.latencies.append(MonotonicTime.now - due)
      outcome.answerBytes = answer.bytes
      if answer.status != 200 { outcome.failures += 1 }
    }
    outcome.end = MonotonicTime.now
  }
}
