import Crypto

/// SHA-256 and BLAKE3 of the same bytes, which arrive in order from the front of a file.
public struct ContentDigest: Sendable {
  private var sha256 = SHA256()
  private var blake3 = Blake3()

  /// Bytes hashed so far.
  public private(set) var byteCount: Int64 = 0

  public init() {}

  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    sha256.update(bufferPointer: bytes)
    blake3.update(bytes)
    byteCount += Int64(bytes.count)
  }

  /// The hashes of all bytes so far. More may follow.
  public func values() -> ContentHashes {
    ContentHashes(sha256: sha256.finalize().lowercaseHex, blake3: blake3.hexDigest)
  }
}
