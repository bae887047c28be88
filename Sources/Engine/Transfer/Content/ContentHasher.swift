import Crypto
import Downloads

/// Hashes a file's bytes in their order while others write them, and looks at its header.
///
/// Bytes arrive in any order, but SHA-256 needs them from the front. So it takes those that were just
/// written there, and reads the others back from the file, which the system still has in memory. BLAKE3 it only hashes where nobody else has. Its
/// calls block on the disk and the processor, on a queue of its own.
actor ContentHasher {
  private nonisolated let executor = DiskExecutor(label: "winch.engine.hasher")
  private let file: PartialFile
  /// Nil for a file whose length nobody knows.
  private let tree: TreeProgress?
  private let recent: RecentPieces
  private var sha256 = SHA256()
  private var blake3 = Blake3()
  private var watch: HeaderWatch?
  /// What the header tells, when it has just become known.
  private var header: ModelHeader?
  /// The first subtree that was not looked after.
  private var subtree = 0
  private let buffer = PieceBuffer(byteCount: pieceSize)

  /// Bytes that are hashed.
  private(set) var position: Int64 = 0

  /// Bytes that are read at once.
  private static let pieceSize = 256 << 10
  /// Bytes that are waited for before they are read.
  private static let readAhead: Int64 = 1 << 20

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(file: PartialFile, tree: TreeProgress?, recent: RecentPieces, watch: HeaderWatch) {
    self.file = file
    self.tree = tree
    self.recent = recent
    self.watch = watch
  }

  /// The hashes of the whole file; nil while a part is missing.
  var hashes: ContentHashes? {
    let blake3 = tree.map(\.hexDigest) ?? self.blake3.hexDigest
    return blake3.map { ContentHashes(sha256: sha256.finalize().lowercaseHex, blake3: $0) }
  }

  /// Hashes on, up to a place that everything before is written of. What does not fill a piece is left
  /// until more is there.
  ///
  /// - Parameter size: bytes of the whole file; nil while unknown.
  /// - Returns: the header, when it has just become known.
  /// - Throws: `DownloadFailure` when the file cannot be what its name says; `DiskError`;
  ///   `CancellationError`.
  func follow(to front: Int64, of size: Int64?) throws -> ModelHeader? {
    header = nil
    while position < front {
      try Task.checkCancellation()
      let end = min((position / Self.readAhead + 1) * Self.readAhead, size ?? .max)
      if let piece = recent.take(at: position) {
        try piece.withUnsafeBytes(take)
      } else if front >= end || size == nil {
        try read(upTo: min(end, front))
      } else {
        break
      }
      try finishSubtrees()
    }
    return header
  }

  /// Reads bytes back from the file, and hashes what stands alone as a subtree with them.
  private func read(upTo end: Int64) throws {
    var hasher = tree.flatMap { position % $0.layout.subtreeLength == 0 ? missing($0) : nil }
    while position < end {
      let count = Int(min(Int64(Self.pieceSize), end - position))
      let piece = UnsafeMutableRawBufferPointer(rebasing: buffer.bytes[..<count])
      try file.read(piece, at: position)
      if let finished = hasher?.update(UnsafeRawBufferPointer(piece)) { tree?.insert(finished) }
      try take(UnsafeRawBufferPointer(piece))
    }
  }

  /// Takes the next bytes of the file.
  private func take(_ piece: UnsafeRawBufferPointer) throws {
    sha256.update(bufferPointer: piece)
    if tree == nil { blake3.update(piece) }
    position += Int64(piece.count)
    guard case .checked(let found)? = try watch?.take(piece) else { return }
    watch = nil
    header = found
  }

  /// Sees to it that every subtree before the position is in the tree. Nearly all are: who has written
  /// them has hashed them.
  private func finishSubtrees() throws {
    guard let tree else { return }
    while subtree < tree.layout.subtreeCount {
      let bytes = tree.layout.bytes(ofSubtree: subtree)
      guard bytes.upperBound <= position else { return }
      if var hasher = missing(tree) {
        for start in stride(
          from: bytes.lowerBound, to: bytes.upperBound, by: Int64.Stride(Self.pieceSize))
        {
          let count = Int(min(Int64(Self.pieceSize), bytes.upperBound - start))
          let piece = UnsafeMutableRawBufferPointer(rebasing: buffer.bytes[..<count])
          try file.read(piece, at: start)
          tree.insert(hasher.update(UnsafeRawBufferPointer(piece)))
        }
      }
      subtree += 1
    }
  }

  /// What hashes the next subtree; nil when somebody has.
  private func missing(_ tree: TreeProgress) -> Blake3RangeHasher? {
    tree.contains(subtree) ? nil : Blake3RangeHasher(from: subtree, in: tree.layout)
  }
}

/// Memory that is used again and again, and freed with the value.
private struct PieceBuffer: ~Copyable {
  let bytes: UnsafeMutableRawBufferPointer

  init(byteCount: Int) { bytes = .allocate(byteCount: byteCount, alignment: 64) }

  deinit { bytes.deallocate() }
}
