import Testing

@testable import Engine

@Suite("BLAKE3 tree on disk")
struct Blake3TreeEncodingTests {
  @Test("a tree kept at any moment goes on to the sequential hash", arguments: [1, 7, 16, 33])
  func goesOnAtAnyMoment(count: Int) throws {
    let content = Content(count * 1024 - 3, subtreeLength: 1024)
    var generator = SeededGenerator(state: UInt64(count))
    var tree = Blake3Tree(layout: content.layout)
    for subtree in content.subtrees.shuffled(using: &generator) {
      let read = try #require(Blake3Tree(encoded: tree.encoded, layout: content.layout))
      #expect(read == tree)
      tree = read
      tree.insert(subtree)
    }
    let complete = try #require(Blake3Tree(encoded: tree.encoded, layout: content.layout))
    #expect(complete.hash == content.hash)
  }

  @Test("finished subtrees take 32 bytes for each node and a few for each run")
  func takesLittle() {
    let content = Content(64 * 1024, subtreeLength: 1024)
    var tree = Blake3Tree(layout: content.layout)
    #expect(tree.encoded.count == 5)
    for subtree in content.subtrees[..<32] { tree.insert(subtree) }
    #expect(tree.encoded.count == 5 + 2 + 32)
  }

  @Test("a tree of another layout is refused")
  func anotherLayout() {
    let tree = Blake3Tree(layout: Blake3Layout(contentLength: 9000, subtreeLength: 2048))
    let others: [(Int64, Int64)] = [(9001, 2048), (9000, 4096), (300, 2048), (9128, 2048)]
    for (length, subtree) in others {
      let other = Blake3Layout(contentLength: length, subtreeLength: subtree)
      #expect(Blake3Tree(encoded: tree.encoded, layout: other) == nil)
    }
  }

  @Test("a cut or lengthened tree is refused, unless it ends behind a run")
  func cutOrLengthened() {
    let encoded = gapped.encoded
    let header = Blake3Tree(layout: gapped.layout).encoded.count
    let runEnds = [header, header + 2 + 32]
    for length in encoded.indices {
      let isWhole = Blake3Tree(encoded: Array(encoded[..<length]), layout: gapped.layout) != nil
      #expect(isWhole == runEnds.contains(length), "\(length) bytes")
    }
    #expect(Blake3Tree(encoded: encoded + [0], layout: gapped.layout) == nil)
  }

  @Test("runs that no tree has are refused", arguments: impossibleRuns)
  func impossibleRun(name: String, run: [UInt8]) {
    let layout = gapped.layout
    let header = Blake3Tree(layout: layout).encoded
    let values = [UInt8](repeating: 9, count: 32 * 10)
    #expect(Blake3Tree(encoded: header + run + values, layout: layout) == nil, "\(name)")
  }

  /// Of a layout with ten subtrees: how many are missing, then how many are there.
  static let impossibleRuns: [(String, [UInt8])] = [
    ("no subtrees", [0, 0]),
    ("past the end", [3, 8]),
    ("all of it past the end", [11, 1]),
    ("a number spelled long", [0x80, 0, 1]),
    ("a number without end", [UInt8](repeating: 0xff, count: 40)),
    ("a number of 64 bits", [UInt8](repeating: 0xff, count: 9) + [1, 1]),
    ("the largest number missing", [UInt8](repeating: 0xff, count: 8) + [0x7f, 1]),
    ("the largest number there", [1] + [UInt8](repeating: 0xff, count: 8) + [0x7f]),
  ]

  @Test("two runs that touch are refused")
  func touchingRuns() {
    let layout = gapped.layout
    let value = [UInt8](repeating: 9, count: 32)
    let header = Blake3Tree(layout: layout).encoded
    #expect(Blake3Tree(encoded: header + [0, 1] + value + [1, 1] + value, layout: layout) != nil)
    #expect(Blake3Tree(encoded: header + [0, 1] + value + [0, 1] + value, layout: layout) == nil)
  }

  @Test("whatever is read has one spelling, and nothing read traps")
  func garbageNeverTraps() {
    var generator = SeededGenerator(state: 3)
    let encoded = gapped.encoded
    for _ in 0..<3000 {
      var bytes = encoded
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[place] = UInt8.random(in: 0...255, using: &generator)
      }
      bytes.removeLast(Int.random(in: 0...40, using: &generator))
      guard let tree = Blake3Tree(encoded: bytes, layout: gapped.layout) else { continue }
      #expect(tree.encoded == bytes)
    }
  }

  /// Ten subtrees of which the first and three in the middle are there.
  private let gapped: Blake3Tree = {
    let content = Content(10 * 1024, subtreeLength: 1024)
    var tree = Blake3Tree(layout: content.layout)
    for index in [0, 4, 5, 6] { tree.insert(content.subtrees[index]) }
    return tree
  }()
}
