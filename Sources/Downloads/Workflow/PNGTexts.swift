/// The texts of a PNG file (W3C's PNG, 11.3.4), as far as it goes: checksums are not looked at, and a
/// file that was cut off has those before the cut.
enum PNGTexts {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  static func all(in file: [UInt8]) -> PictureTexts {
    var texts = PictureTexts()
    var rest = file.dropFirst(signature.count)
    while rest.count >= 8 {
      let length = Int(rest.bigEndian(UInt32.self))
      let type = rest.dropFirst(4).prefix(4)
      let data = rest.dropFirst(8)
      guard length <= data.count else { break }
      read(data.prefix(length), type: String(decoding: type, as: UTF8.self), into: &texts)
      rest = data.dropFirst(length).dropFirst(4)
    }
    return texts
  }

  private static func read(
    _ data: ArraySlice<UInt8>, type: String, into texts: inout PictureTexts
  ) {
    guard textTypes.contains(type), let (keyword, rest) = data.splitAtZero() else { return }
    switch type {
    case "zTXt": texts.takeCompressed(named: keyword)
    case "iTXt":
      // Two bytes tell of compression; then come a language and the keyword in it.
      guard rest.first == 0 else { return texts.takeCompressed(named: keyword) }
      guard let (_, named) = rest.dropFirst(2).splitAtZero(), let (_, text) = named.splitAtZero()
      else { return }
      texts.take(text, named: keyword)
    default: texts.take(rest, named: keyword)
    }
  }

  /// `comf` is ComfyUI's own, in animations.
  private static let textTypes: Set<String> = ["tEXt", "iTXt", "zTXt", "comf"]
}

extension ArraySlice<UInt8> {
  /// The number that the first bytes are; 0 where there are too few.
  func bigEndian<Number: FixedWidthInteger>(_: Number.Type) -> Number {
    let bytes = prefix(Number.bitWidth / 8)
    guard bytes.count == Number.bitWidth / 8 else { return 0 }
    return bytes.reduce(0) { $0 << 8 | Number($1) }
  }

  func littleEndian<Number: FixedWidthInteger>(_: Number.Type) -> Number {
    bigEndian(Number.self).byteSwapped
  }

  /// What stands before and behind the first zero; nil without one.
  func splitAtZero() -> (ArraySlice<UInt8>, ArraySlice<UInt8>)? {
    guard let zero = firstIndex(of: 0) else { return nil }
    return (self[..<zero], self[(zero + 1)...])
  }
}
