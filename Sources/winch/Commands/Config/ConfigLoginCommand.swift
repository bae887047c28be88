import ArgumentParser
import ComfyAPI
import ComfyClient
import Downloads
import Foundation
import Transport

struct ConfigLoginCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "login",
    abstract: "Stores the key of a backend in a file that only you can read.",
    discussion: """
      The key is asked for without showing it, or read from standard input; it is
      never taken from the command line, which others can see. The backend is
      asked whether it knows the key.

      With a key for cloud, downloads go to Comfy Cloud unless another backend is
      chosen.

      Examples:
        winch config login
        winch config login gpu
        pass show comfy | winch config login cloud
      """)

  @Argument(
    help: "The backend: cloud, a profile's name, or the URL of an engine.",
    completion: .backendsWithKeys)
  var name = BackendTarget.cloudName

  @Flag(name: .customLong("no-check"), help: "Store the key without asking the backend.")
  var skipsCheck = false

  @OptionGroup var output: JSONOption

  func run() async throws {
    do {
      let settings = try Settings()
      let target = try Self.target(name, settings: settings)
      try target.backend(key: nil).address.checkMayCarryKey()
      let key = try await KeyInput(prompt: "Key for \(target.name): ").read()
      try await check(target.backend(key: key))
      let entry = Credentials.Entry(key: key, origin: target.origin)
      try settings.credentials.setEntry(entry, for: target.name)
      try report(LoginReport(settings: settings, target: target, key: key))
    } catch let failure as DownloadFailure {
      throw CommandExit(failure)
    } catch let error as ClientError {
      throw CommandExit(error)
    }
  }

  /// The backend a key can be stored for. What was typed is not repeated: it may be a key.
  static func target(_ name: String, settings: Settings) throws -> BackendTarget {
    guard
      settings.config.backendNames.contains(name) || !keyPrefixes.contains(where: name.hasPrefix)
    else {
      throw CommandExit(
        .usage, "A key does not belong on the command line, where others can see it.",
        "Make a new one, then run winch config login and paste it when asked.")
    }
    let target = try settings.target(named: name)
    guard target.origin != nil else {
      throw CommandExit(.usage, "An engine that is reached by its socket needs no key.")
    }
    return target
  }

  /// How the keys of Comfy and of engines begin.
  private static let keyPrefixes = ["comfyui-", "winch-"]

  private func check(_ backend: Backend) async throws {
    let client = ComfyClient(backend: backend, transport: HTTPTransport())
    guard !skipsCheck else { return try client.checkAddress() }
    do {
      _ = try await client.user()
    } catch {
      var exit = CommandExit(error)
      exit.lines.append("Nothing was stored.")
      if error.isRetriable {
        exit.lines.append("winch config login --no-check stores a key without asking.")
      }
      throw exit
    }
  }

  private func report(_ report: LoginReport) throws {
    if output.json {
      StandardOutput.write(
        try WireFormat.encodeText(
          JSONValue.object([
            "backend": .string(report.target.name), "checked": .bool(!skipsCheck),
            "path": .string(report.settings.credentialsPath),
            "url": .string(report.target.origin ?? ""),
          ])))
    } else {
      report.lines.map(PlainText.sanitized).forEach(StandardOutput.write)
    }
    report.warnings.forEach(StandardError.write)
  }
}
