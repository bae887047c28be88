import CBlake3

/// The 32 bytes that stand for a complete node of a BLAKE3 tree: its chaining value, or, of the
/// root, the hash.
public struct Blake3ChainingValue: Sendable, Hashable {
  private var storage = SIMD32<UInt8>()

  /// Nil unless there are exactly 32 bytes.
  public init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == Self.length else { return nil }
    for (index, byte) in bytes.enumerated() { storage[index] = byte }
  }

  /// The value that `write` puts into 32 bytes.
  init(writing write: (UnsafeMutablePointer<UInt8>) -> Void) {
    withUnsafeMutableBytes(of: &storage) { bytes in
      guard let start = bytes.assumingMemoryBound(to: UInt8.self).baseAddress else { return }
      write(start)
    }
  }

  /// The value of the node above two neighbours.
  init(parentOf left: Self, _ right: Self, isRoot: Bool) {
    self.init { out in
      left.withBytes { left in
        right.withBytes { right in winch_blake3_parent(left, right, isRoot, out) }
      }
    }
  }

  public static let length = Int(WINCH_BLAKE3_HASH_LENGTH)

  public var bytes: [UInt8] { storage.indices.map { storage[$0] } }

  private func withBytes(_ body: (UnsafePointer<UInt8>) -> Void) {
    withUnsafeBytes(of: storage) { bytes in
      guard let start = bytes.assumingMemoryBound(to: UInt8.self).baseAddress else { return }
      body(start)
    }
  }
}
