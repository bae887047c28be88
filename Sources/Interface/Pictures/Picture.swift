/// A still picture of red, green and blue, small enough for a screen of character cells.
public struct Picture: Sendable, Equatable {
  /// The most pixels along a side. More could not be told apart in cells.
  public static let mostSide = 256

  /// In pixels, 1 to `mostSide`.
  public let width: Int
  public let height: Int
  /// Three bytes a pixel, row by row from the upper left.
  let bytes: [UInt8]

  /// Nil when a side is out of bounds, or when the bytes are not those of so many pixels.
  public init?(width: Int, height: Int, bytes: [UInt8]) {
    guard (1...Self.mostSide).contains(width), (1...Self.mostSide).contains(height),
      bytes.count == width * height * 3
    else { return nil }
    self.width = width
    self.height = height
    self.bytes = bytes
  }

  struct Pixel: Equatable {
    var red: UInt8
    var green: UInt8
    var blue: UInt8
  }

  /// The picture in another size, each pixel the mean of those it covers, as far as it covers them.
  ///
  /// - Returns: rows of pixels; none when a side is not at least 1.
  func scaled(width: Int, height: Int) -> [[Pixel]] {
    guard width > 0, height > 0 else { return [] }
    let columns = (0..<width).map { BoxSpan($0, of: width, over: self.width) }
    return (0..<height).map { row in
      let span = BoxSpan(row, of: height, over: self.height)
      return columns.map { mean(columns: $0, rows: span) }
    }
  }

  private func mean(columns: BoxSpan, rows: BoxSpan) -> Pixel {
    var (red, green, blue, total) = (0.0, 0.0, 0.0, 0.0)
    for row in rows.pixels {
      for column in columns.pixels {
        let weight = rows.weight(of: row) * columns.weight(of: column)
        let index = (row * width + column) * 3
        red += Double(bytes[index]) * weight
        green += Double(bytes[index + 1]) * weight
        blue += Double(bytes[index + 2]) * weight
        total += weight
      }
    }
    func byte(_ sum: Double) -> UInt8 { UInt8(min(255, (sum / total).rounded())) }
    return Pixel(red: byte(red), green: byte(green), blue: byte(blue))
  }
}

/// What one pixel of a scaled picture covers of the original along one side.
private struct BoxSpan {
  let start: Double
  let end: Double
  /// All pixels that are covered, the first and the last perhaps in part.
  let pixels: ClosedRange<Int>

  init(_ index: Int, of count: Int, over length: Int) {
    start = Double(index) * Double(length) / Double(count)
    end = Double(index + 1) * Double(length) / Double(count)
    let first = min(length - 1, Int(start))
    pixels = first...max(first, min(length - 1, Int(end.rounded(.up)) - 1))
  }

  /// Above 0: rounding may leave nothing of a pixel at the edge.
  func weight(of pixel: Int) -> Double {
    max(1e-9, min(end, Double(pixel + 1)) - max(start, Double(pixel)))
  }
}
