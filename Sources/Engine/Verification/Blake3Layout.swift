/// How content of a known length is divided into subtrees of its BLAKE3 tree, the pieces that can
/// be hashed by themselves and in any order.
public struct Blake3Layout: Sendable, Hashable {
  /// Bytes of the whole content.
  public let contentLength: Int64
  /// Bytes of every subtree but the last, which may be shorter: a power of two.
  public let subtreeLength: Int64

  /// - Parameters:
  ///   - contentLength: not negative.
  ///   - subtreeLength: a power of two, 1024 or more.
  public init(contentLength: Int64, subtreeLength: Int64 = 1 << 20) {
    precondition(contentLength >= 0, "a length is not negative")
    precondition(
      subtreeLength >= Self.chunkLength && subtreeLength.nonzeroBitCount == 1,
      "a subtree is 2^n chunks long")
    self.contentLength = contentLength
    self.subtreeLength = subtreeLength
  }

  static let chunkLength: Int64 = 1024

  /// Subtrees of the content; none if it is empty.
  public var subtreeCount: Int { Int(contentLength.dividedRoundingUp(by: subtreeLength)) }

  /// The content's bytes that belong to a subtree.
  ///
  /// - Parameter index: 0 up to `subtreeCount`, exclusive.
  public func bytes(ofSubtree index: Int) -> Range<Int64> { bytes(ofSubtrees: index..<index + 1) }

  /// The bytes of neighbouring subtrees.
  public func bytes(ofSubtrees indices: Range<Int>) -> Range<Int64> {
    precondition(indices.lowerBound >= 0 && indices.upperBound <= subtreeCount, "no such subtree")
    let start = Int64(indices.lowerBound) * subtreeLength
    return start..<(indices.upperBound == subtreeCount ? contentLength : start + length(indices))
  }

  private func length(_ indices: Range<Int>) -> Int64 { Int64(indices.count) * subtreeLength }
}

/// The nodes above the subtrees. On each level two neighbours, counted from the left, have a parent;
/// the last of an odd number goes up by itself.
extension Blake3Layout {
  /// A node that stands above 2^level subtrees, or fewer at the content's end.
  struct Node: Sendable, Hashable {
    /// 0 for the subtrees themselves.
    var level: Int
    /// The place among the nodes of its level.
    var index: Int

    var isLeft: Bool { index % 2 == 0 }
    var sibling: Node { Node(level: level, index: index ^ 1) }
    var parent: Node { Node(level: level + 1, index: index / 2) }
  }

  /// Nodes of a level.
  func nodeCount(ofLevel level: Int) -> Int { subtreeCount.dividedRoundingUp(by: 1 << level) }

  func isRoot(_ node: Node) -> Bool { nodeCount(ofLevel: node.level) == 1 }
}

extension BinaryInteger {
  /// The smallest number that is not less than the quotient of two, neither of them negative.
  fileprivate func dividedRoundingUp(by divisor: Self) -> Self {
    self == 0 ? 0 : (self - 1) / divisor + 1
  }
}
