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

  /// Bytes that are read at once: a subtree.
  private static let pieceSize = 1 << 20

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
      let count = Int(min(Int64(Self.pieceSize), front - position))
      guard count == Self.pieceSize || front == size else { break }
      let piece = UnsafeMutableRawBufferPointer(rebasing: buffer.bytes[..<count])
      try file.read(piece, at: position)
      hash(UnsafeRawBufferPointer(piece))
      if case .checked(let found)? = try watch?.take(piece) {
        watch = nil
        header = found ?? header
      }
    }
    return header
  }

  private func hash(_ piece: UnsafeRawBufferPointer) {
    sha256.update(bufferPointer: piece)
    if let tree {
      let subtree = Int(position / tree.layout.subtreeLength)
      if !tree.contains(subtree) {
        var hasher = Blake3RangeHasher(from: subtree, in: tree.layout)
        tree.insert(hasher.update(piece))
      }
    } else {
      blake3.update(piece)
    }
    position += Int64(piece.count)
  }
}

/// Memory that is used again and again, and freed with the value.
private struct PieceBuffer: ~Copyable {
  let bytes: UnsafeMutableRawBufferPointer

  init(byteCount: Int) { bytes = .allocate(byteCount: byteCount, alignment: 64) }

  deinit { bytes.deallocate() }
}
