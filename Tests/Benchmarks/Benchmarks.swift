import ArgumentParser
import Foundation

/// Measures what a busy engine does for its clients, and what that costs its transfers.
///
/// Three processes take part, so that none shares threads with another: this one, which also plays
/// Hugging Face; the engine; and the client that makes the load.
@main
struct Benchmarks: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Benchmarks",
    abstract: "Lists tasks from an engine that downloads, with and without load.",
    subcommands: [ListingBenchmark.self, EngineProcess.self, LoadProcess.self],
    defaultSubcommand: ListingBenchmark.self)

  static func main() async {
    // An engine that ended shows as a failed write.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      exit(withError: error)
    }
  }
}

struct BenchmarkError: Error, CustomStringConvertible {
  let description: String
}
