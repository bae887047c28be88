/// The two hashes by which the content of a file is known.
public struct ContentHashes: Sendable, Equatable {
  /// 64 lowercase hexadecimal digits.
  public var sha256: String
  /// 64 lowercase hexadecimal digits.
  public var blake3: String

  public init(sha256: String, blake3: String) {
    self.sha256 = sha256
    self.blake3 = blake3
  }
}

extension ContentHashes {
  /// Reads a whole file and hashes it.
  ///
  /// Blocks the calling thread for as long as the disk and the processor need, about a second
  /// for each gigabyte.
  ///
  /// - Parameters:
  ///   - bufferSize: bytes read at a time, at least 1.
  ///   - progress: called after each read with the bytes hashed so far; may throw to end it.
  /// - Throws: `FileReadError`, `CancellationError` once the current task is cancelled, and what
  ///   `progress` throws.
  public static func ofFile(
    at path: String, bufferSize: Int = 1 << 20, progress: (Int64) throws -> Void = { _ in }
  ) throws -> ContentHashes {
    let file = try SequentialFile(path: path)
    var digest = ContentDigest()
    try file.forEachPiece(bufferSize: bufferSize) { piece in
      digest.update(piece)
      try progress(digest.byteCount)
    }
    return digest.values()
  }
}
