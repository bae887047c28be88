import CTerminal
import Interface

/// How many colours a terminal has, and on what background, as far as that can be told without
/// asking it.
enum TerminalColors {
  /// What a program that knows of 24-bit colours puts into `COLORTERM`.
  private static let manyColors: Set<String> = ["truecolor", "24bit"]

  /// The description that the screen is drawn by: that of `TERM`, or of its kin with 256 colours
  /// where the environment says that the terminal has more than `TERM` tells.
  ///
  /// - Parameter colors: of a description, by its name; nil where terminfo has none.
  static func description(
    of term: String, _ environment: [String: String], colors: (String) -> Int?
  ) -> String {
    guard manyColors.contains(environment["COLORTERM"] ?? ""), let own = colors(term), own < 256,
      case let kin = term + "-256color", let better = colors(kin), better >= 256
    else { return term }
    return kin
  }

  /// One of the numbers that the screen is designed for.
  ///
  /// - Parameter isDirect: whether a colour's number is the colour itself.
  static func usable(
    _ count: Int, isDirect: Bool, _ environment: [String: String]
  ) -> Int {
    if environment["NO_COLOR"]?.isEmpty == false { return 0 }
    return switch count {
    case 1 << 24 where isDirect: count
    case 256: 256
    case 16...: 16
    case 8...: 8
    default: 0
    }
  }

  /// What `COLORFGBG` says: `15;0`, or `0;default;15`, by numbers of the sixteen colours.
  static func background(_ environment: [String: String]) -> Background? {
    guard let number = environment["COLORFGBG"]?.split(separator: ";").last.flatMap({ UInt8($0) }),
      number < 16
    else { return nil }
    return number == 7 || number > 8 ? .light : .dark
  }
}
