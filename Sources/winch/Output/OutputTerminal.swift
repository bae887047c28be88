import Downloads
import Foundation
import Interface
import Terminal

/// Standard output or standard error, and what lines look like there.
struct OutputTerminal: Sendable {
  static let output = OutputTerminal(STDOUT_FILENO)
  static let error = OutputTerminal(STDERR_FILENO)

  let isTerminal: Bool
  /// Whether lines can be drawn over.
  let canRedraw: Bool
  private let descriptor: Int32
  private let isUnicode: Bool
  private let hasColors: Bool

  init(_ descriptor: Int32, environment: [String: String] = ProcessInfo.processInfo.environment) {
    self.descriptor = descriptor
    let facts = TerminalFacts(term: environment["TERM"] ?? "")
    isTerminal = isatty(descriptor) == 1
    canRedraw = isTerminal && facts.redrawsLines
    isUnicode = facts.encoding == "UTF-8"
    hasColors = facts.colors.map { $0 >= 8 } == true && environment["NO_COLOR"]?.isEmpty != false
  }

  /// As the terminal is now; what does not tell is taken for the usual one. Nil where there is none.
  var size: Size? {
    guard isTerminal else { return nil }
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return Size(columns: 80, rows: 24)
    }
    return Size(columns: Int(size.ws_col), rows: Int(size.ws_row))
  }

  func medium(_ settings: Settings) -> LineMedium {
    LineMedium(
      width: size?.columns, isUnicode: isUnicode, isStyled: isTerminal && hasColors,
      theme: settings.config.theme ?? .auto)
  }
}
