import ArgumentParser
import ComfyAPI
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
        winch add --folder checkpoints https://huggingface.co/org/repo/resolve/main/m.safetensors
        winch add --wait --json URL
        winch ls
        winch --version --json
      """,
    version: Version.text,
    subcommands: [
      ScreenCommand.self, AddCommand.self, WorkflowCommand.self, InspectCommand.self,
      ListCommand.self, ShowCommand.self,
      CancelCommand.self, RetryCommand.self, PauseCommand.self, ResumeCommand.self,
      MoveCommand.self, LimitCommand.self, AssetsCommand.self, VerifyCommand.self,
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
}
