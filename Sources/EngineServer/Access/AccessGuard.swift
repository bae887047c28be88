import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Synchronization

/// Stands before all routes of a TCP port: hands on requests that the policy allows and answers
/// all others.
final class AccessGuard: Sendable {
  typealias Responder = HTTPChannelHandler.Responder

  private let policy: AccessPolicy
  private let logger: Logger
  private let attempts = Mutex(FailedAttempts())

  init(policy: AccessPolicy, logger: Logger) {
    self.policy = policy
    self.logger = logger
  }

  /// Whether the request may come in. It counts no attempts: whoever is told no here asks
  /// again by `guarding`.
  func allows(_ request: HTTPRequest) -> Bool {
    guard case .allowed = policy.verdict(on: request) else { return false }
    return true
  }

  /// The responder behind the guard.
  func guarding(_ responder: @escaping Responder) -> Responder {
    { [self] request, writer, channel in
      guard let refusal = await refusal(of: request.head, from: channel.remoteAddress) else {
        return try await responder(request, writer, channel)
      }
      let answer = try Response(refusal)
      try await writer.write(response: answer.head, body: answer.body)
      // Closes the connection, which a guesser has to make anew.
      if refusal.status == .tooManyRequests { throw refusal }
    }
  }

  private func refusal(of request: HTTPRequest, from address: SocketAddress?) async -> Refusal? {
    switch policy.verdict(on: request) {
    case .allowed: return nil
    case .refused(let refusal): return refusal
    case .keyMissing: return Self.noKey
    case .keyWrong: return await refusalOfWrongKey(from: address)
    }
  }

  private func refusalOfWrongKey(from address: SocketAddress?) async -> Refusal {
    let client = ClientAddress(address)
    let (answer, isNews) = attempts.withLock {
      ($0.failed(client, at: .now), $0.isNews(client))
    }
    if isNews {
      logger.warning(
        "wrong keys are being tried", metadata: ["from": "\(address?.ipAddress ?? "unknown")"])
    }
    switch answer {
    case .tooMany(let wait): return Self.tooMany(retryAfter: wait)
    case .unauthorized(let wait):
      try? await Task.sleep(for: wait)
      return Self.noKey
    }
  }

  private static let noKey = Refusal(
    .unauthorized, "UNAUTHORIZED", "The engine's key is missing or wrong.",
    details: ["hint": "Run 'winch serve --show-key' on the engine's machine."])

  private static func tooMany(retryAfter wait: Duration) -> Refusal {
    var refusal = Refusal(
      .tooManyRequests, "TOO_MANY_ATTEMPTS", "Too many wrong keys came from this address.",
      details: ["hint": "The right key is let in at any time."])
    refusal.headers[.retryAfter] = "\(wait.components.seconds + 1)"
    refusal.headers[.connection] = "close"
    return refusal
  }
}
