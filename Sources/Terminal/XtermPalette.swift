/// A colour by its parts.
struct RGB: Equatable {
  let red: UInt8
  let green: UInt8
  let blue: UInt8

  init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  var number: Int32 { Int32(red) << 16 | Int32(green) << 8 | Int32(blue) }

  /// The square of how far apart two colours are.
  func distance(to other: RGB) -> Int {
    func square(_ one: UInt8, _ other: UInt8) -> Int {
      (Int(one) - Int(other)) * (Int(one) - Int(other))
    }
    return square(red, other.red) + square(green, other.green) + square(blue, other.blue)
  }

  /// From 0 for black to 1 for white (ITU-R BT.709), without regard to gamma.
  var brightness: Double {
    (0.2126 * Double(red) + 0.7152 * Double(green) + 0.0722 * Double(blue)) / 255
  }
}

/// The 256 colours of xterm: sixteen that are mostly the user's own, a cube, and greys
/// (256colres.pl in xterm's source).
enum XtermPalette {
  static func color(_ index: UInt8) -> RGB {
    switch index {
    case 0..<16: return sixteen[Int(index)]
    case 16..<232:
      let place = Int(index) - 16
      return RGB(levels[place / 36], levels[place / 6 % 6], levels[place % 6])
    default:
      let grey = 8 + (index - 232) * 10
      return RGB(grey, grey, grey)
    }
  }

  /// - Parameter count: colours that there are; of 256 only those count that no user has chosen.
  static func nearest(to color: RGB, among count: Int) -> UInt8 {
    let indices = count >= 256 ? 16...255 : 0...max(1, min(count, 16)) - 1
    // A loop over a table: a picture asks for thousands.
    var (nearest, least) = (indices.lowerBound, Int.max)
    for index in indices {
      let distance = all[index].distance(to: color)
      if distance < least { (nearest, least) = (index, distance) }
    }
    return UInt8(nearest)
  }

  private static let all = (UInt8.min...UInt8.max).map(color)

  private static let levels: [UInt8] = [0, 95, 135, 175, 215, 255]

  private static let sixteen = [
    RGB(0, 0, 0), RGB(205, 0, 0), RGB(0, 205, 0), RGB(205, 205, 0),
    RGB(0, 0, 238), RGB(205, 0, 205), RGB(0, 205, 205), RGB(229, 229, 229),
    RGB(127, 127, 127), RGB(255, 0, 0), RGB(0, 255, 0), RGB(255, 255, 0),
    RGB(92, 92, 255), RGB(255, 0, 255), RGB(0, 255, 255), RGB(255, 255, 255),
  ]
}
