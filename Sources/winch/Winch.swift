import ArgumentParser
import ComfyAPI
import Downloads
import Foundation

/// The program: the screen when called alone, else a command.
@main
struct Winch: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "winch",
    abstract: "Queues model downloads and shows them live.",
    discussion: """
      Without a command the screen opens. Downloads go on when it is closed.

      Examples:
        winch
        winch add --folder checkpoints URL
        winch add --wait --json URL
        winch ls
        winch --version --json
      """,
    version: Version.text,
    subcommands: [
      ScreenCommand.self, AddCommand.self, WorkflowCommand.self, InspectCommand.self,
      ListCommand.self, ShowCommand.self,
      CancelCommand.self, RetryCommand.self, PauseCommand.self, ResumeCommand.self,
      MoveCommand.self, LimitCommand.self, AssetsCommand.self, TagsCommand.self,
      SecretsCommand.self, VerifyCommand.self,
      ExportCommand.self, ApplyCommand.self,
      ServeCommand.self,
      StatusCommand.self, StopCommand.self, DoctorCommand.self, ConfigCommand.self,
      DecodePictureCommand.self,
    ],
    defaultSubcommand: ScreenCommand.self)

  /// Ends the process with a status that says how it went, and one sentence on standard error.
  static func main() async {
    // A reader that went away shows as a write that failed, not as a killed process.
    signal(SIGPIPE, SIG_IGN)
    do {
      if VersionReport.isAsked(by: CommandLine.arguments.dropFirst()) {
        return StandardOutput.write(try WireFormat.encodeText(VersionReport.json))
      }
      try refuseUnknownCommand(Array(CommandLine.arguments.dropFirst()))
      var command = try await asyncParseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let exit as CommandExit {
      exit.leave()
    } catch {
      Self.exit(withError: error)
    }
  }

  /// The library would take a word that is no command for an argument of the screen, or only say that
  /// it is one too many. What is asked of `help` is looked at as well.
  static func refuseUnknownCommand(_ arguments: [String]) throws(CommandExit) {
    var words = arguments
    var path = "winch"
    if words.first == "help" { words.removeFirst() }
    var command: any ParsableCommand.Type = Winch.self
    for word in words {
      let commands = command.configuration.subcommands
      guard !commands.isEmpty, !word.hasPrefix("-"), word != "help" else { return }
      guard let next = commands.first(where: { $0.configuration.commandName == word }) else {
        throw refusal(of: word, after: path, among: commands)
      }
      command = next
      path += " " + word
    }
  }

  private static func refusal(
    of word: String, after path: String, among commands: [any ParsableCommand.Type]
  ) -> CommandExit {
    let names = commands.map { $0.configuration }.filter { $0.shouldDisplay }.compactMap {
      $0.commandName
    }
    var exit = CommandExit(.usage, "There is no command \((path + " " + word).dropFirst(6)).")
    if word.contains("://") {
      // Not the link itself, which may hold a token.
      exit.lines = ["A link is queued by winch add 'LINK'."]
    } else if let nearest = NearestName.to(word, among: names) {
      exit.lines.append("Did you mean \(path) \(nearest)?")
    } else if path == "winch" {
      exit.lines.append("winch help lists the commands; winch alone opens the screen.")
    } else {
      exit.lines.append("winch help \(path.dropFirst(6)) lists the commands.")
    }
    return exit
  }
}
