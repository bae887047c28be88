import Foundation

/// `winch` on a terminal of its own, seen from outside: what it writes, when, and what it takes.
// The counters are guarded by the lock; the rest does not change.
final class MeasuredScreen: @unchecked Sendable {
  private let process = Process()
  private let terminal: Int32
  private let device: FileHandle
  private let start: ContinuousClock.Instant
  private let lock = NSLock()
  private var bytes = 0
  private var firstOutput: Duration?
  private var lastOutput: ContinuousClock.Instant

  /// - Parameter environment: all that the program gets, beside the kind of its terminal.
  init(
    _ program: String, _ arguments: [String], environment: [String: String],
    columns: Int = 120, rows: Int = 40
  ) throws {
    var ends: (terminal: Int32, device: Int32) = (-1, -1)
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&ends.terminal, &ends.device, nil, nil, &size) == 0 else {
      throw BenchmarkError(description: "No terminal could be had.")
    }
    terminal = ends.terminal
    device = FileHandle(fileDescriptor: ends.device, closeOnDealloc: true)
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.environment = environment.merging(["TERM": "xterm-256color"]) { own, _ in own }
    process.standardInput = device
    process.standardOutput = device
    process.standardError = FileHandle.nullDevice
    start = .now
    lastOutput = .now
    try process.run()
    Thread.detachNewThread { [self] in collect() }
  }

  /// Ends the program and gives its terminal back.
  func stop() {
    process.terminate()
    process.waitUntilExit()
    try? device.close()
  }

  var figures: ProcessFigures { ProcessFigures(identifier: process.processIdentifier) }

  /// From the start of the program to its first output; nil while there was none.
  var timeToFirstOutput: Duration? { lock.withLock { firstOutput } }

  /// All that it has written.
  var bytesWritten: Int { lock.withLock { bytes } }

  /// Types a key, and measures the time to the next output.
  ///
  /// - Returns: nil when nothing came within two seconds.
  func latency(of key: String) async -> Duration? {
    let before = bytesWritten
    let pressed = ContinuousClock.now
    let text = Array(key.utf8)
    _ = write(terminal, text, text.count)
    while ContinuousClock.now - pressed < .seconds(2) {
      if bytesWritten != before { return lock.withLock { lastOutput } - pressed }
      usleep(200)
    }
    return nil
  }

  private func collect() {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = read(terminal, &buffer, buffer.count), count > 0 {
      let now = ContinuousClock.now
      lock.withLock {
        bytes += count
        lastOutput = now
        if firstOutput == nil { firstOutput = now - start }
      }
    }
    close(terminal)
  }
}
