import ArgumentParser
import Downloads

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

  func workspace() throws -> Workspace {
    let settings = try settings()
    do throws(DownloadFailure) {
      return try Workspace(settings)
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
