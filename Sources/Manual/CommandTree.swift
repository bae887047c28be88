/// A command with its options and what is below it, as `winch --experimental-dump-help` tells it.
struct CommandTree: Decodable {
  var commandName: String
  var abstract: String?
  var discussion: String?
  var shouldDisplay = true
  /// The names above it, from the program's on.
  var superCommands: [String]?
  var defaultSubcommand: String?
  var subcommands: [CommandTree]?
  var arguments: [Argument]?

  struct Argument: Decodable {
    enum Kind: String, Decodable { case positional, option, flag }

    struct Name: Decodable {
      enum Kind: String, Decodable { case long, short, longWithSingleDash }

      var kind: Kind
      var name: String

      /// As it is typed.
      var text: String { (kind == .long ? "--" : "-") + name }
    }

    var kind: Kind
    var names: [Name]?
    var valueName: String?
    var abstract: String?
    var discussion: String?
    var defaultValue: String?
    var allValues: [String]?
    var isOptional: Bool
    var isRepeating: Bool
    var shouldDisplay: Bool
  }

  /// The program's own, without which nothing is below it.
  struct Program: Decodable { var command: CommandTree }

  /// The words that call it.
  var words: [String] { (superCommands ?? []) + [commandName] }
  /// The page's name, as `man` is asked for it.
  var pageName: String { words.joined(separator: "-") }

  var shownSubcommands: [CommandTree] {
    (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
  }
  var shownArguments: [Argument] { (arguments ?? []).filter(\.shouldDisplay) }

  /// It and all below it, each before what is below it.
  var flattened: [CommandTree] { [self] + shownSubcommands.flatMap(\.flattened) }
}
