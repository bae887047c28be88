import ComfyClient

/// Work on many files that a backend does bit by bit: each round asks for more and looks at what was
/// asked for.
protocol RequestRounds {
  /// Whether files are left to be asked for, or under way.
  var isUnfinished: Bool { get }
  var patience: ClientPatience { get set }
  /// From one round to the next.
  static var interval: Duration { get }

  mutating func begin() async throws(ClientError)
  mutating func follow() async throws(ClientError)
  mutating func show()
}

extension RequestRounds {
  /// Goes round until nothing is left; a backend that is away for a while is waited for.
  mutating func runRounds() async throws {
    while isUnfinished {
      do throws(ClientError) {
        try await begin()
        try await follow()
        patience.answered()
      } catch {
        try patience.failed(error)
      }
      show()
      if isUnfinished { try await Task.sleep(for: Self.interval) }
    }
  }
}

/// How long a backend that was there may be away before a command gives up.
struct ClientPatience {
  private var failedSince: ContinuousClock.Instant?
  private static let longest = Duration.seconds(20)

  mutating func answered() { failedSince = nil }

  /// - Throws: the end of the command when asking again does not help, or has not for too long.
  mutating func failed(_ error: ClientError) throws {
    let since = failedSince ?? .now
    failedSince = since
    guard error.isRetriable, ContinuousClock.now - since < Self.longest else {
      throw CommandExit(error)
    }
  }
}
