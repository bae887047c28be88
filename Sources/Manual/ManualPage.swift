/// The manual page of a command.
struct ManualPage {
  private let command: CommandTree
  private let version: String
  private(set) var lines: [String] = []

  /// - Parameters:
  ///   - date: `2026-11-26`; empty for none.
  ///   - readme: what the program's own page says besides; nil for the pages of commands.
  init(_ command: CommandTree, version: String, date: String, readme: MarkdownTables? = nil) {
    self.command = command
    self.version = version
    let name = command.pageName
    lines = [
      ".TH \(Roff.quoted(name.uppercased())) 1 \(Roff.quoted(date)) "
        + Roff.quoted("winch \(version)") + " \"User Commands\"",
      // Words are not broken: what is copied from here must work.
      ".nr HY 0",
    ]
    section("NAME", ["\(Roff.code(name)) \\- \(Roff.prose(Self.sentence(command.abstract)))"])
    section("SYNOPSIS", synopsis)
    let discussion = Discussion(command.discussion ?? "")
    section(
      "DESCRIPTION", [Roff.prose(command.abstract ?? "")] + Self.after(discussion.description))
    section("COMMANDS", command.shownSubcommands.flatMap(Self.entry))
    section("OPTIONS", options.flatMap(Self.entry))
    section("EXAMPLES", discussion.examples)
    if let readme { addTables(of: readme) }
    section("SEE ALSO", related)
  }

  var text: String { lines.joined(separator: "\n") + "\n" }

  private mutating func section(_ title: String, _ body: [String]) {
    guard !body.isEmpty else { return }
    lines += [".SH \(Roff.quoted(title))"] + body
  }

  private mutating func addTables(of readme: MarkdownTables) {
    for (title, heading) in [
      ("KEYS", "Keys"), ("EXIT STATUS", "Exit status"), ("ENVIRONMENT", "Environment"),
      ("FILES", "Where files go"),
    ] {
      section(
        title,
        readme.under(heading).flatMap { row in
          let name = row.name.contains("`") ? Roff.markdown(row.name) : Roff.bold(row.name)
          return [".TP", name, Roff.markdown(row.meaning)]
        })
    }
  }

  /// Without the dot at the end, as whatis lists it.
  private static func sentence(_ text: String?) -> String {
    guard let text else { return "" }
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  private static func after(_ lines: [String]) -> [String] { lines.isEmpty ? [] : [".PP"] + lines }

  // MARK: Synopsis

  private var synopsis: [String] {
    let name = Roff.bold(command.words.joined(separator: " "))
    guard !command.shownSubcommands.isEmpty else {
      return [([name] + optionWords + operandWords).joined(separator: " ")]
    }
    let inside = "\(name) \(Roff.italic("command")) [\(Roff.italic("option"))\\ ...]"
    guard command.defaultSubcommand != nil else { return [inside] }
    return ["\(name) [\(Roff.italic("option"))\\ ...]", ".br", inside]
  }

  private var optionWords: [String] {
    options.filter { !$0.isOptional && $0.kind == .option }.map(Self.term)
      + ["[\(Roff.italic("option"))\\ ...]"]
  }

  private var operandWords: [String] {
    command.shownArguments.filter { $0.kind == .positional }.map { argument in
      let name = Roff.italic(argument.valueName ?? "value")
      let word = argument.isRepeating ? name + "\\ ..." : name
      return argument.isOptional ? "[\(word)]" : word
    }
  }

  // MARK: Options and commands

  /// Operands first, then options; those of the command that is meant without one, too.
  private var options: [CommandTree.Argument] {
    let implied = command.shownSubcommands.first { $0.commandName == command.defaultSubcommand }
    let own = command.shownArguments
    let known = Set(own.compactMap { $0.names?.first?.text })
    let all =
      (implied?.shownArguments.filter { !known.contains($0.names?.first?.text ?? "") } ?? []) + own
    return all.filter { $0.kind == .positional } + all.filter { $0.kind != .positional }
  }

  private static func entry(_ argument: CommandTree.Argument) -> [String] {
    var lines = [".TP", term(argument)]
    if let abstract = argument.abstract { lines.append(Roff.prose(abstract)) }
    if let values = argument.allValues, !values.isEmpty {
      lines.append("One of " + values.map(Roff.bold).joined(separator: ", ") + ".")
    }
    if let value = argument.defaultValue, argument.kind != .flag {
      lines.append("Usually \(Roff.bold(value)).")
    }
    let discussion = Discussion(argument.discussion ?? "").description
    return lines + (discussion.isEmpty ? [] : [".IP"] + discussion)
  }

  private static func term(_ argument: CommandTree.Argument) -> String {
    let names = (argument.names ?? []).map { Roff.bold($0.text) }.joined(separator: ", ")
    let value = Roff.italic(argument.valueName ?? "value")
    switch argument.kind {
    case .positional: return value
    case .flag: return names
    case .option: return names + " " + value
    }
  }

  private static func entry(_ command: CommandTree) -> [String] {
    [
      ".TP", "\(Roff.bold(command.pageName))(1)", Roff.prose(command.abstract ?? ""),
    ]
  }

  private var related: [String] {
    let above = command.superCommands.map { names in
      names.indices.map { names[...$0].joined(separator: "-") }
    }
    let names = (above ?? []) + command.shownSubcommands.map(\.pageName)
    return [names.map { "\(Roff.bold($0))(1)" }.joined(separator: ",\n")]
  }
}
