/// A picture as character cells: of each cell, the upper half block is one pixel and the background
/// below it another. So a pixel is about as high as it is wide.
struct HalfBlocks: Equatable {
  /// Rows of cells, all of one length.
  let rows: [[Cell]]

  /// Draws the picture as large as it fits and never larger than it is, with its sides in proportion.
  ///
  /// - Parameters:
  ///   - room: what is there for it; without any room there are no cells.
  ///   - colors: how many the terminal has, 256 or more.
  init(_ picture: Picture, within room: Size, colors: Int = 256) {
    let (width, height) = Self.pixels(of: picture, within: room)
    let pixels = picture.scaled(width: width, height: height)
    rows = stride(from: 0, to: pixels.count, by: 2).map { row in
      Self.cells(
        upper: pixels[row].map { $0.color(of: colors) },
        lower: row + 1 < pixels.count ? pixels[row + 1].map { $0.color(of: colors) } : nil)
    }
  }

  /// The cells that the picture takes.
  static func size(of picture: Picture, within room: Size) -> Size {
    let (width, height) = pixels(of: picture, within: room)
    return Size(columns: width, rows: (height + 1) / 2)
  }

  private static func pixels(
    of picture: Picture, within room: Size
  ) -> (width: Int, height: Int) {
    guard room.columns > 0, room.rows > 0 else { return (0, 0) }
    let scale = min(
      1, Double(room.columns) / Double(picture.width),
      Double(room.rows * 2) / Double(picture.height))
    func side(_ length: Int) -> Int { max(1, Int((Double(length) * scale).rounded())) }
    return (side(picture.width), side(picture.height))
  }

  /// Below the last row of an odd height there is the screen's own background.
  private static func cells(upper: [Color], lower: [Color]?) -> [Cell] {
    upper.indices.map { column in
      Cell(
        text: "▀",
        style: Style(foreground: upper[column], background: lower?[column] ?? .standard))
    }
  }
}

extension Picture.Pixel {
  /// As a terminal with so many colours shows it.
  func color(of colors: Int) -> Color { colors > 256 ? directColor : paletteColor }

  /// In steps of 8, with black and white as they are: terminals know some ten thousand pairs of a
  /// colour and its background, and each cell may take one.
  private var directColor: Color {
    func step(_ value: UInt8) -> UInt8 { value & 0xF8 | value >> 5 }
    return .rgb(step(red), step(green), step(blue))
  }

  /// The nearest colour of xterm's palette, without its first 16, which themes change: 6 steps of
  /// each of red, green and blue, and 24 greys.
  private var paletteColor: Color {
    let steps = [red, green, blue].map(Self.step)
    let cube = Picture.Pixel(
      red: Self.levels[steps[0]], green: Self.levels[steps[1]], blue: Self.levels[steps[2]])
    let mean = (Int(red) + Int(green) + Int(blue)) / 3
    let shade = max(0, min(23, (mean - 3) / 10))
    let level = UInt8(8 + 10 * shade)
    let grey = Picture.Pixel(red: level, green: level, blue: level)
    guard distance(to: grey) < distance(to: cube) else {
      return .palette(UInt8(16 + 36 * steps[0] + 6 * steps[1] + steps[2]))
    }
    return .palette(UInt8(232 + shade))
  }

  private static let levels: [UInt8] = [0, 95, 135, 175, 215, 255]

  /// The step whose level is nearest.
  private static func step(_ value: UInt8) -> Int {
    switch value {
    case ..<48: 0
    case ..<115: 1
    default: min(5, (Int(value) - 35) / 40)
    }
  }

  private func distance(to other: Picture.Pixel) -> Int {
    func square(_ one: UInt8, _ other: UInt8) -> Int {
      (Int(one) - Int(other)) * (Int(one) - Int(other))
    }
    return square(red, other.red) + square(green, other.green) + square(blue, other.blue)
  }
}
