import Downloads

/// Hashes a file's bytes in their order while others write them, and looks at its header.
///
/// It reads what is written back from the file, which the system still has in memory: bytes arrive in
/// any order, but SHA-256 needs them from the front. Its calls block on the disk and the processor, on a
/// queue of its own.
actor ContentHasher {
  private nonisolated let executor = DiskExecutor(label: "winch.engine.hasher")
  private let file: PartialFile
  private var digest = ContentDigest()
  private var watch: HeaderWatch?
  private let buffer = PieceBuffer(byteCount: pieceSize)

  /// Bytes that are read at once.
  private static let pieceSize = 1 << 20

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(file: PartialFile, watch: HeaderWatch) {
    self.file = file
    self.watch = watch
  }

  /// Bytes that are hashed.
  var position: Int64 { digest.byteCount }

  /// The hashes of all bytes so far.
  var hashes: ContentHashes { digest.values() }

  /// Hashes on, up to a place that everything before is written of.
  ///
  /// - Returns: the header, when it has just become known.
  /// - Throws: `DownloadFailure` when the file cannot be what its name says; `DiskError`;
  ///   `CancellationError`.
  func follow(to front: Int64) throws -> ModelHeader? {
    var header: ModelHeader?
    while digest.byteCount < front {
      try Task.checkCancellation()
      let count = Int(min(Int64(Self.pieceSize), front - digest.byteCount))
      let piece = UnsafeMutableRawBufferPointer(rebasing: buffer.bytes[..<count])
      try file.read(piece, at: digest.byteCount)
      digest.update(UnsafeRawBufferPointer(piece))
      if case .checked(let found)? = try watch?.take(piece) {
        watch = nil
        header = found ?? header
      }
    }
    return header
  }
}

/// Memory that is used again and again, and freed with the value.
private struct PieceBuffer: ~Copyable {
  let bytes: UnsafeMutableRawBufferPointer

  init(byteCount: Int) { bytes = .allocate(byteCount: byteCount, alignment: 64) }

  deinit { bytes.deallocate() }
}
