import CBlake3

/// The BLAKE3 hash (unkeyed, 32 bytes) of bytes that arrive in order.
///
/// A value: a copy goes on by itself. Large pieces (64 KiB and more) are hashed fastest,
/// because many chunks then go through the processor at once.
public struct Blake3: Sendable {
  private var hasher = winch_blake3_hasher()

  public init() {
    winch_blake3_init(&hasher)
  }

  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    winch_blake3_update(&hasher, bytes.baseAddress, bytes.count)
  }

  /// Appends bytes. They are copied first if the collection does not hold them contiguously.
  public mutating func update(_ bytes: some Collection<UInt8>) {
    let done: Void? = bytes.withContiguousStorageIfAvailable {
      update(UnsafeRawBufferPointer($0))
    }
    if done == nil {
      Array(bytes).withUnsafeBytes { update($0) }
    }
  }

  /// The hash of all bytes so far, 32 bytes. More may follow.
  public func finalize() -> [UInt8] {
    var copy = hasher
    return [UInt8](unsafeUninitializedCapacity: Int(WINCH_BLAKE3_HASH_LENGTH)) { bytes, count in
      guard let start = bytes.baseAddress else { return }
      winch_blake3_finalize(&copy, start)
      count = bytes.count
    }
  }

  /// The hash of all bytes so far, 64 lowercase hexadecimal digits.
  public var hexDigest: String { finalize().lowercaseHex }
}
