import ArgumentParser
import Downloads

/// The option every command takes.
struct BackendOptions: ParsableArguments {
  @Option(help: "Where downloads happen: local, cloud, or the URL of an engine.")
  var backend: String?

  func workspace() throws -> Workspace {
    do {
      return try Workspace(Settings(backend: backend))
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
