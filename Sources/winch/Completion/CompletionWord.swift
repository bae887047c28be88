import ArgumentParser
import Downloads

/// A word that a shell may be offered for the Tab key, and what it stands for.
struct CompletionWord: Equatable {
  let text: String
  /// For people, where the shell can show it; nil for what speaks for itself.
  let meaning: String?

  /// Bytes; a longer word is of no use to anybody.
  private static let longest = 255
  /// Characters, so that one fits on a line.
  private static let longestMeaning = 60

  /// Nil for what is more than a plain word: bash runs a `$(…)` in what it is offered, and the names
  /// come from wherever the files do.
  init?(_ text: String, meaning: String? = nil) {
    guard let first = text.first, first.isLetter || first.isNumber,
      text.utf8.count <= Self.longest, text.unicodeScalars.allSatisfy(Self.isPlain)
    else { return nil }
    self.text = text
    self.meaning = meaning.map {
      String(PlainText.sanitized($0).prefix(Self.longestMeaning))
    }
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .otherLetter, .decimalNumber: true
    default: "-_./+@:".unicodeScalars.contains(scalar)
    }
  }

  /// As the shell's completion function reads it; bash shows no meanings.
  func line(for shell: CompletionShell?) -> String {
    switch shell {
    case .zsh:
      // A colon ends the word there.
      text.replacing(":", with: "\\:") + (meaning.map { ":" + $0 } ?? "")
    case .fish: text + (meaning.map { "\t" + $0 } ?? "")
    default: text
    }
  }
}
