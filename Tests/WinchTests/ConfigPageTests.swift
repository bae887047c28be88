import Foundation
import Testing

@testable import winch

/// `make docs` writes the page anew.
@Suite("The page about the configuration")
struct ConfigPageTests {
  @Test("Docs/Configuration.md is what the table of options says")
  func isCurrent() throws {
    let page = URL(filePath: #filePath).appending(path: "../../../Docs/Configuration.md")
      .standardized
    if ProcessInfo.processInfo.environment["WINCH_WRITE_DOCS"] != nil {
      try ConfigPage.markdown.write(to: page, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: page, encoding: .utf8) == ConfigPage.markdown)
  }

  @Test("the example of each option is right")
  func examples() throws {
    let page = ConfigPage.markdown
    let profile = "profiles: {gpu: {url: \"https://h\"}}\n"
    for option in ConfigFile.options {
      let heading = try #require(page.range(of: "## \(option.name)\n"))
      let rest = page[heading.upperBound...]
      let start = try #require(rest.range(of: "```yaml\n")?.upperBound)
      let end = try #require(rest[start...].range(of: "\n```")?.lowerBound)
      let text = String(rest[start..<end])
      let isAlone = option.name != ConfigFile.backendOption.name
      let config = try ConfigFile(text: isAlone ? text : profile + text, path: "/c.yaml")
      #expect(config.stated[option.name] != nil, "\(option.name)")
    }
  }

  @Test("the settings that README shows are right")
  func readme() throws {
    let path = URL(filePath: #filePath).appending(path: "../../../README.md").standardized
    let blocks = try String(contentsOf: path, encoding: .utf8).matches(of: /(?s)```yaml\n(.*?)```/)
    #expect(!blocks.isEmpty)
    for block in blocks { _ = try ConfigFile(text: String(block.1), path: "/c.yaml") }
  }

  @Test("the draft of a file that is not there sets nothing, and everything when its # are removed")
  func template() throws {
    #expect(try ConfigFile(text: ConfigPage.template, path: "/c.yaml") == ConfigFile())
    let text = ConfigPage.template.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.hasPrefix("# ") ? $0.dropFirst(2) : $0 }.joined(
        separator: "\n")
    let config = try ConfigFile(text: text, path: "/c.yaml")
    #expect(Set(config.stated.keys) == Set(ConfigFile.options.map(\.name)))
  }
}
