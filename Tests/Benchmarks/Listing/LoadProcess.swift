import ArgumentParser
import Foundation

/// What a load's client found. Latencies are in milliseconds from when a request was due, so that a
/// slow answer counts for all requests that it holds up.
struct LoadResult: Codable {
  var requestsPerSecond: Double
  var failures: Int
  var answerBytes: Int
  var p50: Double
  var p90: Double
  var p99: Double
  var p999: Double
  var longest: Double
  /// Seconds of processor time that the client took in each second.
  var processors: Double
}

/// Asks for the newest hundred tasks at a fixed rate, whether or not the answers keep up.
///
/// Each connection has a thread and every n-th request, which it sends when due.
struct LoadProcess: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "load", shouldDisplay: false)

  enum Place: String, ExpressibleByArgument { case socket, tcp }

  @Argument var place: Place
  /// The socket's path, or a port of 127.0.0.1.
  @Argument var address: String
  @Option var rate: Int
  @Option var seconds: Int
  @Option var connections: Int

  func run() throws {
    let start = MonotonicTime.now + 50_000_000
    let threads = try (0..<connections).map { number in
      try LoadThread(
        socket: BlockingSocket(place, address), start: start, rate: rate, step: connections,
        first: number, count: rate * seconds)
    }
    for thread in threads { thread.begin() }
    let outcomes = threads.map { $0.wait() }
    let latencies = outcomes.flatMap(\.latencies).sorted()
    let last = outcomes.map(\.end).max() ?? start
    let result = LoadResult(
      requestsPerSecond: Double(latencies.count) / (Double(last - start) / 1e9),
      failures: outcomes.reduce(0) { $0 + $1.failures },
      answerBytes: outcomes.first?.answerBytes ?? 0,
      p50: latencies.percentile(0.5), p90: latencies.percentile(0.9),
      p99: latencies.percentile(0.99), p999: latencies.percentile(0.999),
      longest: latencies.percentile(1),
      processors: Self.processorSeconds / (Double(last - start) / 1e9))
    print(String(decoding: try JSONEncoder().encode(result), as: UTF8.self))
  }

  private static var processorSeconds: Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return [usage.ru_utime, usage.ru_stime].reduce(0) {
      $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6
    }
  }
}

extension [UInt64] {
  /// Of sorted nanoseconds, in milliseconds.
  fileprivate func percentile(_ part: Double) -> Double {
    guard !isEmpty else { return 0 }
    return Double(self[Swift.min(count - 1, Int(Double(count) * part))]) / 1e6
  }
}

/// Nanoseconds of the system's monotonic clock.
enum MonotonicTime {
  static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  static func sleep(until due: UInt64) {
    var time = timespec(tv_sec: Int(due / 1_000_000_000), tv_nsec: Int(due % 1_000_000_000))
    while clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nil) == EINTR {}
  }
}
