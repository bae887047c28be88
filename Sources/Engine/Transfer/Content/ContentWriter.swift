import Downloads

/// Writes what the connections of one file bring, one piece after the other.
///
/// A byte that is there is never written again, whoever brings it: what was hashed is what is on the
/// disk, also when two connections fetch the same bytes and one of them is wrong. Its calls block on the
/// disk, on a queue of its own.
actor ContentWriter {
  private nonisolated let executor = DiskExecutor(label: "winch.engine.writer")
  private let file: PartialFile
  private let board: SegmentBoard
  private let tree: TreeProgress?
  private let recent: RecentPieces
  private var hashers: [Int: StreamHasher] = [:]
  private let wrote: @Sendable (Int) -> Void

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// - Parameters:
  ///   - tree: takes the hashes of what is written; nil for a file whose length nobody knows.
  ///   - recent: takes what the hasher wants next.
  ///   - wrote: hears of the bytes of each piece, once they are on the board.
  init(
    file: PartialFile, board: SegmentBoard, tree: TreeProgress?, recent: RecentPieces,
    wrote: @escaping @Sendable (Int) -> Void
  ) {
    self.file = file
    self.board = board
    self.tree = tree
    self.recent = recent
    self.wrote = wrote
  }

  /// Writes the part of a piece that belongs to a connection's segment and is not there.
  ///
  /// - Returns: false once the connection has nothing more to fetch.
  func write(
    _ piece: [UInt8], from connection: Int, at now: ContinuousClock.Instant
  ) throws(DiskError) -> Bool {
    let (position, count, gaps) = board.with { plan in
      let position = plan.segments[connection]?.position ?? 0
      let count = Int64(plan.share(of: piece.count, connection))
      return (position, count, plan.finished.gaps(in: position..<position + count))
    }
    for gap in gaps {
      let part = Int(gap.lowerBound - position)..<Int(gap.upperBound - position)
      try write(piece[part], at: gap.lowerBound, from: connection)
    }
    // All of the piece was written here and nowhere else, so it is what the file has.
    if gaps == [position..<position + Int64(piece.count)] { recent.keep(piece, at: position) }
    let isDone = board.with { plan in
      plan.advance(connection, by: count, at: now)
      return plan.isDone(connection)
    }
    wrote(gaps.reduce(0) { $0 + Int($1.upperBound - $1.lowerBound) })
    return !isDone
  }

  /// A connection has ended.
  func forget(_ connection: Int) { hashers[connection] = nil }

  private func write(
    _ bytes: ArraySlice<UInt8>, at position: Int64, from connection: Int
  ) throws(DiskError) {
    // `withUnsafeBytes` knows no typed errors.
    let outcome = bytes.withUnsafeBytes { bytes in
      Result { () throws(DiskError) in
        try file.write(bytes, at: position)
        if let tree {
          hashers[connection, default: StreamHasher(tree)].update(bytes, at: position)
        }
      }
    }
    try outcome.get()
  }
}
