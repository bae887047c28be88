import ArgumentParser
import Foundation

@testable import winch

/// A line that the documentation or the help shows to be typed.
struct Example: Sendable, CustomStringConvertible {
  /// Where it stands: a page, or a command.
  let source: String
  let line: String

  var description: String { "\(source): \(line)" }

  /// The arguments of each `winch` in the line, also behind `ssh` and in what `make run` is given.
  var invocations: [[String]] {
    ShellWords(line).commands.compactMap { Self.arguments(of: $0[...]) }
  }

  private static func arguments(of command: ArraySlice<String>) -> [String]? {
    let words = command.drop { $0.contains(/^[A-Z_]+=/) }
    switch words.first {
    case "winch": return Array(words.dropFirst())
    case "ssh": return words.firstIndex(of: "winch").map { Array(words[($0 + 1)...]) }
    case "make" where words.dropFirst().first == "run":
      let given = words.first { $0.hasPrefix("ARGS=") }?.dropFirst("ARGS=".count)
      return ShellWords(String(given ?? "")).commands.first ?? []
    default: return nil
    }
  }
}

extension Example {
  private static let root = URL(filePath: #filePath).appending(path: "../../..").standardized

  /// The pages for people, by their paths.
  static let pages: [(name: String, text: String)] = {
    let docs = (try? FileManager.default.contentsOfDirectory(atPath: root.path() + "/Docs")) ?? []
    return (["README.md"] + docs.filter { $0.hasSuffix(".md") }.sorted().map { "Docs/" + $0 })
      .compactMap { name in
        (try? String(contentsOf: root.appending(path: name), encoding: .utf8)).map { (name, $0) }
      }
  }()

  /// Those of the blocks for a shell, and indented, of all pages.
  static let ofPages = pages.flatMap { name, text in
    shellLines(text).map { Example(source: name, line: $0) }
  }

  private static func shellLines(_ text: String) -> [String] {
    var lines: [String] = []
    var fence: Substring?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let content = line.drop { $0 == " " }
      if content.hasPrefix("```") {
        fence = fence == nil ? content.dropFirst(3) : nil
      } else if let fence {
        if ["sh", "shell", "bash", "console"].contains(fence) {
          lines.append(String(content.hasPrefix("$ ") ? content.dropFirst(2) : content))
        }
      } else if line.hasPrefix("    "), content.hasPrefix("winch ") {
        lines.append(String(content))
      }
    }
    return lines
  }

  /// Those under “Examples:” in the help of every command, in the order of the commands.
  static let ofHelp: [Example] = commands(Winch.self, ["winch"]).flatMap { names, command in
    let discussion = command.configuration.discussion
    guard let start = discussion.range(of: "Examples:\n") else { return [Example]() }
    return discussion[start.upperBound...].split(separator: "\n")
      .prefix { $0.hasPrefix("  ") }
      .map { Example(source: names.joined(separator: " "), line: String($0.dropFirst(2))) }
  }

  /// Every command with its name, the subcommands after their command.
  static func commands(
    _ command: any ParsableCommand.Type, _ names: [String]
  ) -> [(names: [String], command: any ParsableCommand.Type)] {
    [(names, command)]
      + command.configuration.subcommands.flatMap { commands($0, names + [$0._commandName]) }
  }
}
