import CTerminal
import Interface

/// ncurses' colour pairs, defined when first used.
struct ColorPairs {
  private struct Key: Hashable {
    let foreground: Int32
    let background: Int32
  }

  /// Colours of the terminal; 0 for none.
  private let colors: Int
  private let limit: Int
  private var numbers: [Key: Int32] = [:]

  init(colors: Int, limit: Int) {
    self.colors = colors
    self.limit = limit
  }

  /// The pair for a style; 0, which is the terminal's own, when there is no better.
  mutating func number(for style: Style) -> Int32 {
    let key = Key(foreground: index(style.foreground), background: index(style.background))
    guard key != Key(foreground: -1, background: -1) else { return 0 }
    if let number = numbers[key] { return number }
    guard numbers.count + 1 < limit else { return 0 }
    let number = Int32(numbers.count + 1)
    winch_terminal_define_pair(number, key.foreground, key.background)
    numbers[key] = number
    return number
  }

  /// Whether a frame of so many cells finds pairs for all of them. Where there are fewer pairs than
  /// cells to begin with, nothing is won by beginning anew.
  func hasRoom(for cells: Int) -> Bool { limit <= cells || numbers.count + cells < limit }

  /// Begins anew; everything has to be drawn again then.
  mutating func forget() { numbers = [:] }

  private func index(_ color: Color) -> Int32 {
    if colors == 0 { return -1 }
    return switch color {
    case .standard: -1
    case .black: 0
    case .red: 1
    case .green: 2
    case .yellow: 3
    case .blue: 4
    case .magenta: 5
    case .cyan: 6
    case .white: 7
    case .palette(let index): self.index(ofPalette: index)
    case .rgb(let red, let green, let blue): self.index(of: RGB(red, green, blue))
    }
  }

  private func index(ofPalette index: UInt8) -> Int32 {
    if hasDirectColors { return self.index(of: XtermPalette.color(index)) }
    return Int(index) < colors ? Int32(index) : -1
  }

  private func index(of color: RGB) -> Int32 {
    // With direct colours a number is the colour, but for those that are the eight.
    if hasDirectColors { return max(8, color.number) }
    return Int32(XtermPalette.nearest(to: color, among: colors))
  }

  private var hasDirectColors: Bool { colors > 256 }
}
