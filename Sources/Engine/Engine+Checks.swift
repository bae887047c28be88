import ComfyAPI
import Foundation

/// Reading stored files again, to see whether they still are what was stored.
extension Engine {
  /// Files that are read at one time where nobody says how many: with more, most disks do less.
  public static let usualChecksAtOnce = 2
  public static let mostChecksAtOnce = 16

  /// Begins to read an asset's file; `assetCheck` tells how far it is. Files are read in the order of
  /// asking. One that is being checked already goes on.
  ///
  /// - Parameter atOnce: of how many files that are read it may be one, from 1 to `mostChecksAtOnce`.
  /// - Throws: `notFound`.
  public func checkAsset(
    _ id: String, atOnce: Int = usualChecksAtOnce
  ) throws(EngineError) -> AssetCheck {
    let asset = try assetRecord(id)
    if checks.begin(id, size: asset.size) {
      waitingChecks.append(WaitingCheck(asset: asset, atOnce: atOnce))
      startChecks()
    }
    return try assetCheck(id)
  }

  private func startChecks() {
    while let next = waitingChecks.first, runningChecks < next.atOnce, !checks.isStopped {
      waitingChecks.removeFirst()
      runningChecks += 1
      Task {
        await check(next.asset)
        runningChecks -= 1
        startChecks()
      }
    }
  }

  /// - Throws: `notFound` for an asset that is not there, or was not checked since the engine began.
  public func assetCheck(_ id: String) throws(EngineError) -> AssetCheck {
    _ = try assetRecord(id)
    guard let check = checks.check(id) else {
      throw EngineError(
        .notFound, code: "CHECK_NOT_FOUND", message: "The asset is not being checked.",
        hint: "POST to the same path to begin.")
    }
    return check
  }

  private func check(_ asset: AssetRecord) async {
    var outcome = AssetCheck(
      assetID: asset.id, state: .missing, bytesTotal: asset.size)
    let path = library.absolute(asset.path)
    do {
      let (status, hashes) = try await Disk.run { [checks] in
        guard let status = Disk.status(path), status.isRegular else {
          return (Disk.FileStatus?.none, ContentHashes?.none)
        }
        // Another size is another content: nothing need be read.
        guard status.size == asset.size else { return (status, ContentHashes?.none) }
        let hashes = try ContentHashes.ofFile(at: path) { try checks.reached($0, asset.id) }
        return (status, hashes)
      }
      if let status {
        outcome.state = hashes?.blake3 == asset.blake3 ? .intact : .damaged
        outcome.bytesTotal = status.size
        outcome.bytesChecked = status.size
      }
      outcome.checkedAt = environment.now()
      try await keep(outcome, status)
    } catch is CancellationError {
      return checks.forget(asset.id)
    } catch {
      logger.warning("cannot check", metadata: ["path": "\(path)", "cause": "\(error)"])
      outcome.state = .unreadable
      outcome.checkedAt = environment.now()
    }
    checks.end(outcome)
  }

  private func keep(_ check: AssetCheck, _ status: Disk.FileStatus?) async throws {
    let changed = try await store.updateAsset(check.assetID) { asset in
      asset.checkedAt = check.checkedAt
      asset.isIntact = check.state == .intact
      asset.checkState = check.state.rawValue
      // A file that was touched but has the same content counts as the stored one again.
      if check.state == .intact, let status { asset.modificationTime = status.modificationTime }
    }
    // What a walk has noted of the file may say the opposite.
    if let changed, changed.isDamaged { try await store.forgetFile(at: changed.path) }
  }
}

/// A stored file that is to be read again.
struct WaitingCheck: Sendable {
  let asset: AssetRecord
  let atOnce: Int
}
