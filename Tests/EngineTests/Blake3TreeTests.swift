import Testing

@testable import Engine

@Suite("BLAKE3 tree")
struct Blake3TreeTests {
  /// Lengths at and beside every boundary of chunks and subtrees of 2 KiB.
  static let lengths: [Int] = {
    let short = [0, 1, 63, 64, 65, 1023, 1024, 1025, 3072, 3073]
    let long = [34_000, 65_536, 65_537]
    let boundaries = (1...9).map { $0 * 2048 }
    return short + boundaries.flatMap { [$0 - 1, $0, $0 + 1] } + long
  }()

  @Test("subtrees in any order have the sequential hash", arguments: lengths)
  func anyOrderHasTheSequentialHash(length: Int) {
    let content = Content(length, subtreeLength: 2048)
    var generator = SeededGenerator(state: UInt64(length))
    for _ in 0..<8 {
      var tree = Blake3Tree(layout: content.layout)
      for subtree in content.subtrees.shuffled(using: &generator) {
        #expect(tree.hash == nil)
        tree.insert(subtree)
      }
      #expect(tree.hash == content.hash)
    }
  }

  @Test("five subtrees have the sequential hash in each of their 120 orders")
  func everyOrderOfFive() {
    let content = Content(4 * 1024 + 1, subtreeLength: 1024)
    for order in permutations(Array(0..<5)) {
      var tree = Blake3Tree(layout: content.layout)
      for index in order { tree.insert(content.subtrees[index]) }
      #expect(tree.hash == content.hash, "\(order)")
    }
  }

  @Test(
    "every length of subtree gives the same hash",
    arguments: [1024, 2048, 4096, 65_536, 131_072, 262_144, 1 << 20])
  func everySubtreeLength(subtreeLength: Int64) {
    for length in [1025, 131_072, 131_073, 300_000] {
      let content = Content(length, subtreeLength: subtreeLength)
      var tree = Blake3Tree(layout: content.layout)
      for subtree in content.subtrees.reversed() { tree.insert(subtree) }
      #expect(tree.hash == content.hash, "\(length) bytes")
    }
  }

  @Test("connections that take turns in their ranges have the sequential hash")
  func connectionsTakeTurns() {
    let content = Content(200_001, subtreeLength: 8192)
    var generator = SeededGenerator(state: 16)
    for connections in [1, 2, 3, 16] {
      var tree = Blake3Tree(layout: content.layout)
      var hashers = content.connections(connections)
      while let turn = hashers.indices.randomElement(using: &generator) {
        let start = Int(hashers[turn].hasher.offset)
        let longest = Int.random(in: 1...20_000, using: &generator)
        let end = min(hashers[turn].end, start + longest)
        for subtree in hashers[turn].hasher.update(content.bytes[start..<end]) {
          tree.insert(subtree)
        }
        if end == hashers[turn].end { hashers.remove(at: turn) }
      }
      #expect(tree.hash == content.hash, "\(connections) connections")
    }
  }

  @Test("a subtree taken twice changes nothing")
  func twiceChangesNothing() {
    let content = Content(10_000, subtreeLength: 1024)
    var tree = Blake3Tree(layout: content.layout)
    for subtree in content.subtrees {
      tree.insert(subtree)
      let before = tree
      for earlier in content.subtrees[...subtree.index] { tree.insert(earlier) }
      #expect(tree == before)
    }
  }

  @Test("empty content is complete from the start")
  func emptyContent() {
    let tree = Blake3Tree(layout: Blake3Layout(contentLength: 0))
    #expect(tree.hexDigest == Blake3().hexDigest)
  }

  @Test("what was taken is known")
  func taken() {
    let content = Content(9 * 1024 + 5, subtreeLength: 1024)
    var tree = Blake3Tree(layout: content.layout)
    for index in [9, 3, 4, 0] { tree.insert(content.subtrees[index]) }
    #expect((0..<10).filter(tree.contains) == [0, 3, 4, 9])
  }

  @Test("a download in sixteen ranges keeps a few hundred values at most")
  func memoryStaysSmall() {
    // 30 GB. The values do not matter here.
    let layout = Blake3Layout(contentLength: 30_000_000_001)
    let value = Blake3ChainingValue { $0.update(repeating: 7, count: 32) }
    var tree = Blake3Tree(layout: layout)
    let stride = layout.subtreeCount / 16 + 1
    var most = 0
    for step in 0..<stride {
      for index in Swift.stride(from: step, to: layout.subtreeCount, by: stride) {
        tree.insert(Blake3Subtree(index: index, value: value))
      }
      most = max(most, tree.values.count)
    }
    #expect(most < 400)
    #expect(tree.values.count == 1)
  }

  @Test("a layout tells each subtree's bytes")
  func layoutTellsBytes() {
    let layout = Blake3Layout(contentLength: 5000, subtreeLength: 2048)
    #expect((0..<layout.subtreeCount).map(layout.bytes) == [0..<2048, 2048..<4096, 4096..<5000])
    #expect(Blake3Layout(contentLength: .max).subtreeCount == 1 << 43)
  }
}

/// Bytes with what is known of them.
struct Content {
  let bytes: [UInt8]
  let layout: Blake3Layout
  let hash: [UInt8]
  let subtrees: [Blake3Subtree]

  init(_ length: Int, subtreeLength: Int64) {
    bytes = (0..<length).map { UInt8($0 % 251) }
    layout = Blake3Layout(contentLength: Int64(length), subtreeLength: subtreeLength)
    var sequential = Blake3()
    sequential.update(bytes)
    hash = sequential.finalize()
    var hasher = Blake3RangeHasher(from: 0, in: layout)
    subtrees = hasher.update(bytes[...])
  }

  /// One hasher for each of `count` ranges of about the same length, and where the range ends.
  func connections(_ count: Int) -> [(hasher: Blake3RangeHasher, end: Int)] {
    (0..<count).map { index in
      let first = index * layout.subtreeCount / count
      let last = (index + 1) * layout.subtreeCount / count
      return (
        Blake3RangeHasher(from: first, in: layout),
        Int(layout.bytes(ofSubtrees: first..<last).upperBound)
      )
    }
  }
}

extension Blake3RangeHasher {
  mutating func update(_ bytes: ArraySlice<UInt8>) -> [Blake3Subtree] {
    bytes.withUnsafeBytes { update($0) }
  }
}

func permutations(_ items: [Int]) -> [[Int]] {
  guard items.count > 1 else { return [items] }
  return items.indices.flatMap { index in
    var others = items
    let first = others.remove(at: index)
    return permutations(others).map { [first] + $0 }
  }
}

/// SplitMix64: the same numbers on every run.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
