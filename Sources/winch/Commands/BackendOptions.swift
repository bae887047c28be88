import ArgumentParser
import Downloads
import Foundation

/// The option every command takes.
struct BackendOptions: ParsableArguments {
  @Option(help: ArgumentHelp(ConfigFile.backendOption.help), completion: .backends)
  var backend: String?

  func settings() throws -> Settings {
    do throws(DownloadFailure) {
      return try Settings(backend: backend)
    } catch {
      throw CommandExit(error)
    }
  }

  /// Reaches a machine behind SSH before it returns; ssh may ask for a password where there is a
  /// terminal.
  func workspace() async throws -> Workspace {
    let settings = try settings()
    do throws(DownloadFailure) {
      let workspace = try Workspace(settings)
      try await workspace.openTunnel(mayAsk: isatty(STDIN_FILENO) == 1)
      return workspace
    } catch {
      throw CommandExit(error)
    }
  }
}

/// The option every command takes that prints data.
struct JSONOption: ParsableArguments {
  @Flag(help: "Print JSON for programs.")
  var json = false
}
