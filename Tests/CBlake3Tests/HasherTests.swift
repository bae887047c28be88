import CBlake3
import Testing

@Suite("BLAKE3 hasher")
struct HasherTests {
  @Test("two pieces cut anywhere near a block or chunk boundary hash like one")
  func twoPiecesHashLikeOne() {
    let bytes = patternBytes(4097)
    let expected = blake3(bytes)
    for boundary in stride(from: 0, through: 4096, by: 64) {
      for cut in [boundary - 1, boundary, boundary + 1] where (0...4097).contains(cut) {
        #expect(blake3(pieces: [bytes[..<cut], bytes[cut...]]) == expected, "cut at \(cut)")
      }
    }
  }

  @Test("single bytes hash like one piece")
  func singleBytesHashLikeOnePiece() {
    let bytes = patternBytes(5121)
    #expect(blake3(pieces: bytes.indices.map { bytes[$0...$0] }) == blake3(bytes))
  }

  @Test("a hash asked for on the way does not disturb the rest")
  func finalizingDoesNotDisturb() {
    let bytes = patternBytes(6145)
    var hasher = emptyHasher()
    for end in [0, 1, 1024, 1025, 3072, 6145] {
      append(bytes[Int(hasher.byteCount)..<end], to: &hasher)
      #expect(digest(of: hasher) == blake3(Array(bytes[..<end])), "\(end) bytes")
    }
  }

  @Test("a copy goes on by itself")
  func aCopyGoesOnByItself() {
    let bytes = patternBytes(3073)
    var original = emptyHasher()
    append(bytes[..<2049], to: &original)
    var copy = original
    append(bytes[2049...], to: &copy)
    #expect(digest(of: original) == blake3(Array(bytes[..<2049])))
    #expect(digest(of: copy) == blake3(bytes))
  }

  @Test("null with no bytes is allowed and changes nothing")
  func nullWithNoBytesIsAllowed() {
    var hasher = emptyHasher()
    winch_blake3_update(&hasher, nil, 0)
    #expect(digest(of: hasher) == blake3([]))
  }
}

extension winch_blake3_hasher {
  fileprivate var byteCount: UInt64 { (row_count * 128 + value_count) * 1024 + pending_count }
}
