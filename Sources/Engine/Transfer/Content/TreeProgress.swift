import Synchronization

/// The BLAKE3 tree of a file of known length, to which several add what they have hashed.
final class TreeProgress: Sendable {
  let layout: Blake3Layout
  private let tree: Mutex<Blake3Tree>

  init(size: Int64) {
    layout = Blake3Layout(contentLength: size)
    tree = Mutex(Blake3Tree(layout: layout))
  }

  func insert(_ subtrees: [Blake3Subtree]) {
    guard !subtrees.isEmpty else { return }
    tree.withLock { tree in for subtree in subtrees { tree.insert(subtree) } }
  }

  func contains(_ subtree: Int) -> Bool { tree.withLock { $0.contains(subtree) } }

  /// 64 lowercase hexadecimal digits; nil while a part is missing.
  var hexDigest: String? { tree.withLock { $0.hexDigest } }
}

/// Hashes what one connection brings while it is still in the processor's cache. Only whole subtrees
/// count, so that a connection that begins in the middle of one leaves that to who reads the file.
struct StreamHasher {
  private let tree: TreeProgress
  private var hasher: Blake3RangeHasher?

  init(_ tree: TreeProgress) { self.tree = tree }

  /// Takes bytes that were just written.
  mutating func update(_ bytes: UnsafeRawBufferPointer, at position: Int64) {
    var rest = bytes
    if hasher?.offset != position {
      let length = tree.layout.subtreeLength
      let subtree = (position + length - 1) / length
      let skipped = min(Int64(bytes.count), subtree * length - position)
      hasher = skipped < bytes.count ? Blake3RangeHasher(from: Int(subtree), in: tree.layout) : nil
      rest = UnsafeRawBufferPointer(rebasing: bytes[Int(skipped)...])
    }
    guard let finished = hasher?.update(rest) else { return }
    tree.insert(finished)
  }
}
