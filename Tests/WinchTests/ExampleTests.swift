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

  @Test("README shows how each command is used")
  func readme() {
    let used = Set(
      Mention.all.filter { $0.source == "README.md" }.map { $0.words.dropFirst().first })
    for command in Winch.configuration.subcommands where command.configuration.shouldDisplay {
      let name = command._commandName
      #expect(used.contains(name) || name == "screen", "\(name)")
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

  @Test("what help explains stands on lines that a narrow terminal does not break again")
  func fitsTerminals() {
    for (names, command) in Example.commands(Winch.self, ["winch"]) {
      for line in command.configuration.discussion.split(separator: "\n")
      where !line.hasPrefix(" ") {
        #expect(line.count <= 75, "\(names.joined(separator: " ")): \(line)")
      }
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
    let values = ["N": "1", "RATE": "5M"]
    let arguments = mention.words.dropFirst().filter { !$0.hasPrefix("[") }.map { values[$0] ?? $0 }
    do {
      if !VersionReport.isAsked(by: arguments) { _ = try Winch.parseAsRoot(arguments) }
    } catch {
      // A command or option may be named without what it takes.
      let message = Winch.message(for: error)
      let isRight = Winch.exitCode(for: error) == .success || message.hasPrefix("Missing ")
      #expect(isRight, "\(message)")
    }
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
    let prose = text.replacing(/(?s)```.*?```/, with: "")
    let rows = prose.split(separator: "\n").filter { $0.hasPrefix("| `winch ") }.compactMap(row)
    let mentions = prose.matches(of: /`(winch\s[^`]+)`/).map { ($0.1, [Substring]()) }
    return (mentions + rows).map { command, others in
      let line = String(command.replacing("\n", with: " ").replacing("…", with: ""))
      let words = ShellWords(line).commands[0]
      let options = (words + others.map(String.init)).filter { $0.hasPrefix("--") }
      return Mention(
        source: name, words: words, options: options.map { String($0.split(separator: /[ =]/)[0]) })
    }
  }

  /// The command that a row of a table begins with, and the options it names; nil where it has several.
  private static func row(_ line: Substring) -> (Substring, [Substring])? {
    let spans = line.matches(of: /`([^`]+)`/).map { $0.1 }
    guard spans.count(where: { $0.hasPrefix("winch ") }) == 1 else { return nil }
    return (spans[0], spans.filter { $0.hasPrefix("--") })
  }
}
