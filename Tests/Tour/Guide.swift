import Foundation
import TestTerminal

/// Something that is done at the keyboard.
enum Gesture {
  /// A key as tmux names it, such as `Enter`.
  case key(String)
  case text(String)
  case paste(String)
}

/// A step of the tour did not show what it promises.
struct StepFailed: Error, CustomStringConvertible {
  let step: String
  let missing: [String]
  let screen: String

  var description: String {
    "The step “\(step)” does not show \(missing.joined(separator: ", ")):\n\(screen)"
  }
}

/// Leads through the tour: takes each step in a terminal and writes it down.
final class Guide {
  let terminal: TmuxTerminal
  private(set) var page: TourPage

  init(_ terminal: TmuxTerminal, introduction: String) {
    self.terminal = terminal
    page = TourPage(introduction: introduction)
  }

  func chapter(_ title: String) { page.addChapter(title) }

  /// Does a step, waits until the screen shows all that it should, and keeps the screen.
  func step(
    _ words: String, _ gestures: Gesture..., until sights: Sight..., isShown: Bool = true
  ) async throws {
    for gesture in gestures {
      try terminal.make(gesture)
      // An Escape that another key follows at once is Alt and that key.
      if case .key("Escape") = gesture { try await Task.sleep(for: .milliseconds(300)) }
    }
    let screen = try await Self.screen(of: terminal, words, sights)
    page.addStep(words, screen: isShown ? screen : nil)
  }

  /// The same in another terminal than the tour's own.
  func step(_ words: String, in terminal: TmuxTerminal, until sights: Sight...) async throws {
    page.addStep(words, screen: try await Self.screen(of: terminal, words, sights))
  }

  /// Waits for something that the page does not tell of.
  func wait(_ purpose: String, for sights: Sight...) async throws {
    _ = try await Self.screen(of: terminal, purpose, sights)
  }

  /// Waits for the sights, and until the screen is the same twice, since it can be half drawn.
  private static func screen(
    of terminal: TmuxTerminal, _ words: String, _ sights: [Sight]
  ) async throws -> String {
    var screen = ""
    let isSeen = try await eventually {
      let before = screen
      screen = terminal.text
      guard sights.allSatisfy({ $0.isOn(screen) }) else { return false }
      if screen == before { return true }
      try await Task.sleep(for: .milliseconds(50))
      return false
    }
    guard isSeen else {
      let missing = sights.filter { !$0.isOn(screen) }.map(\.description)
      throw StepFailed(step: words, missing: missing, screen: screen)
    }
    return screen
  }
}

extension TmuxTerminal {
  func make(_ gesture: Gesture) throws {
    switch gesture {
    case .key(let key): try press(key)
    case .text(let text): try type(text)
    case .paste(let text): try paste(text)
    }
  }
}
