import ArgumentParser
import CPlatform
import Downloads
import Engine
import EngineServer
import Foundation
import Logging
import Origins
import Transport

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Runs the engine that downloads to this machine.",
    discussion: """
      The screen and the commands start it by themselves; run it by hand to watch
      it, or to reach it from other machines.

      Examples:
        winch serve --listen 127.0.0.1:8189
        winch serve --listen 0.0.0.0:8189 --tls-certificate FILE --tls-key FILE
        winch serve --show-key
        winch serve --connections 4 --downloads 1
      """)

  @Option(
    help: "The models folder; else WINCH_MODELS, the config file, or ComfyUI's.",
    completion: .directory)
  var models: String?

  @Option(help: ArgumentHelp(ConfigFile.connectionsOption.help, valueName: "number"))
  var connections: String?

  @Option(help: ArgumentHelp(ConfigFile.downloadsOption.help, valueName: "number"))
  var downloads: String?

  @Option(help: "Also listen on HOST:PORT. Every request there needs the key.")
  var listen: String?

  @Option(
    name: .customLong("tls-certificate"),
    help: ArgumentHelp(
      "Encrypt --listen by TLS: the certificate and its chain, as PEM.", valueName: "file"),
    completion: .file())
  var certificate: String?

  @Option(
    name: .customLong("tls-key"),
    help: ArgumentHelp("The certificate's key, as PEM.", valueName: "file"), completion: .file())
  var certificateKey: String?

  @Flag(name: .customLong("show-key"), help: "Print the key for --listen, making it if needed.")
  var showKey = false

  @Flag(help: .hidden)
  var detached = false

  func validate() throws {
    try Self.check(connections, "--connections", ConfigFile.connectionsRange)
    try Self.check(downloads, "--downloads", ConfigFile.downloadsRange)
  }

  private static func check(_ text: String?, _ name: String, _ range: ClosedRange<Int>) throws {
    guard let text else { return }
    guard let number = Int(text), range.contains(number) else {
      throw ValidationError(
        "\(name) takes a number from \(range.lowerBound) to \(range.upperBound).")
    }
  }

  func run() async throws {
    // The threads of transfers pass pieces to each other: 4 MB less are taken this way.
    winch_use_one_arena()
    do {
      let settings = try Settings(
        models: models, engine: EngineChoices(connections: connections, downloads: downloads))
      if showKey {
        return StandardOutput.write(try EngineKey(settings: settings).value)
      }
      let address = try ListenAddress(
        listen, certificatePath: certificate, keyPath: certificateKey)
      try await EngineProcess(settings: settings, listen: address, isDetached: detached).run()
    } catch let failure as DownloadFailure {
      throw CommandExit(failure)
    }
  }
}
