import Foundation
import Origins

/// The link to a file's bytes, kept valid for all connections: signed links run out in the middle of a
/// large file.
actor FreshLink {
  private var file: ResolvedFile
  private var resolvedAt: ContinuousClock.Instant
  /// Seconds that the link was good for when it was resolved; nil where nobody knows.
  private var lifetime: Double?
  private var renewal: Task<ResolvedFile, any Error>?
  /// Links in a row that brought no byte.
  private var renewals = 0
  private let resolve: @Sendable () async throws -> ResolvedFile
  private let environment: EngineEnvironment

  /// Links that may run out in a row without a byte in between.
  private static let mostRenewals = 5
  /// Seconds before its end that a link is replaced, or a quarter of its life when that is shorter.
  private static let margin = 120.0

  /// - Parameter resolve: asks the source again; throws when it now means another file.
  init(
    _ file: ResolvedFile, environment: EngineEnvironment,
    resolve: @escaping @Sendable () async throws -> ResolvedFile
  ) {
    self.file = file
    self.environment = environment
    self.resolve = resolve
    resolvedAt = environment.instant()
    lifetime = Self.lifetime(of: file, at: environment.now())
  }

  /// The file with a link that holds for a while.
  func current() async throws -> ResolvedFile {
    guard let lifetime else { return file }
    let left = lifetime - (environment.instant() - resolvedAt) / .seconds(1)
    guard left < min(Self.margin, lifetime / 4) else { return file }
    do {
      return try await renewed()
    } catch  where left > 0 {
      // The source is busy, and the link still works.
      return file
    }
  }

  /// A content host did not take the link. All connections that met the same get one new link.
  ///
  /// - Throws: `LinkRefused` after too many in a row, and what the source answers.
  func renew(_ link: ContentLink, because refusal: any Error) async throws {
    guard link == file.link else { return }
    if renewal == nil {
      renewals += 1
      guard renewals <= Self.mostRenewals else { throw LinkRefused(refusal: refusal) }
    }
    _ = try await renewed()
  }

  /// Bytes came through the link.
  func worked() { renewals = 0 }

  private func renewed() async throws -> ResolvedFile {
    if let renewal { return try await renewal.value }
    let task = Task { try await resolve() }
    renewal = task
    defer { renewal = nil }
    let fresh = try await task.value
    file = fresh
    resolvedAt = environment.instant()
    lifetime = Self.lifetime(of: fresh, at: environment.now())
    return fresh
  }

  /// The link says by the clock of its server when it ends. This machine's clock is only asked once, and
  /// then time is counted, because it may be set in the middle. By a clock that is ahead the link would
  /// never be good; then it is used until it is refused.
  private static func lifetime(of file: ResolvedFile, at now: Date) -> Double? {
    guard let seconds = file.link.expires?.timeIntervalSince(now), seconds > 0 else { return nil }
    return seconds
  }
}

/// One link after the other was not taken.
struct LinkRefused: Error {
  /// What the content host said of the last.
  let refusal: any Error
}
