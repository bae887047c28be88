import CBlake3
import Testing

@Suite("BLAKE3 subtrees")
struct SubtreeTests {
  @Test(
    "two halves hashed by themselves have the whole's hash above them",
    arguments: [(1, 1), (1, 1024), (16, 9000), (128, 1), (128, 131_072), (256, 200_000)])
  func twoHalvesMakeTheWhole(chunks: Int, rest: Int) {
    let bytes = patternBytes(chunks * 1024 + rest)
    let left = subtree(bytes[..<(chunks * 1024)], firstChunk: 0)
    let right = subtree(bytes[(chunks * 1024)...], firstChunk: UInt64(chunks))
    var root = [UInt8](repeating: 0, count: 32)
    winch_blake3_parent(left, right, true, &root)
    #expect(hexadecimal(root) == blake3(bytes))
  }

  @Test("a subtree of four quarters has the value of its halves' parent")
  func quartersMakeASubtree() {
    let bytes = patternBytes(4096)
    let quarters = (0..<4).map { index in
      let start = index * 1024
      return subtree(bytes[start..<(start + 1024)], firstChunk: 100 + UInt64(index))
    }
    let value = parent(parent(quarters[0], quarters[1]), parent(quarters[2], quarters[3]))
    #expect(value == subtree(bytes[...], firstChunk: 100))
  }

  @Test("the same bytes have another value at another place")
  func thePlaceCounts() {
    let bytes = patternBytes(1024)[...]
    #expect(subtree(bytes, firstChunk: 1) != subtree(bytes, firstChunk: 2))
  }

  @Test("a part's value is not its hash as a whole")
  func aPartIsNotAWhole() {
    for length in [1, 1024, 1025, 131_072, 262_144] {
      let bytes = patternBytes(length)
      #expect(subtreeValue(of: bytes[...], firstChunk: 0) != blake3(bytes), "\(length) bytes")
    }
  }

  private func subtree(_ bytes: ArraySlice<UInt8>, firstChunk: UInt64) -> [UInt8] {
    var hasher = winch_blake3_hasher()
    winch_blake3_init_subtree(&hasher, firstChunk)
    append(bytes, to: &hasher)
    return chainingValue(of: hasher)
  }

  /// Writes where the left one lies, as is allowed.
  private func parent(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
    var value = left
    value.withUnsafeMutableBufferPointer { place in
      // An array of 32 bytes has an address.
      let start = place.baseAddress!
      winch_blake3_parent(start, right, false, start)
    }
    return value
  }
}
