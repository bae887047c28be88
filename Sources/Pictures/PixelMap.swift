/// Pixels on their way from the decoding process, as a portable pixmap (netpbm, `ppm(5)`).
struct PixelMap: Equatable {
  /// In pixels, 1 or more.
  let width: Int
  let height: Int
  /// Red, green and blue, row by row.
  let bytes: [UInt8]

  var encoded: [UInt8] { Array("P6\n\(width) \(height)\n255\n".utf8) + bytes }

  init(width: Int, height: Int, bytes: [UInt8]) {
    self.width = width
    self.height = height
    self.bytes = bytes
  }

  /// Nil for anything but what `encoded` writes: the process may have been taken over by the picture.
  init?(_ encoded: [UInt8]) {
    let lines = encoded.split(separator: 0x0A, maxSplits: 3, omittingEmptySubsequences: false)
    guard lines.count == 4, lines[0].elementsEqual("P6".utf8), lines[2].elementsEqual("255".utf8)
    else { return nil }
    let sides = lines[1].split(separator: 0x20).map { Int(String(decoding: $0, as: UTF8.self)) }
    guard sides.count == 2, let width = sides[0], let height = sides[1],
      (1...0xFFFF).contains(width), (1...0xFFFF).contains(height),
      lines[3].count == width * height * 3
    else { return nil }
    self.init(width: width, height: height, bytes: Array(lines[3]))
  }
}
