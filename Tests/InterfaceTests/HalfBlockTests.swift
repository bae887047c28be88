import HostileInput
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
private func palette(_ blocks: HalfBlocks) -> [String] {
  func name(_ color: Color) -> String {
    if case .palette(let index) = color { return "\(index)" }
    return color == .standard ? "-" : "\(color)"
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
    #expect(palette(blocks) == ["196/21 46/231"])
  }

  @Test("below the last row of an odd height the screen shows through")
  func oddHeight() throws {
    #expect(palette(HalfBlocks(try pixels("r", "g", "b"), within: room)) == ["196/46", "21/-"])
  }

  @Test("a terminal with direct colours gets them, in steps of 8")
  func directColors() throws {
    let blocks = HalfBlocks(try pixels("rh", "w."), within: room, colors: 1 << 24)
    let styles = blocks.rows[0].map(\.style)
    #expect(styles.map(\.foreground) == [.rgb(255, 0, 0), .rgb(132, 132, 132)])
    #expect(styles.map(\.background) == [.rgb(255, 255, 255), .rgb(0, 0, 0)])
  }

  @Test("a pixel that covers several is their mean")
  func mean() throws {
    let blocks = HalfBlocks(
      try pixels("w.", ".w", "rr", "rr"), within: Size(columns: 1, rows: 1))
    #expect(palette(blocks) == ["244/196"])
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

  @Test("colours and greys become the nearest of the palette")
  func nearest() {
    func index(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Color {
      Picture.Pixel(red: red, green: green, blue: blue).color(of: 256)
    }
    #expect(index(0, 0, 0) == .palette(16))
    #expect(index(255, 255, 255) == .palette(231))
    #expect(index(95, 135, 175) == .palette(67))
    #expect(index(100, 130, 180) == .palette(67))
    #expect(index(8, 8, 8) == .palette(232))
    #expect(index(128, 128, 128) == .palette(244))
    #expect(index(238, 238, 238) == .palette(255))
  }

  @Test("no colour of the palette is nearer than the one that is chosen")
  func noneNearer() {
    func levels(_ index: Int) -> [Int] {
      if index >= 232 { return Array(repeating: 8 + 10 * (index - 232), count: 3) }
      let steps = [0, 95, 135, 175, 215, 255]
      return [(index - 16) / 36, (index - 16) / 6 % 6, (index - 16) % 6].map { steps[$0] }
    }
    var random = HostileInput(seed: 7)
    for _ in 0..<300 {
      let bytes = (0..<3).map { _ in UInt8.random(in: 0...255, using: &random) }
      func distance(_ index: Int) -> Int {
        zip(levels(index), bytes).reduce(0) { $0 + ($1.0 - Int($1.1)) * ($1.0 - Int($1.1)) }
      }
      let color = Picture.Pixel(red: bytes[0], green: bytes[1], blue: bytes[2]).color(of: 256)
      guard case .palette(let chosen) = color else {
        Issue.record("\(color)")
        continue
      }
      #expect(distance(Int(chosen)) == (16...255).map(distance).min(), "\(bytes)")
    }
  }

  @Test(
    "what is no picture is none",
    arguments: [(0, 1, 0), (1, 0, 0), (257, 1, 771), (1, 257, 771), (2, 2, 11), (-1, -1, 3)])
  func noPicture(width: Int, height: Int, count: Int) {
    #expect(
      Picture(width: width, height: height, bytes: Array(repeating: 0, count: count)) == nil)
  }
}
