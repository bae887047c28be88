import Origins
import Synchronization

/// Until when hosts want to be left alone, for all transfers: what one was told holds for the others.
/// It is read and changed by anyone at any time.
final class HostWaits: Sendable {
  typealias Instant = ContinuousClock.Instant

  /// Nobody is made to wait longer on a server's word alone.
  private static let longest = Duration.seconds(3600)

  private let hosts = Mutex<[String: Instant]>([:])

  /// A host asked for so many seconds without requests.
  func note(_ host: String, seconds: Double, at now: Instant) {
    let until = now + min(.seconds(max(0, seconds)), Self.longest)
    hosts.withLock { hosts in
      hosts = hosts.filter { $0.value > now }
      hosts[host] = max(hosts[host] ?? until, until)
    }
  }

  /// How long a host still wants to be left alone; nil when it may be asked.
  func remaining(_ host: String, at now: Instant) -> Duration? {
    guard let until = hosts.withLock({ $0[host] }), until > now else { return nil }
    return until - now
  }
}

extension HostWaits {
  /// Takes what an answer says of the requests that may follow it.
  func note(_ exchange: SourceExchange, at now: Instant) {
    if let wait = exchange.wait { note(exchange.host, seconds: wait, at: now) }
  }
}
