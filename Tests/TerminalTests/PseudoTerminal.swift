import Foundation
import Interface

@testable import Terminal

/// A real terminal device in this process: what the screen writes is kept, and it reads what is typed.
// The bytes are guarded by the lock; the descriptors do not change.
final class PseudoTerminal: @unchecked Sendable {
  let device: Int32
  private let master: Int32
  private let lock = NSLock()
  private var bytes: [UInt8] = []
  private let ended = DispatchSemaphore(value: 0)

  init(columns: Int = 80, rows: Int = 24) throws {
    var ends: (master: Int32, device: Int32) = (-1, -1)
    guard openpty(&ends.master, &ends.device, nil, nil, nil) == 0 else {
      throw POSIXError(.ENOTTY)
    }
    (master, device) = ends
    resize(columns: columns, rows: rows)
    Thread.detachNewThread { [self] in
      collect()
      ended.signal()
    }
  }

  func resize(columns: Int, rows: Int) {
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(master, bytes, bytes.count)
  }

  /// What has been written since this was asked for the last time, all of it: a mark is written
  /// behind it, and its arrival waited for.
  func takeOutput() -> [UInt8] {
    let mark = Array("\u{1B}_all of it\u{1B}\\".utf8)
    _ = write(device, mark, mark.count)
    while true {
      let output: [UInt8]? = lock.withLock {
        guard bytes.count >= mark.count, bytes.suffix(mark.count).elementsEqual(mark) else {
          return nil
        }
        defer { bytes = [] }
        return Array(bytes.dropLast(mark.count))
      }
      if let output { return output }
      usleep(1000)
    }
  }

  /// Bytes that were typed and nobody has read, lines that are not ended included.
  var waitingInput: Int32 {
    var modes = termios()
    tcgetattr(device, &modes)
    var raw = modes
    cfmakeraw(&raw)
    tcsetattr(device, TCSANOW, &raw)
    defer { tcsetattr(device, TCSANOW, &modes) }
    var count: Int32 = 0
    _ = ioctl(device, UInt(FIONREAD), &count)
    return count
  }

  /// What open(2) finds the device by.
  var name: String { ttyname(device).map { String(cString: $0) } ?? "" }

  /// How the device treats a line: echo, line ends, keys that send signals.
  var lineModes: [tcflag_t] {
    var modes = termios()
    tcgetattr(device, &modes)
    return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
  }

  func takeText() -> String { String(decoding: takeOutput(), as: UTF8.self) }

  func close() {
    Foundation.close(device)
    ended.wait()
    Foundation.close(master)
  }

  private func collect() {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = read(master, &buffer, buffer.count), count > 0 {
      lock.withLock { bytes += buffer[..<count] }
    }
  }
}

extension PseudoTerminal {
  /// Runs a body with a screen on a terminal of the size, and gives everything back.
  @MainActor
  static func withScreen(
    columns: Int = 80, rows: Int = 24, locale: String = "C.UTF-8",
    environment: [String: String] = ["TERM": "xterm-256color"],
    _ body: (TerminalScreen, PseudoTerminal) async throws -> Void
  ) async throws {
    let terminal = try PseudoTerminal(columns: columns, rows: rows)
    defer { terminal.close() }
    let screen = try TerminalScreen(
      input: terminal.device, output: terminal.device, environment: environment, locale: locale)
    defer { screen.restore() }
    try await body(screen, terminal)
  }
}
