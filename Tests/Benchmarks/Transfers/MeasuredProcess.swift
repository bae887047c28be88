import Foundation

/// A program that is started, watched and waited for.
final class MeasuredProcess {
  /// What a program took from its start to its end.
  struct Usage {
    var status: Int32
    /// From the start to the end.
    var seconds: Double
    /// User and system time, of its own children too.
    var processorSeconds: Double
    /// In bytes. The kernel's own figure (`ru_maxrss`) is of no use here: it begins with the memory
    /// of the process that started the program.
    var peakMemory: Int
    /// Whether somebody held it up (SIGSTOP), so that its time tells nothing.
    var wasStopped = false
  }

  let identifier: pid_t
  private let start = ContinuousClock.now

  var figures: ProcessFigures { ProcessFigures(identifier: identifier) }

  /// - Parameters:
  ///   - command: the program's path and its arguments.
  ///   - output: a file that takes all that it writes.
  init(_ command: [String], environment: [String: String], output: String) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)

    // A group of its own, so that its children end with it; signals as any program finds them.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGDEF))

    var words = command.map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var identifier: pid_t = 0
    let outcome = posix_spawn(
      &identifier, command[0], &actions, &attributes, &words, &variables)
    guard outcome == 0 else {
      throw BenchmarkError(
        description: "\(command[0]) cannot be started: \(String(cString: strerror(outcome)))")
    }
    self.identifier = identifier
    Leftovers.add(process: identifier)
  }

  /// Waits until it has ended by itself.
  func wait() -> Usage {
    var peak = 0
    var wasStopped = false
    while true {
      peak = max(peak, figures.peakMemory)
      wasStopped = wasStopped || figures.isStopped
      if var usage = ended(WNOHANG, peakMemory: peak) {
        usage.wasStopped = wasStopped
        return usage
      }
      usleep(5_000)
    }
  }

  /// Asks it to end, and waits until it has.
  func stop() {
    kill(identifier, SIGTERM)
    _ = ended(0, peakMemory: 0)
  }

  var secondsSinceStart: Double { (ContinuousClock.now - start) / .seconds(1) }

  var isRunning: Bool { figures.isAlive }

  private func ended(_ options: Int32, peakMemory: Int) -> Usage? {
    var status: Int32 = 0
    var usage = rusage()
    guard wait4(identifier, &status, options, &usage) == identifier else { return nil }
    Leftovers.forget(process: identifier)
    let hasExited = status & 0x7f == 0
    return Usage(
      status: hasExited ? (status >> 8) & 0xff : 128 + (status & 0x7f),
      seconds: secondsSinceStart,
      processorSeconds: usage.ru_utime.seconds + usage.ru_stime.seconds, peakMemory: peakMemory)
  }
}

extension MeasuredProcess {
  /// Runs a program to its end.
  ///
  /// - Throws: when it ends with another status than 0, with the last of what it wrote.
  @discardableResult
  static func run(
    _ command: [String], environment: [String: String] = [:], output: String
  ) throws -> Usage {
    let usage = try MeasuredProcess(command, environment: environment, output: output).wait()
    guard usage.status == 0 else {
      let said = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
      throw BenchmarkError(
        description: "\(command.joined(separator: " ")) ended with status \(usage.status):\n"
          + said.suffix(1000))
    }
    return usage
  }
}

extension timeval {
  fileprivate var seconds: Double { Double(tv_sec) + Double(tv_usec) / 1e6 }
}
