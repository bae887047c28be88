import CBlake3

/// A subtree of a content's BLAKE3 tree whose bytes have all been hashed.
public struct Blake3Subtree: Sendable, Hashable {
  /// Its place in the layout.
  public let index: Int
  public let value: Blake3ChainingValue

  public init(index: Int, value: Blake3ChainingValue) {
    self.index = index
    self.value = value
  }
}

/// Hashes the bytes of neighbouring subtrees, which arrive in order, in pieces of any size.
///
/// A value, for one connection: each has its own, and gives what it finishes to one `Blake3Tree`.
public struct Blake3RangeHasher: Sendable {
  public let layout: Blake3Layout
  private var hasher = winch_blake3_hasher()
  private var subtree: Int
  /// Where in the content the next byte belongs.
  public private(set) var offset: Int64

  /// - Parameters:
  ///   - subtree: the first one, from 0 to `layout.subtreeCount`.
  public init(from subtree: Int, in layout: Blake3Layout) {
    precondition((0...layout.subtreeCount).contains(subtree), "no such subtree")
    self.layout = layout
    self.subtree = subtree
    offset = min(Int64(subtree) * layout.subtreeLength, layout.contentLength)
    begin()
  }

  /// Appends bytes, no more than the content still has.
  ///
  /// - Returns: the subtrees that end in them, in order.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) -> [Blake3Subtree] {
    var finished: [Blake3Subtree] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      precondition(offset < layout.contentLength, "bytes behind the content's end")
      let end = layout.bytes(ofSubtree: subtree).upperBound
      let piece = rest.prefix(Int(clamping: end - offset))
      append(UnsafeRawBufferPointer(rebasing: piece))
      if offset == end { finished.append(finish()) }
      rest = rest.dropFirst(piece.count)
    }
    return finished
  }

  private mutating func append(_ bytes: UnsafeRawBufferPointer) {
    winch_blake3_update(&hasher, bytes.baseAddress, bytes.count)
    offset += Int64(bytes.count)
  }

  private mutating func begin() {
    winch_blake3_init_subtree(&hasher, UInt64(offset / Blake3Layout.chunkLength))
  }

  /// Ends this subtree and begins the next. The only one of a content is its root.
  private mutating func finish() -> Blake3Subtree {
    let value = Blake3ChainingValue { out in
      if layout.subtreeCount == 1 {
        winch_blake3_finalize(&hasher, out)
      } else {
        winch_blake3_finalize_subtree(&hasher, out)
      }
    }
    defer {
      subtree += 1
      begin()
    }
    return Blake3Subtree(index: subtree, value: value)
  }
}
