import Foundation

/// A program that gets bounded time, and of whose output a bounded part is kept.
struct BoundedCommand: Sendable {
  /// The program, found in `PATH`, and its arguments; no shell reads them.
  let arguments: [String]
  let environment: [String: String]
  var timeLimit = Duration.seconds(600)
  /// Whether all that it starts ends with it when its time is up. A program that asks something on the
  /// terminal must stay in the group that has the terminal.
  var hasGroup = true
  /// Whether what it says on standard error is kept for itself.
  var separatesErrors = false

  struct End: Sendable, Equatable {
    /// 128 and the number of the signal, where one ended it; 127 where it could not be started.
    var status: Int32
    /// The beginning of what it printed.
    var output = ""
    /// The beginning of what it said on standard error, where that is separate.
    var errors = ""
    var isTimedOut = false
  }

  /// Bytes that are kept of what it prints.
  private static let mostOutput = 16 << 10
  /// What it may still do after it was asked to end.
  private static let grace = Duration.seconds(5)
  /// Milliseconds between two looks at it.
  private static let interval: Int32 = 50

  /// Runs it to its end, with the input on its standard input, on a thread of its own.
  func run(input: String = "") async -> End {
    await withCheckedContinuation { continuation in
      DispatchQueue(label: "winch.command").async {
        continuation.resume(returning: runBlocking(input))
      }
    }
  }

  private func runBlocking(_ input: String) -> End {
    // Files instead of pipes: it may never read the one, and nobody reads the other meanwhile.
    guard let inputFile = tmpfile() else { return End(status: 127) }
    defer { fclose(inputFile) }
    guard let errorFile = tmpfile() else { return End(status: 127) }
    defer { fclose(errorFile) }
    fputs(input, inputFile)
    rewind(inputFile)
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return End(status: 127) }
    defer { close(ends[0]) }
    let files = [inputFile, errorFile].map { fileno($0) }
    for descriptor in ends + files { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    let process = ChildProcess.start(
      arguments, environment: environment, input: files[0], output: ends[1],
      errors: separatesErrors ? files[1] : ends[1], hasGroup: hasGroup)
    close(ends[1])
    guard let process else { return End(status: 127) }
    var end = follow(process, output: ends[0])
    end.errors = Self.beginning(of: files[1])
    return end
  }

  /// Reads what it prints until it has ended, and ends it when its time is up.
  private func follow(_ process: pid_t, output: Int32) -> End {
    var kept: [UInt8] = []
    var isOpen = true
    var isTimedOut = false
    var deadline = ContinuousClock.now + timeLimit
    while true {
      if isOpen { isOpen = read(output, into: &kept) } else { usleep(UInt32(Self.interval) * 1000) }
      var status: Int32 = 0
      if waitpid(process, &status, WNOHANG) == process {
        while isOpen, hasInput(output, within: 0) { isOpen = read(output, into: &kept) }
        return End(
          status: ChildProcess.exitStatus(status), output: String(decoding: kept, as: UTF8.self),
          isTimedOut: isTimedOut)
      }
      guard ContinuousClock.now > deadline else { continue }
      kill(hasGroup ? -process : process, isTimedOut ? SIGKILL : SIGTERM)
      isTimedOut = true
      deadline = .now + Self.grace
    }
  }

  /// Waits a moment for output; false once nobody can write any more.
  private func read(_ output: Int32, into kept: inout [UInt8]) -> Bool {
    guard hasInput(output, within: Self.interval) else { return true }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = Foundation.read(output, &buffer, buffer.count)
    guard count > 0 else { return count < 0 && errno == EINTR }
    kept += buffer[..<min(count, max(0, Self.mostOutput - kept.count))]
    return true
  }

  private func hasInput(_ descriptor: Int32, within milliseconds: Int32) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, milliseconds) > 0
  }

  private static func beginning(of file: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: mostOutput)
    let count = pread(file, &buffer, buffer.count, 0)
    return String(decoding: buffer[..<max(0, count)], as: UTF8.self)
  }
}
