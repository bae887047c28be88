import Foundation

/// Seconds of processor time, of the program and of the system for it. Other programs on the machine
/// change it less than the time on the wall.
enum ProcessorTime {
  static func ofThread(_ body: () throws -> Void) rethrows -> Double {
    let before = threadSeconds
    try body()
    return threadSeconds - before
  }

  /// Of the processes that `body` starts and waits for.
  static func ofChildren(_ body: () throws -> Void) rethrows -> Double {
    let before = childSeconds
    try body()
    return childSeconds - before
  }

  private static var threadSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static var childSeconds: Double {
    var usage = rusage()
    getrusage(RUSAGE_CHILDREN.who, &usage)
    return usage.ru_utime.seconds + usage.ru_stime.seconds
  }
}

extension timeval {
  fileprivate var seconds: Double { Double(tv_sec) + Double(tv_usec) / 1e6 }
}

extension RawRepresentable where RawValue: BinaryInteger {
  /// Glibc makes the constants of `getrusage` an enumeration, and takes a number.
  fileprivate var who: Int32 { Int32(truncatingIfNeeded: rawValue) }
}
