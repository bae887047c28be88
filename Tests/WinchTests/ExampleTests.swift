import ArgumentParser
import Testing

@testable import winch

/// What README, pages and help show must be what the program takes.
@Suite("Examples")
struct ExampleTests {
  @Test(
    "every example is one that the program understands", arguments: Example.ofPages + Example.ofHelp
  )
  func parses(example: Example) {
    for arguments in example.invocations where !VersionReport.isAsked(by: arguments[...]) {
      do {
        _ = try Winch.parseAsRoot(arguments)
      } catch {
        // --help and --version are errors of that kind, which end well.
        #expect(Winch.exitCode(for: error) == .success, "\(Winch.message(for: error))")
      }
    }
  }

  @Test("pages and help have examples")
  func areThere() {
    #expect(Example.ofPages.contains { !$0.invocations.isEmpty })
    #expect(Example.ofHelp.filter { !$0.invocations.isEmpty }.count == Example.ofHelp.count)
    #expect(Example.ofHelp.count > 50)
    #expect(Example.pages.count > 8)
  }

  @Test("every command shows in its help how it is used")
  func areInEveryHelp() {
    let shown = Set(Example.ofHelp.map(\.source))
    for (names, command) in Example.commands(Winch.self, ["winch"])
    where command.configuration.shouldDisplay && command.configuration.subcommands.isEmpty {
      #expect(shown.contains(names.joined(separator: " ")))
    }
  }

  @Test(
    "a command that a page names has the options that are named with it", arguments: Mention.all)
  func mentions(mention: Mention) throws {
    let commands = Example.commands(Winch.self, ["winch"])
    let known = mention.words.prefix { word in word.contains(/^[a-z]+$/) }
    let found = commands.filter { known.starts(with: $0.names) }.max {
      $0.names.count < $1.names.count
    }
    let command = try #require(found)
    // What follows the name of a command with subcommands must be one of them.
    let isGroup = command.command.configuration.subcommands.contains { $0._commandName != "screen" }
    #expect(!isGroup || known.count == command.names.count, "\(known)")
    let isAlone = command.names.count == 1
    let help = Winch.helpMessage(
      for: isAlone ? ScreenCommand.self : command.command, includeHidden: true)
    let isVersion = isAlone && mention.options.contains("--version")
    for option in mention.options where !isVersion {
      #expect(help.contains(option), "\(command.names) has no \(option)")
    }
  }

  @Test(
    "a line for the shell is taken apart as a shell does",
    arguments: [
      ("winch ls", [["winch", "ls"]]), ("a 'b c' \"d  e\" f\\ g", [["a", "b c", "d  e", "f g"]]),
      ("a | b -c > d.txt && e # f", [["a"], ["b", "-c"], ["e"]]),
      (
        "cp \"$(winch config path)\" b",
        [["winch", "config", "path"], ["cp", "substituted", "b"]]
      ),
      ("", []), ("# only a remark", []), ("a ''", [["a", ""]]),
    ])
  func words(line: String, commands: [[String]]) {
    #expect(ShellWords(line).commands == commands)
  }
}

/// A command that a page names in its text, as `winch add --wait`, with the options that the same row of a
/// table names for it.
struct Mention: Sendable, CustomStringConvertible {
  let source: String
  let words: [String]
  let options: [String]

  var description: String { "\(source): \(words.joined(separator: " "))" }

  static let all = Example.pages.flatMap { name, text in
    text.split(separator: "\n").flatMap { line in mentions(in: line, of: name) }
  }

  private static func mentions(in line: Substring, of page: String) -> [Mention] {
    let spans = line.matches(of: /`([^`]+)`/).map { $0.1 }
    let commands = spans.filter { $0.hasPrefix("winch ") }
    // A row of a table that begins with one command is about that.
    let isRow = line.hasPrefix("| `winch ") && commands.count == 1
    return commands.map { span in
      let words = span.split(separator: " ").map(String.init)
      let others = isRow ? spans.filter { $0.hasPrefix("--") } : []
      let options = (words + others.map(String.init)).filter { $0.hasPrefix("--") }
        .map { String($0.split(separator: /[ =]/)[0]) }
      return Mention(source: page, words: words, options: options)
    }
  }
}
