/// A picture as character cells: of each cell, the upper half block is one pixel and the background
/// below it another. So a pixel is about as high as it is wide.
struct HalfBlocks: Equatable {
  /// Rows of cells, all of one length.
  let rows: [[Cell]]

  /// Draws the picture as large as it fits and never larger than it is, with its sides in proportion.
  ///
  /// - Parameter room: what is there for it; without any room there are no cells.
  init(_ picture: Picture, within room: Size) {
    let (width, height) = Self.pixels(of: picture, within: room)
    let pixels = picture.scaled(width: width, height: height)
    rows = stride(from: 0, to: pixels.count, by: 2).map { row in
      Self.cells(upper: pixels[row], lower: row + 1 < pixels.count ? pixels[row + 1] : nil)
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
  private static func cells(upper: [Picture.Pixel], lower: [Picture.Pixel]?) -> [Cell] {
    upper.indices.map { column in
      Cell(
        text: "▀",
        style: Style(
          foreground: upper[column].color, background: lower?[column].color ?? .standard))
    }
  }
}

extension Picture.Pixel {
  fileprivate var color: Color { .rgb(red, green, blue) }
}
