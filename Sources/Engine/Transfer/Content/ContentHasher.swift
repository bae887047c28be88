import Crypto
import Downloads

/// Hashes a file's bytes in their order while others write them, and looks at its header.
///
/// It reads what is written back from the file, which the system still has in memory: bytes arrive in
/// any order, but SHA-256 needs them from the front. BLAKE3 it only hashes where nobody else has. Its
/// calls block on the disk and the processor, on a queue of its own.
actor ContentHasher {
  private nonisolated let executor = DiskExecutor(label: "winch.engine.hasher")
  private let file: PartialFile
  /// Nil for a file whose length nobody knows.
  private let tree: TreeProgress?
  private var sha256 = SHA256()
  private var blake3 = Blake3()
  private var watch: HeaderWatch?
  private let buffer = PieceBuffer(byteCount: pieceSize)

  /// Bytes that are hashed.
  private(set) var position: Int64 = 0

  /// Bytes that are read at once.
  private static let pieceSize = 256 << 10
  /// Bytes that are hashed in a row: those of a subtree.
  private static let strideSize: Int64 = 1 << 20

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(file: PartialFile, tree: TreeProgress?, watch: HeaderWatch) {
    self.file = file
    self.tree = tree
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
    var header: ModelHeader?
    while position < front {
      try Task.checkCancellation()
      let end = min(position + Self.strideSize, size ?? .max)
      guard front >= end || size == nil else { break }
      header = try hash(upTo: min(end, front)) ?? header
    }
    return header
  }

  private func hash(upTo end: Int64) throws -> ModelHeader? {
    var header: ModelHeader?
    var missing = missingSubtree()
    while position < end {
      let count = Int(min(Int64(Self.pieceSize), end - position))
      let piece = UnsafeMutableRawBufferPointer(rebasing: buffer.bytes[..<count])
      try file.read(piece, at: position)
      let bytes = UnsafeRawBufferPointer(piece)
      sha256.update(bufferPointer: bytes)
      if tree == nil { blake3.update(bytes) }
      if let finished = missing?.update(bytes) { tree?.insert(finished) }
      position += Int64(count)
      if case .checked(let found)? = try watch?.take(piece) {
        watch = nil
        header = found ?? header
      }
    }
    return header
  }

  /// Hashes the subtree that begins here, if nobody has.
  private func missingSubtree() -> Blake3RangeHasher? {
    guard let tree else { return nil }
    let subtree = Int(position / tree.layout.subtreeLength)
    return tree.contains(subtree) ? nil : Blake3RangeHasher(from: subtree, in: tree.layout)
  }
}

/// Memory that is used again and again, and freed with the value.
private struct PieceBuffer: ~Copyable {
  let bytes: UnsafeMutableRawBufferPointer

  init(byteCount: Int) { bytes = .allocate(byteCount: byteCount, alignment: 64) }

  deinit { bytes.deallocate() }
}
