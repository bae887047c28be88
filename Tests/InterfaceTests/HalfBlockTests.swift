import Testing

@testable import Interface

/// A picture in which each pixel is one letter.
func pixels(_ rows: String...) throws -> Picture {
  let colors: [Character: [UInt8]] = [
    "r": [255, 0, 0], "g": [0, 255, 0], "b": [0, 0, 255], "w": [255, 255, 255], ".": [0, 0, 0],
    "h": [128, 128, 128],
  ]
  return try #require(
    Picture(
      width: rows[0].count, height: rows.count,
      bytes: rows.flatMap { row in row.flatMap { colors[$0] ?? [] } }))
}

/// Each cell as its foreground over its background.
private func colors(_ blocks: HalfBlocks) -> [String] {
  func name(_ color: Color) -> String {
    guard case .rgb(let red, let green, let blue) = color else {
      return color == .standard ? "-" : "\(color)"
    }
    return [red, green, blue].map { String($0) }.joined(separator: ",")
  }
  return blocks.rows.map { row in
    row.map { name($0.style.foreground) + "/" + name($0.style.background) }.joined(separator: " ")
  }
}

@Suite("A picture in half blocks")
struct HalfBlockTests {
  private let room = Size(columns: 10, rows: 10)

  @Test("each cell holds one pixel above another")
  func halves() throws {
    let blocks = HalfBlocks(try pixels("rg", "bw"), within: room)
    #expect(blocks.rows.map { $0.map(\.text).joined() } == ["▀▀"])
    #expect(colors(blocks) == ["255,0,0/0,0,255 0,255,0/255,255,255"])
  }

  @Test("below the last row of an odd height the screen shows through")
  func oddHeight() throws {
    #expect(
      colors(HalfBlocks(try pixels("r", "g", "b"), within: room))
        == ["255,0,0/0,255,0", "0,0,255/-"])
  }

  @Test("a pixel that covers several is their mean")
  func mean() throws {
    let blocks = HalfBlocks(
      try pixels("w.", ".w", "rr", "rr"), within: Size(columns: 1, rows: 1))
    #expect(colors(blocks) == ["128,128,128/255,0,0"])
  }

  @Test("pixels covered in part count in part")
  func parts() throws {
    let scaled = try pixels("w..").scaled(width: 2, height: 1)
    #expect(scaled[0].map(\.red) == [170, 0])
  }

  @Test(
    "it fills the room with its sides in proportion, and is never larger than it is",
    arguments: [
      (40, 40, 20, 20, 20, 10), (40, 40, 80, 5, 10, 5), (40, 80, 20, 40, 20, 20),
      (200, 2, 20, 10, 20, 1), (2, 200, 20, 10, 1, 10), (3, 3, 80, 24, 3, 2), (1, 1, 1, 1, 1, 1),
    ])
  func fits(width: Int, height: Int, columns: Int, rows: Int, wide: Int, high: Int) throws {
    let picture = try #require(
      Picture(
        width: width, height: height, bytes: Array(repeating: 9, count: width * height * 3)))
    let room = Size(columns: columns, rows: rows)
    let blocks = HalfBlocks(picture, within: room)
    #expect(blocks.rows.count == high)
    #expect(blocks.rows.allSatisfy { $0.count == wide })
    #expect(HalfBlocks.size(of: picture, within: room) == Size(columns: wide, rows: high))
  }

  @Test("without room there are no cells", arguments: [(0, 5), (5, 0), (0, 0), (-3, 2)])
  func noRoom(columns: Int, rows: Int) throws {
    let blocks = HalfBlocks(try pixels("r"), within: Size(columns: columns, rows: rows))
    #expect(blocks.rows.isEmpty)
  }

  @Test(
    "what is no picture is none",
    arguments: [(0, 1, 0), (1, 0, 0), (257, 1, 771), (1, 257, 771), (2, 2, 11), (-1, -1, 3)])
  func noPicture(width: Int, height: Int, count: Int) {
    #expect(
      Picture(width: width, height: height, bytes: Array(repeating: 0, count: count)) == nil)
  }
}
