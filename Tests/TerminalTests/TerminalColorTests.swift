import HostileInput
import Interface
import Testing

@testable import Terminal

@Suite("Colours of a terminal") struct TerminalColorTests {
  private let descriptions = ["xterm": 8, "xterm-256color": 256, "linux": 8, "vt100": 0]

  private func description(_ term: String, colorterm: String?) -> String {
    TerminalColors.description(of: term, colorterm.map { ["COLORTERM": $0] } ?? [:]) {
      descriptions[$0]
    }
  }

  @Test("A terminal of more colours than TERM tells is drawn on by its kin's description")
  func kin() {
    #expect(description("xterm", colorterm: "truecolor") == "xterm-256color")
    #expect(description("xterm", colorterm: "24bit") == "xterm-256color")
    #expect(description("xterm", colorterm: "yes") == "xterm")
    #expect(description("xterm", colorterm: nil) == "xterm")
    #expect(description("linux", colorterm: "truecolor") == "linux")
    #expect(description("xterm-256color", colorterm: "truecolor") == "xterm-256color")
  }

  @Test(
    "Numbers of colours that the screen is not designed for are taken for the next lower one",
    arguments: [(0, 0), (2, 0), (8, 8), (15, 8), (16, 16), (88, 16), (256, 256), (1 << 24, 16)])
  func usable(count: Int, expected: Int) {
    #expect(TerminalColors.usable(count, isDirect: false, [:]) == expected)
    #expect(TerminalColors.usable(count, isDirect: false, ["NO_COLOR": "1"]) == 0)
    #expect(TerminalColors.usable(count, isDirect: false, ["NO_COLOR": ""]) == expected)
  }

  @Test("Colours of 24 bits are used where a number is the colour itself")
  func direct() {
    #expect(TerminalColors.usable(1 << 24, isDirect: true, [:]) == 1 << 24)
    #expect(TerminalColors.usable(256, isDirect: true, [:]) == 256)
  }

  @Test(
    "COLORFGBG tells the background",
    arguments: [
      ("15;0", Background.dark), ("0;15", .light), ("0;default;15", .light), ("7;8", .dark),
      ("0;7", .light), ("0;default", nil), ("", nil), ("0;16", nil), ("0;-1", nil),
    ])
  func environment(value: String, expected: Background?) {
    #expect(TerminalColors.background(["COLORFGBG": value]) == expected)
  }

  @Test("A colour that the palette has is found there, and others next to it")
  func palette() {
    for index in UInt8(16)...255 {
      let color = XtermPalette.color(index)
      let nearest = XtermPalette.nearest(to: color, among: 256)
      #expect(XtermPalette.color(nearest) == color)
    }
    #expect(XtermPalette.nearest(to: RGB(0xD8, 0x60, 0), among: 256) == 166)
    #expect(XtermPalette.nearest(to: RGB(250, 10, 10), among: 16) == 9)
    #expect(XtermPalette.nearest(to: RGB(250, 10, 10), among: 8) == 1)
  }

  @Test("colours and greys become the nearest of the palette")
  func nearest() {
    func index(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
      XtermPalette.nearest(to: RGB(red, green, blue), among: 256)
    }
    #expect(index(0, 0, 0) == 16)
    #expect(index(255, 255, 255) == 231)
    #expect(index(95, 135, 175) == 67)
    #expect(index(100, 130, 180) == 67)
    #expect(index(8, 8, 8) == 232)
    #expect(index(128, 128, 128) == 244)
    #expect(index(238, 238, 238) == 255)
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
      let chosen = XtermPalette.nearest(to: RGB(bytes[0], bytes[1], bytes[2]), among: 256)
      #expect(distance(Int(chosen)) == (16...255).map(distance).min(), "\(bytes)")
    }
  }
}
