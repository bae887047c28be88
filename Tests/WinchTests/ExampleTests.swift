import ArgumentParser
import Foundation
import Testing

@testable import winch

/// What the documentation and the help tell people to type.
@Suite("Examples")
struct ExampleTests {
  private static let root = URL(filePath: #filePath).appending(path: "../../..").standardized

  private static let pages: [String] = {
    let docs = try? FileManager.default.contentsOfDirectory(
      atPath: root.appending(path: "Docs").path())
    return ["README.md"] + (docs ?? []).filter { $0.hasSuffix(".md") }.sorted().map { "Docs/" + $0 }
  }()

  /// Lines of shell blocks, and what stands in the text as code, that call the program.
  private func examples(in page: String) -> [String] {
    let blocks = page.matches(of: /(?s)```(?:sh|console)\n(.*?)```/).map { String($0.1) }
    let inline = page.replacing(/(?s)```.*?```/, with: "")
      .matches(of: /`(winch [^`]+)`/).map { String($0.1) }
    return (blocks.flatMap { $0.split(separator: "\n").map(String.init) } + inline)
      .compactMap(command)
  }

  /// From the program's name to the end of its command; nil where it is not called.
  private func command(_ line: String) -> String? {
    let line = line.replacing("\n", with: " ")
    if let words = line.firstMatch(of: /^make run ARGS='(.*)'/) { return "winch " + words.1 }
    let start = /(?:^|\| |; |&& |\$ |[A-Z_]+=\S+ )(winch (?:[a-z-].*))/
    guard let match = line.firstMatch(of: start) else { return nil }
    return String(match.1)
  }

  /// The words as a shell makes them, up to what ends a command. Placeholders become values.
  private func words(_ command: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    let text = command.replacing(/\[[^\]]*\]/, with: "").replacing("…", with: "")
    scan: for character in text {
      switch character {
      case quote: quote = nil
      case _ where quote != nil: word = (word ?? "") + String(character)
      case "'", "\"":
        quote = character
        word = word ?? ""
      case "#" where word == nil, "|", ";", "&", ">": break scan
      case " ":
        if let done = word { words.append(done) }
        word = nil
      default: word = (word ?? "") + String(character)
      }
    }
    return (words + (word.map { [$0] } ?? [])).dropFirst().map(value)
  }

  private func value(_ word: String) -> String {
    switch word {
    case "N": "1"
    case "RATE": "5M"
    default: word
    }
  }

  private func check(_ command: String, _ place: String) {
    let words = words(command)
    guard !VersionReport.isAsked(by: words) else { return }
    do {
      _ = try Winch.parseAsRoot(words)
    } catch {
      // Help and version are asked for by an error; and a command or option may be named without what
      // it takes.
      let message = Winch.message(for: error)
      let isRight = Winch.exitCode(for: error) == .success || message.hasPrefix("Missing ")
      #expect(isRight, "\(place): \(command): \(message)")
    }
  }

  @Test("a page names no command or option that there is not", arguments: pages)
  func isRight(path: String) throws {
    let page = try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
    for example in examples(in: page) { check(example, path) }
  }

  @Test("README shows how each command is used")
  func readme() throws {
    let page = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
    let used = Set(examples(in: page).compactMap { words($0).first })
    for command in Winch.configuration.subcommands where command.configuration.shouldDisplay {
      let name = command.configuration.commandName ?? ""
      #expect(used.contains(name) || ["screen", "apply"].contains(name), "\(name)")
    }
  }

  @Test("the help of a command gives examples that it understands")
  func help() {
    var count = 0
    var waiting: [any ParsableCommand.Type] = [Winch.self]
    while let command = waiting.popLast() {
      waiting += command.configuration.subcommands
      for line in command.configuration.discussion.split(separator: "\n") {
        guard let example = self.command(line.drop { $0 == " " }.description) else { continue }
        count += 1
        check(example, command.configuration.commandName ?? "")
      }
    }
    #expect(count > 20)
  }
}
