import HostileInput
import Testing

@testable import Downloads

@Suite("aria2's control file")
struct Aria2ControlFileTests {
  /// As aria2 writes it (technical notes, version 1).
  static func bytes(
    size: UInt64, piece: UInt32 = 1 << 20, bits: [UInt8], version: UInt8 = 1, torrent: Bool = false,
    underWay: [(index: UInt32, length: UInt32, bits: [UInt8])] = []
  ) -> [UInt8] {
    func big(_ value: some FixedWidthInteger) -> [UInt8] {
      withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }
    var bytes: [UInt8] = [0, version, 0, 0, 0, torrent ? 1 : 0]
    bytes += big(UInt32(0)) + big(piece) + big(size) + big(UInt64(0))
    bytes += big(UInt32(bits.count)) + bits + big(UInt32(underWay.count))
    for piece in underWay {
      bytes += big(piece.index) + big(piece.length) + big(UInt32(piece.bits.count)) + piece.bits
    }
    return bytes
  }

  private let mega: Int64 = 1 << 20

  @Test("says which pieces are there, the last one shorter")
  func pieces() throws {
    let size = UInt64(9 * mega + 5)
    let file = try #require(
      Aria2ControlFile(Self.bytes(size: size, bits: [0b1101_0000, 0b0100_0000])))
    #expect(file.size == Int64(size))
    #expect(
      file.finished.ranges == [0..<2 * mega, 3 * mega..<4 * mega, 9 * mega..<9 * mega + 5])
  }

  @Test("says which blocks of a piece are there that is under way")
  func blocks() throws {
    let blocks: [UInt8] = [0b1010_0000] + [UInt8](repeating: 0, count: 7)
    let file = try #require(
      Aria2ControlFile(
        Self.bytes(
          size: UInt64(2 * mega), bits: [0b1000_0000],
          underWay: [(index: 1, length: UInt32(mega), bits: blocks)])))
    let block: Int64 = 16 << 10
    #expect(
      file.finished.ranges == [0..<mega + block, mega + 2 * block..<mega + 3 * block])
  }

  @Test("is not believed where anything is not as it must be")
  func refused() {
    let good = Self.bytes(size: UInt64(2 * mega), bits: [0xC0])
    #expect(Aria2ControlFile(good) != nil)
    for length in 0..<good.count { #expect(Aria2ControlFile(Array(good.prefix(length))) == nil) }
    #expect(Aria2ControlFile(good + [0]) == nil)
    #expect(Aria2ControlFile(Self.bytes(size: UInt64(2 * mega), bits: [0xC0], version: 0)) == nil)
    #expect(
      Aria2ControlFile(Self.bytes(size: UInt64(2 * mega), bits: [0xC0], torrent: true)) == nil)
    #expect(Aria2ControlFile(Self.bytes(size: UInt64(2 * mega), bits: [0xC0, 0])) == nil)
    #expect(Aria2ControlFile(Self.bytes(size: 0, bits: [])) == nil)
    #expect(Aria2ControlFile(Self.bytes(size: .max, piece: .max, bits: [0xC0])) == nil)
    #expect(Aria2ControlFile(Self.bytes(size: 1, piece: 0, bits: [0x80])) == nil)
    let elsewhere: [(UInt32, UInt32, [UInt8])] = [
      (2, UInt32(mega), [UInt8](repeating: 0, count: 8))
    ]
    #expect(
      Aria2ControlFile(Self.bytes(size: UInt64(2 * mega), bits: [0], underWay: elsewhere)) == nil)
  }

  @Test("never says more than the file has, whatever is in it")
  func hostile() {
    let seeds = [
      Self.bytes(size: UInt64(9 * mega), bits: [0xA5, 0x80]),
      Self.bytes(
        size: 40_000, piece: 1 << 15, bits: [0x40],
        underWay: [(index: 0, length: 1 << 15, bits: [0xC0])]),
      Self.bytes(size: .max, piece: .max, bits: [0xFF]),
    ]
    var generator = HostileInput(seed: 94)
    for _ in 0..<HostileInput.count {
      guard let file = Aria2ControlFile(generator.mutate(seeds)) else { continue }
      #expect(file.finished.end <= file.size)
      #expect(file.finished.count <= file.size)
    }
  }
}
