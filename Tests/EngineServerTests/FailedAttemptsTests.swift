import NIOCore
import Testing

@testable import EngineServer

@Suite("wrong keys")
struct FailedAttemptsTests {
  private let start = ContinuousClock.now
  private let client = ClientAddress(try? SocketAddress(ipAddress: "192.0.2.1", port: 1))

  @Test("the first few are answered at once, the next ones slower and slower")
  func growing() {
    var attempts = FailedAttempts()
    // Each comes when the one before has been answered long ago.
    let waits = (0..<9).map { number in
      attempts.failed(client, at: start + .seconds(10 * number))
    }
    let expected = [0, 0, 0, 125, 250, 500, 1000, 2000, 2000].map {
      FailedAttempts.Answer.unauthorized(after: .milliseconds($0))
    }
    #expect(waits == expected)
  }

  @Test("of many at once a few wait, one behind the other, and the others are refused")
  func flood() {
    var attempts = FailedAttempts()
    let answers = (0..<1000).map { _ in attempts.failed(client, at: start) }
    #expect(
      answers.prefix(8) == [
        .unauthorized(after: .zero), .unauthorized(after: .zero), .unauthorized(after: .zero),
        .unauthorized(after: .milliseconds(125)), .unauthorized(after: .milliseconds(375)),
        .unauthorized(after: .milliseconds(875)), .unauthorized(after: .milliseconds(1875)),
        .tooMany(retryAfter: .milliseconds(1875)),
      ])
    #expect(answers.dropFirst(7).allSatisfy { $0 == .tooMany(retryAfter: .milliseconds(1875)) })
  }

  @Test("what is refused does not make the wait longer")
  func noExtension() {
    var attempts = FailedAttempts()
    for _ in 0..<1000 { _ = attempts.failed(client, at: start) }
    let later = attempts.failed(client, at: start + .seconds(4))
    #expect(later == .unauthorized(after: FailedAttempts.longestPause))
  }

  @Test("a client that has been quiet for long starts anew")
  func forgetting() {
    var attempts = FailedAttempts()
    for _ in 0..<20 { _ = attempts.failed(client, at: start) }
    let later = attempts.failed(client, at: start + FailedAttempts.memory)
    #expect(later == .unauthorized(after: .zero))
  }

  @Test("one client's attempts slow no other down")
  func apart() {
    var attempts = FailedAttempts()
    for _ in 0..<20 { _ = attempts.failed(client, at: start) }
    let other = ClientAddress(try? SocketAddress(ipAddress: "192.0.2.2", port: 1))
    #expect(attempts.failed(other, at: start) == .unauthorized(after: .zero))
  }

  @Test("only so many clients are remembered, those that tried last")
  func bounded() throws {
    var attempts = FailedAttempts()
    for _ in 0..<20 { _ = attempts.failed(client, at: start) }
    for number in 1...FailedAttempts.mostClients {
      let address = try SocketAddress(
        ipAddress: "10.0.\(number / 256).\(number % 256)", port: 1)
      _ = attempts.failed(ClientAddress(address), at: start + .seconds(number % 60 + 1))
    }
    #expect(attempts.clientCount == FailedAttempts.mostClients)
    #expect(attempts.failed(client, at: start + .seconds(61)) == .unauthorized(after: .zero))
  }

  @Test("the log hears of a client once")
  func news() {
    var attempts = FailedAttempts()
    let news = (0..<10).map { _ in
      _ = attempts.failed(client, at: start)
      return attempts.isNews(client)
    }
    #expect(news.filter { $0 }.count == 1)
  }

  @Test(
    "a network of IPv6 is one client, and a mapped IPv4 address is that address",
    arguments: [
      ("2001:db8::1", "2001:db8::ffff:2", true), ("2001:db8::1", "2001:db8:0:1::1", false),
      ("::ffff:192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false),
    ])
  func clients(one: String, other: String, areEqual: Bool) throws {
    let first = ClientAddress(try SocketAddress(ipAddress: one, port: 1))
    let second = ClientAddress(try SocketAddress(ipAddress: other, port: 2))
    #expect((first == second) == areEqual)
  }
}
