import Crypto

/// The object name git gives a file's content: the SHA-1 of `blob <size>\0` and the bytes.
///
/// Hugging Face publishes it (as `oid`, and as ETag) for files that are not kept in LFS. It tells
/// whether a transfer went wrong, but not whether someone forged the file: SHA-1 has collisions.
/// Source: the Git book, "Git Internals – Git Objects".
public struct GitBlobDigest: Sendable {
  private var sha1 = Insecure.SHA1()

  /// Starts the name of a blob of exactly `size` bytes. The size is hashed before the content, so
  /// the value is wrong if another number of bytes follows.
  public init(size: Int64) {
    sha1.update(data: Array("blob \(size)\0".utf8))
  }

  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    sha1.update(bufferPointer: bytes)
  }

  /// 40 lowercase hexadecimal digits.
  public func value() -> String {
    sha1.finalize().lowercaseHex
  }
}

extension GitBlobDigest {
  /// Reads a whole file and returns its name as a git blob, 40 lowercase hexadecimal digits.
  ///
  /// - Parameter bufferSize: bytes read at a time, at least 1.
  /// - Throws: `FileReadError`, or `CancellationError` once the current task is cancelled.
  public static func ofFile(at path: String, bufferSize: Int = 1 << 20) throws -> String {
    let file = try SequentialFile(path: path)
    var digest = GitBlobDigest(size: try file.size())
    try file.forEachPiece(bufferSize: bufferSize) { digest.update($0) }
    return digest.value()
  }
}
