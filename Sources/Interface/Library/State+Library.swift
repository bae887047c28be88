import ComfyAPI
import Downloads

/// The tab of what the backend has stored.
extension State {
  var isLibrary: Bool { levels.base == .library }

  mutating func openLibrary() -> [Command] {
    show(.library)
    return [.openLibrary]
  }

  mutating func openDownloads() -> [Command] {
    show(.table)
    return [.closeLibrary]
  }

  private mutating func show(_ tab: Level) {
    levels.replaceBase(with: tab)
    selectionBeforeFilter = nil
  }

  /// Esc: marks first, then the filter, then back.
  mutating func clearLibrary() -> [Command] {
    whyNotClear == nil ? clearTable() : openDownloads()
  }

  mutating func openAsset() -> [Command] {
    detail = Detail()
    return open(.asset)
  }

  mutating func update(_ snapshot: LibrarySnapshot) {
    let before = library.snapshot
    library.update(snapshot)
    if library.list.selected == nil { levels.close(.asset) }
    if case .failed(let failure) = snapshot.reading, snapshot.reading != before.reading {
      say(.problem(failure.sentence))
    }
    noteChecks(from: before.checks)
  }

  /// Reads again what could not be read while the backend was away.
  mutating func rereadLibrary() -> [Command] {
    guard isLibrary, case .failed = library.snapshot.reading else { return [] }
    return [.readLibrary]
  }

  mutating func refreshLibrary() -> [Command] {
    say(.notice("Asking \(backend.name) what it has stored."))
    return [.readLibrary]
  }
}

// MARK: - Reading files again

extension State {
  mutating func verify() -> [Command] {
    let assets = assetTargets
    say(.notice("Reading \(sized(assets)) again."))
    return [.checkAssets(assets.map(\.id))]
  }

  var whyNotVerify: String? { whyUnable(.verify, "read a stored file again") ?? whyNotTarget }

  private static let mostTroublesNamed = 3

  private mutating func noteChecks(from before: [String: AssetCheck]) {
    let ended = library.snapshot.assets.filter { asset in
      library.snapshot.checks[asset.id]?.state.isEnd == true
        && before[asset.id]?.state.isEnd != true
    }
    let rows = ended.map { Download($0, check: library.snapshot.checks[$0.id]) }
    let intact = rows.filter { $0.failure == nil }
    if intact.count == 1 {
      say(.success("\(intact[0].name) is intact: its hash is that of the file stored."))
    } else if !intact.isEmpty {
      say(.success("\(counted(intact.count, "file")) are intact."))
    }
    let troubled = rows.filter { $0.failure != nil }
    guard troubled.count <= Self.mostTroublesNamed else {
      say(.problem("\(counted(troubled.count, "file")) are damaged, missing or unreadable."))
      return
    }
    for row in troubled {
      if let failure = row.failure { say(.problem("\(row.name): \(failure.sentence)")) }
    }
  }
}
