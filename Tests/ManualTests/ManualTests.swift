import Foundation
import Testing

@testable import Manual

@Suite("The manual")
struct ManualTests {
  private func page(_ json: String, readme: String = "") throws -> String {
    let command = try JSONDecoder().decode(CommandTree.self, from: Data(json.utf8))
    let pages = Manual.pages(
      of: command, version: "1.2", date: "2026-11-26", readme: MarkdownTables(readme))
    return try #require(pages[command.pageName])
  }

  @Test("a command has its operands, its options, its text and its examples")
  func command() throws {
    let text = try page(
      #"""
      {"commandName": "add", "superCommands": ["winch"], "shouldDisplay": true,
       "abstract": "Queues downloads.",
       "discussion": "First.\n\nSecond:\n  winch serve\n\nExamples:\n  winch add 'a-b'",
       "arguments": [
         {"kind": "option", "names": [{"kind": "long", "name": "to"}], "valueName": "place",
          "abstract": "Where.", "allValues": ["top", "end"], "isOptional": false,
          "isRepeating": false, "shouldDisplay": true},
         {"kind": "positional", "valueName": "url", "abstract": "Links.", "isOptional": true,
          "isRepeating": true, "shouldDisplay": true},
         {"kind": "flag", "names": [{"kind": "long", "name": "detached"}], "isOptional": true,
          "isRepeating": false, "shouldDisplay": false}]}
      """#)
    #expect(
      text == #"""
        .TH "WINCH-ADD" 1 "2026-11-26" "winch 1.2" "User Commands"
        .nr HY 0
        .SH "NAME"
        winch\-add \- Queues downloads
        .SH "SYNOPSIS"
        \fBwinch add\fR \fB\-\-to\fR \fIplace\fR [\fIoption\fR\ ...] [\fIurl\fR\ ...]
        .SH "DESCRIPTION"
        Queues downloads.
        .PP
        First.
        .PP
        Second:
        .RS 4
        .EX
        winch serve
        .EE
        .RE
        .SH "OPTIONS"
        .TP
        \fIurl\fR
        Links.
        .TP
        \fB\-\-to\fR \fIplace\fR
        Where.
        One of \fBtop\fR, \fBend\fR.
        .SH "EXAMPLES"
        .RS 4
        .EX
        winch add \(aqa\-b\(aq
        .EE
        .RE
        .SH "SEE ALSO"
        \fBwinch\fR(1)

        """#)
  }

  private static let program = #"""
    {"commandName": "winch", "shouldDisplay": true, "abstract": "Queues.",
     "defaultSubcommand": "screen", "subcommands": [
       {"commandName": "screen", "superCommands": ["winch"], "shouldDisplay": true,
        "arguments": [{"kind": "option", "names": [{"kind": "long", "name": "exec"}],
          "isOptional": true, "isRepeating": false, "shouldDisplay": true}]},
       {"commandName": "secret", "superCommands": ["winch"], "shouldDisplay": false},
       {"commandName": "help", "superCommands": ["winch"], "shouldDisplay": true}]}
    """#

  @Test(
    "the program's page has the options of the command that is meant without one, and no hidden one"
  )
  func program() throws {
    let text = try page(Self.program)
    #expect(text.contains("\\fBwinch\\fR [\\fIoption\\fR\\ ...]\n.br\n\\fBwinch\\fR \\fIcommand"))
    #expect(text.contains("\\fB\\-\\-exec\\fR"))
    #expect(text.contains("\\fBwinch\\-screen\\fR(1)"))
    #expect(!text.contains("secret") && !text.contains("help"))
  }

  @Test("what the README has in tables is on the program's page")
  func tables() throws {
    let text = try page(
      Self.program,
      readme: """
        ## Keys
        | key | what it does |
        |---|---|
        | `a` `^E`, `↑` | [add](x.md) `--all` a \\| b |
        ### Exit status
        | status | when |
        |---|---|
        | 64 | usage |
        """)
    #expect(
      text.contains(
        ".SH \"KEYS\"\n.TP\n\\fBa\\fR \\fB\\(haE\\fR, \\fB\\[u2191]\\fR\nadd \\fB\\-\\-all\\fR a | b\n"
      ))
    #expect(text.contains(".SH \"EXIT STATUS\"\n.TP\n\\fB64\\fR\nusage\n"))
  }

  @Test("no line of a text becomes a request of troff, and nothing of it an escape")
  func escapes() {
    #expect(Roff.prose(".so /etc/passwd") == "\\&.so /etc/passwd")
    #expect(Roff.code("'x \\n") == "\\(aqx \\en")
    #expect(Roff.prose("'tis") == "\\&'tis")
    #expect(Roff.prose("see --all, re-read (-x)") == "see \\-\\-all, re-read (\\-x)")
  }

  @Test("the README of this project has every table that the manual takes from it")
  func ownReadme() throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../README.md")
    let readme = MarkdownTables(try String(contentsOf: path, encoding: .utf8))
    #expect(readme.under("Keys").count > 20)
    #expect(readme.under("Exit status").map(\.name).contains("130"))
    #expect(readme.under("Environment").contains { $0.name.contains("WINCH_SOCKET") })
    #expect(readme.under("Where files go").contains { $0.name.contains("engine.sock") })
  }
}
