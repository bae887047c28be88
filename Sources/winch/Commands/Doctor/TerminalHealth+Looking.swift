import Downloads
import Foundation
import Terminal

extension TerminalHealth {
  /// Looks at the terminal that standard output is, and writes nothing to it.
  static func looking(_ environment: [String: String]) -> TerminalHealth {
    let isTerminal = isatty(STDOUT_FILENO) == 1
    let term = environment["TERM"] ?? ""
    let facts = TerminalFacts(term: term)
    return TerminalHealth(
      isTerminal: isTerminal, term: term, isKnown: facts.isKnown,
      size: isTerminal ? size : nil, colors: isTerminal ? facts.colors : nil,
      refusesColors: environment["NO_COLOR"]?.isEmpty == false,
      locale: ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }
        .first { !$0.isEmpty } ?? "",
      isLocaleInstalled: facts.isLocaleInstalled, encoding: facts.encoding)
  }

  /// Of the terminal that standard output is; nil where it does not tell.
  static var columns: Int? { size?.columns }

  private static var size: (columns: Int, rows: Int)? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return (Int(size.ws_col), Int(size.ws_row))
  }
}
