import ArgumentParser
import Foundation

/// Measures the program from outside. What is measured has a process of its own, so that it shares
/// threads with nothing else.
@main
struct Benchmarks: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Benchmarks",
    abstract: "Measures the engine under load, the screen, transfers and the hashes.",
    subcommands: [
      ListingBenchmark.self, ScreenBenchmark.self, TransfersBenchmark.self, HashBenchmark.self,
      EngineProcess.self,
      LoadProcess.self, MovingEngineProcess.self,
    ])

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
