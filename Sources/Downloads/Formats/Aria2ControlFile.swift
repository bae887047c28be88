/// What aria2 writes beside an unfinished file as `NAME.aria2`: which parts of it are there.
///
/// The format is that of aria2's technical notes, in version 1, which every aria2 since 1.4.1 writes. A
/// file that is not exactly so says nothing: half of a map may be as wrong as all of it.
public struct Aria2ControlFile: Sendable, Equatable {
  /// Of the whole file, in bytes.
  public let size: Int64
  /// Bytes of pieces, and of blocks of pieces, that aria2 has written.
  public let finished: ByteRanges

  /// Bytes that are read of a control file; one for a terabyte in pieces of a megabyte has an eighth.
  public static let mostBytes = 1 << 20

  private static let blockLength: Int64 = 16 << 10

  /// Nil for what is no control file of a download over HTTP.
  public init?(_ bytes: [UInt8]) {
    var reader = Reader(bytes)
    guard bytes.count <= Self.mostBytes, reader.number(2) == 1, let extensions = reader.number(4),
      // A torrent's pieces are of several files.
      extensions & 1 == 0, reader.number(4) == 0,
      let pieceLength = reader.number(4), pieceLength > 0,
      let size = reader.number(8), size > 0, size < 1 << 50,
      reader.number(8) != nil, let length = reader.number(4)
    else { return nil }
    let pieces = (size - 1) / pieceLength + 1
    guard length == (pieces - 1) / 8 + 1, let bitfield = reader.take(length) else { return nil }
    var finished = ByteRanges(Self.ranges(bitfield, count: pieces, of: pieceLength, in: 0..<size))
    guard let underWay = reader.number(4), underWay <= pieces else { return nil }
    for _ in 0..<underWay {
      guard let index = reader.number(4), index < pieces, let pieceSize = reader.number(4),
        let length = reader.number(4)
      else { return nil }
      let start = index * pieceLength
      let piece = start..<min(start + pieceLength, size)
      let blocks = (Int64(piece.count) - 1) / Self.blockLength + 1
      guard pieceSize == piece.count, length == (blocks - 1) / 8 + 1,
        let bitfield = reader.take(length)
      else { return nil }
      for range in Self.ranges(bitfield, count: blocks, of: Self.blockLength, in: piece) {
        finished.insert(range)
      }
    }
    guard reader.isAtEnd else { return nil }
    self.size = size
    self.finished = finished
  }

  /// The parts of a range whose bits are set, the highest bit of the first byte for the first part.
  private static func ranges(
    _ bits: ArraySlice<UInt8>, count: Int64, of length: Int64, in range: Range<Int64>
  ) -> [Range<Int64>] {
    var ranges: [Range<Int64>] = []
    var start: Int64?
    func end(at index: Int64) {
      guard let first = start else { return }
      start = nil
      let upper = min(range.lowerBound + index * length, range.upperBound)
      ranges.append((range.lowerBound + first * length)..<upper)
    }
    for index in 0..<count {
      let isSet = bits[bits.startIndex + Int(index / 8)] & (0x80 >> UInt8(index % 8)) != 0
      if !isSet { end(at: index) } else if start == nil { start = index }
    }
    end(at: count)
    return ranges
  }

  /// Reads numbers in network byte order.
  private struct Reader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    var isAtEnd: Bool { rest.isEmpty }

    /// - Parameter length: in bytes, up to 8. Numbers that are too large for anything here are nil.
    mutating func number(_ length: Int64) -> Int64? {
      guard let bytes = take(length) else { return nil }
      let value = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return Int64(exactly: value)
    }

    mutating func take(_ length: Int64) -> ArraySlice<UInt8>? {
      guard length >= 0, length <= rest.count else { return nil }
      defer { rest = rest.dropFirst(Int(length)) }
      return rest.prefix(Int(length))
    }
  }
}
