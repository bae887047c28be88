import Downloads
import Foundation
import Interface

/// The sequences that no terminfo capability names. Text inside of them is made harmless, so that
/// none of it can end the sequence.
///
/// Sources: XTerm Control Sequences (invisible-island.net/xterm/ctlseqs), tmux(1) for its
/// passthrough, GNU screen's manual for its own.
struct ControlSequence {
  static let bracketedPasteOn = "\u{1B}[?2004h"
  static let bracketedPasteOff = "\u{1B}[?2004l"
  /// Presses and the wheel, as decimal numbers.
  static let mouseOn = "\u{1B}[?1000h\u{1B}[?1006h"
  static let mouseOff = "\u{1B}[?1006l\u{1B}[?1000l"
  static let keepTitle = "\u{1B}[22;2t"
  static let giveTitleBack = "\u{1B}[23;2t"
  static let updateBegin = "\u{1B}[?2026h"
  static let updateEnd = "\u{1B}[?2026l"
  static let bell = "\u{07}"

  /// Bytes of text that xterm takes for its clipboard; others take more.
  static let longestCopy = 74_994
  private static let longestText = 200

  let traits: TerminalTraits
  /// False where the terminal takes ASCII alone: bytes beyond it may be its controls.
  let isUnicode: Bool

  /// Asks for `TerminalAnswer`s. The last question is one that every terminal answers.
  static func questions(aboutBackground: Bool) -> String {
    "\u{1B}[?2026$p" + (aboutBackground ? "\u{1B}]11;?\u{1B}\\" : "") + "\u{1B}[c"
  }

  func title(_ text: String) -> String { "\u{1B}]2;\(harmless(text))\u{07}" }

  /// Puts text into the clipboard; nil when it is too long or the terminal has no such command.
  func copy(_ text: String) -> String? {
    guard traits.hasClipboard, text.utf8.count <= Self.longestCopy else { return nil }
    let command = "\u{1B}]52;c;\(Data(text.utf8).base64EncodedString())\u{07}"
    // tmux takes the command itself or lets it through, by its settings; to do both is harmless.
    return traits.multiplexer == .tmux ? command + passedOn(command) : passedOn(command)
  }

  /// The bell, which is always understood, and the words where they are.
  func notification(_ notification: DesktopNotification) -> String {
    let title = harmless(notification.title)
    let body = harmless(notification.body)
    switch traits.notificationStyle {
    case nil: return Self.bell
    case .text: return Self.bell + passedOn("\u{1B}]9;\(title): \(body)\u{07}")
    case .titleAndText:
      let title = title.replacing(";", with: ",")
      return Self.bell + passedOn("\u{1B}]777;notify;\(title);\(body)\u{07}")
    }
  }

  /// One line of printable text, of bounded length.
  private func harmless(_ text: String) -> String {
    let start = PlainText.sanitized(String(text.prefix(Self.longestText)))
    guard !isUnicode else { return String(start.unicodeScalars.prefix(Self.longestText * 4)) }
    return String(start.unicodeScalars.map { $0.isASCII ? Character($0) : "?" })
  }

  /// Through the multiplexer to the terminal outside.
  private func passedOn(_ command: String) -> String {
    switch traits.multiplexer {
    case .none: return command
    case .tmux:
      return "\u{1B}Ptmux;" + command.replacing("\u{1B}", with: "\u{1B}\u{1B}") + "\u{1B}\\"
    case .screen:
      return Array(command).chunked(by: Self.screenChunk).map { "\u{1B}P\(String($0))\u{1B}\\" }
        .joined()
    }
  }

  /// GNU screen cuts a string that is longer than its buffer of 768 bytes.
  private static let screenChunk = 256
}

extension Array {
  fileprivate func chunked(by size: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
  }
}
