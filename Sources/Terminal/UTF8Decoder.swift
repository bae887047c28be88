/// Makes scalars of bytes that arrive one by one, whatever the locale says: terminals send UTF-8.
///
/// Every byte that cannot belong to a scalar becomes U+FFFD (Unicode Standard, section 3.9).
struct UTF8Decoder {
  private var pending: [UInt8] = []
  private var expected = 0

  /// The scalars that this byte completes, mostly one or none.
  mutating func decode(_ byte: UInt8) -> [Unicode.Scalar] {
    guard byte & 0xC0 == 0x80 else { return flush() + begin(byte) }
    guard expected > 0 else { return ["\u{FFFD}"] }
    pending.append(byte)
    return pending.count == expected ? flush() : []
  }

  /// Gives up on a scalar that is not complete.
  mutating func flush() -> [Unicode.Scalar] {
    guard !pending.isEmpty else { return [] }
    defer {
      pending = []
      expected = 0
    }
    return Array(String(decoding: pending, as: UTF8.self).unicodeScalars)
  }

  private mutating func begin(_ byte: UInt8) -> [Unicode.Scalar] {
    switch byte {
    case 0..<0x80: return [Unicode.Scalar(byte)]
    case 0xC2...0xDF: expected = 2
    case 0xE0...0xEF: expected = 3
    case 0xF0...0xF4: expected = 4
    default: return ["\u{FFFD}"]
    }
    pending = [byte]
    return []
  }
}
