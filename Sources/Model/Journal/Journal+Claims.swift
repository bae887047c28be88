import Foundation
import GRDB

/// Who may send a queued download.
extension Journal {
  /// How long a claim holds whose program is alive, in seconds: longer than a request may take.
  static let claimLifetime: Double = 90

  /// The right to send a queued download.
  struct Claim: Equatable {
    /// Grows in the order in which the downloads were queued.
    let place: Int64
    /// When it was first claimed before this; nil for one that was certainly never sent. An earlier
    /// request may have arrived although its answer did not.
    let firstAttempt: Date?
    /// When it was last claimed before this.
    let lastAttempt: Date?
  }

  /// Takes the right to send queued downloads, in one transaction. Those that another program has
  /// are left out.
  func claim(_ ids: [UUID], now: Date) throws -> [UUID: Claim] {
    try database.write { db in
      var claims: [UUID: Claim] = [:]
      for id in ids {
        let row = try Row.fetchOne(
          db,
          sql: """
            SELECT rowid AS place, sentAt, claimedAt, claimant FROM download
            WHERE id = ? AND status = 'queued'
            """,
          arguments: [id.uuidString])
        guard let row, isFree(row, now: now) else { continue }
        try db.execute(
          sql: """
            UPDATE download SET claimedAt = :now, claimant = :claimant,
              sentAt = coalesce(sentAt, :now) WHERE id = :id
            """,
          arguments: [
            "id": id.uuidString, "now": now.timeIntervalSince1970, "claimant": claimant.number,
          ])
        claims[id] = Claim(row)
      }
      return claims
    }
  }

  func claim(_ id: UUID, now: Date) throws -> Claim? { try claim([id], now: now)[id] }

  private func isFree(_ row: Row, now: Date) -> Bool {
    guard let holder: Int64 = row["claimant"], let since: Double = row["claimedAt"] else {
      return true
    }
    return since < now.timeIntervalSince1970 - Self.claimLifetime || !claimant.isAlive(holder)
  }

  /// Gives the right to send back, after a failure that will be tried again.
  ///
  /// - Parameter claim: what was claimed, when the request certainly did nothing: the download is
  ///   then as it was before. Else it may have been sent.
  func release(_ id: UUID, restoring claim: Claim? = nil) throws {
    try database.write { db in
      try db.execute(
        sql: "UPDATE download SET claimant = NULL WHERE id = ?", arguments: [id.uuidString])
      guard let claim else { return }
      try db.execute(
        sql: "UPDATE download SET claimedAt = ?, sentAt = ? WHERE id = ?",
        arguments: [
          claim.lastAttempt?.timeIntervalSince1970, claim.firstAttempt?.timeIntervalSince1970,
          id.uuidString,
        ])
    }
  }

  /// Queued downloads that may have been sent before, and that no program is at work on.
  func doubts(now: Date) throws -> [UUID: Claim] {
    try database.read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT rowid AS place, id, sentAt, claimedAt, claimant FROM download
          WHERE status = 'queued' AND sentAt IS NOT NULL
          """)
      var doubts: [UUID: Claim] = [:]
      for row in rows where isFree(row, now: now) {
        guard let id = UUID(uuidString: row["id"]) else { continue }
        doubts[id] = Claim(row)
      }
      return doubts
    }
  }

  /// Forgets earlier attempts: the download begins anew.
  func forgetAttempts(_ id: UUID) throws {
    try database.write { db in
      try db.execute(
        sql: """
          UPDATE download SET claimedAt = NULL, claimant = NULL, sentAt = NULL WHERE id = ?
          """,
        arguments: [id.uuidString])
    }
  }
}

extension Journal.Claim {
  fileprivate init(_ row: Row) {
    place = row["place"]
    let first: Double? = row["sentAt"]
    let last: Double? = row["claimedAt"]
    firstAttempt = first.map(Date.init(timeIntervalSince1970:))
    lastAttempt = last.map(Date.init(timeIntervalSince1970:))
  }
}
