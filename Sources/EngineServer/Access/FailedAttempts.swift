/// How slowly wrong keys are answered, for each client apart.
///
/// Answers to one client's wrong keys come one after the other, each later than the last by a pause
/// that doubles. What would have to wait too long is refused at once instead, so that a client
/// holds few connections and none for long. Right keys have no part in this: they are let in
/// whatever went before, so nobody locks out the owner who shares an address, and a guesser pays
/// for every key with a wait or a new connection.
struct FailedAttempts: Sendable {
  enum Answer: Sendable, Equatable {
    /// 401, after so long.
    case unauthorized(after: Duration)
    /// 429 at once; the wait until a wrong key would be answered again.
    case tooMany(retryAfter: Duration)
  }

  /// Wrong keys that are answered at once: people mistype.
  static let free = 3
  static let firstPause = Duration.milliseconds(125)
  /// Also the longest time that an answer is held back.
  static let longestPause = Duration.seconds(2)
  /// Time without a wrong key after which a client is forgotten.
  static let memory = Duration.seconds(600)
  /// Clients that are remembered; of more, the one that has been quiet for longest is forgotten.
  static let mostClients = 1024

  private struct Record {
    var count = 0
    var last: ContinuousClock.Instant
    /// When the answers that wait already have all gone out.
    var lastAnswer: ContinuousClock.Instant
  }

  private var records: [ClientAddress: Record] = [:]

  var clientCount: Int { records.count }

  /// Whether this client is to be spoken of in the log: once, when it begins to be slowed down.
  func isNews(_ client: ClientAddress) -> Bool { records[client]?.count == Self.free + 1 }

  /// Notes a wrong key and says how it is answered.
  mutating func failed(_ client: ClientAddress, at now: ContinuousClock.Instant) -> Answer {
    var record = remembered(client, at: now)
    record.count += 1
    record.last = now
    defer { records[client] = record }
    guard record.count > Self.free else { return .unauthorized(after: .zero) }
    let free = max(record.lastAnswer, now)
    let answer = free + Self.pause(after: record.count - Self.free)
    guard answer - now <= Self.longestPause else { return .tooMany(retryAfter: free - now) }
    record.lastAnswer = answer
    return .unauthorized(after: answer - now)
  }

  private static func pause(after count: Int) -> Duration {
    // Far fewer doublings reach the longest pause.
    min(longestPause, firstPause * (1 << min(count - 1, 16)))
  }

  private mutating func remembered(
    _ client: ClientAddress, at now: ContinuousClock.Instant
  ) -> Record {
    if let record = records[client], now - record.last < Self.memory { return record }
    if records[client] == nil, records.count >= Self.mostClients { makeRoom(at: now) }
    return Record(last: now, lastAnswer: now)
  }

  private mutating func makeRoom(at now: ContinuousClock.Instant) {
    records = records.filter { now - $0.value.last < Self.memory }
    guard records.count >= Self.mostClients,
      let quietest = records.min(by: { $0.value.last < $1.value.last })
    else { return }
    records[quietest.key] = nil
  }
}
