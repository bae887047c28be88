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
      try refuseUnknownCommand(CommandLine.arguments.dropFirst().first)
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

  /// The library would take a word that is no command for an argument of the screen.
  static func refuseUnknownCommand(_ word: String?) throws(CommandExit) {
    let commands = configuration.subcommands.map { $0.configuration }
    let names = commands.filter { $0.shouldDisplay }.compactMap { $0.commandName }
    guard let word, !word.hasPrefix("-"), word != "help", word != DecodePictureCommand.name,
      !names.contains(word)
    else { return }
    var exit = CommandExit(.usage, "There is no command \(word).")
    if word.contains("://") {
      // Not the link itself, which may hold a token.
      exit.lines = ["A link is queued by winch add 'LINK'."]
    } else if let nearest = NearestName.to(word, among: names) {
      exit.lines.append("Did you mean winch \(nearest)?")
    } else {
      exit.lines.append("winch help lists the commands; winch alone opens the screen.")
    }
    throw exit
  }
}
