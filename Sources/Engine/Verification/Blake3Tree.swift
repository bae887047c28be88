/// The BLAKE3 hash of content of a known length whose subtrees are finished in any order.
///
/// A value. It keeps 32 bytes for each complete node that has no complete neighbour yet, so what it
/// needs grows with the number of gaps, not with the content: a download in sixteen ranges needs a
/// few hundred nodes, and a complete one the hash alone.
public struct Blake3Tree: Sendable, Equatable {
  public let layout: Blake3Layout
  var values: [Blake3Layout.Node: Blake3ChainingValue] = [:]

  public init(layout: Blake3Layout) {
    self.layout = layout
  }

  /// Takes a finished subtree of this layout. One that was taken before changes nothing.
  public mutating func insert(_ subtree: Blake3Subtree) {
    precondition((0..<layout.subtreeCount).contains(subtree.index), "no such subtree")
    guard !contains(subtree.index) else { return }
    var node = Blake3Layout.Node(level: 0, index: subtree.index)
    var value = subtree.value
    while !layout.isRoot(node) {
      let nodeCount = layout.nodeCount(ofLevel: node.level)
      if node.sibling.index < nodeCount {
        guard let other = values.removeValue(forKey: node.sibling) else { break }
        let (left, right) = node.isLeft ? (value, other) : (other, value)
        value = Blake3ChainingValue(parentOf: left, right, isRoot: nodeCount == 2)
      }
      node = node.parent
    }
    values[node] = value
  }

  /// Whether a subtree was taken.
  public func contains(_ subtree: Int) -> Bool {
    var node = Blake3Layout.Node(level: 0, index: subtree)
    while values[node] == nil {
      if layout.isRoot(node) { return false }
      node = node.parent
    }
    return true
  }

  /// The hash of the content, 32 bytes, once every subtree was taken.
  public var hash: [UInt8]? {
    if layout.subtreeCount == 0 { return Blake3().finalize() }
    guard values.count == 1, let (node, value) = values.first, layout.isRoot(node) else {
      return nil
    }
    return value.bytes
  }

  /// The hash of the content, 64 lowercase hexadecimal digits, once every subtree was taken.
  public var hexDigest: String? { hash?.lowercaseHex }
}
