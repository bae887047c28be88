extension Blake3Tree {
  /// The state of a tree as bytes, for a later run of the program.
  ///
  /// A version, the layout, then each run of finished subtrees: how many are missing before it, how
  /// many it has, and the values of the fewest nodes above it. There is one such spelling of a state.
  public var encoded: [UInt8] {
    var writer = VariableLengthWriter()
    writer.write(layout: layout)
    var end = 0
    for run in finished {
      writer.write(run.lowerBound - end)
      writer.write(run.count)
      for node in layout.nodes(above: run) {
        writer.bytes += values[node]?.bytes ?? []
      }
      end = run.upperBound
    }
    return writer.bytes
  }

  /// Reads what `encoded` has written for the same layout. Nil for anything else; the values
  /// themselves are not proven, only the final hash can do that.
  public init?(encoded: [UInt8], layout: Blake3Layout) {
    self.init(layout: layout)
    var header = VariableLengthWriter()
    header.write(layout: layout)
    guard encoded.starts(with: header.bytes) else { return nil }
    var reader = VariableLengthReader(bytes: encoded[header.bytes.count...])
    var end = 0
    while !reader.isAtEnd {
      guard let run = reader.readRun(after: end, upTo: layout.subtreeCount) else { return nil }
      for node in layout.nodes(above: run) {
        guard let value = Blake3ChainingValue(reader.read(Blake3ChainingValue.length)) else {
          return nil
        }
        values[node] = value
      }
      end = run.upperBound
    }
  }
}

/// Writes numbers, seven bits a byte, least significant first; all bytes but the last have bit 7
/// (LEB128).
private struct VariableLengthWriter {
  var bytes: [UInt8] = []

  mutating func write(_ number: Int) {
    var rest = UInt64(number)
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7f) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func write(layout: Blake3Layout) {
    bytes.append(1)
    bytes.append(UInt8(layout.subtreeLength.trailingZeroBitCount))
    write(Int(layout.contentLength))
  }
}

/// Reads such numbers. Nothing that it is given makes it read past the end.
private struct VariableLengthReader {
  var bytes: ArraySlice<UInt8>

  var isAtEnd: Bool { bytes.isEmpty }

  /// The next bytes; fewer at the end.
  mutating func read(_ count: Int) -> ArraySlice<UInt8> {
    defer { bytes = bytes.dropFirst(count) }
    return bytes.prefix(count)
  }

  /// Nil at the end, for a number above 2^63 - 1, and for one spelled longer than it need be.
  mutating func readNumber() -> Int? {
    var number = 0
    for shift in stride(from: 0, to: 63, by: 7) {
      guard let byte = bytes.popFirst() else { return nil }
      number |= Int(byte & 0x7f) << shift
      if byte < 0x80 { return byte == 0 && shift > 0 ? nil : number }
    }
    return nil
  }

  /// The run of subtrees that is told of next. Two runs do not touch, else they were one.
  mutating func readRun(after end: Int, upTo limit: Int) -> Range<Int>? {
    guard let gap = readNumber(), let count = readNumber(), gap > 0 || end == 0, count > 0,
      gap <= limit - end, count <= limit - end - gap
    else { return nil }
    return (end + gap)..<(end + gap + count)
  }
}
