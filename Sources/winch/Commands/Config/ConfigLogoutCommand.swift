import ArgumentParser
import ComfyAPI
import Downloads

struct ConfigLogoutCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logout", abstract: "Removes the stored key of a backend.",
    discussion: """
      Examples:
        winch config logout
        winch config logout gpu
      """)

  @Argument(
    help: "The backend: cloud, a profile's name, or the URL of an engine.",
    completion: .backendsWithKeys)
  var name = BackendTarget.cloudName

  @OptionGroup var output: JSONOption

  /// Works for a backend that the config file no longer names.
  func run() throws {
    do throws(DownloadFailure) {
      let settings = Settings.ofEnvironmentAlone
      let name = BackendTarget.url(name)?.withoutQuery ?? name
      let removed = try settings.credentials.setEntry(nil, for: name)
      report(name, wasStored: removed != nil)
      try warn(name)
    } catch {
      throw CommandExit(error)
    }
  }

  private func report(_ name: String, wasStored: Bool) {
    guard !output.json else {
      let answer: JSONValue = .object([
        "backend": .string(name), "removed": .bool(wasStored),
      ])
      return StandardOutput.write((try? WireFormat.encodeText(answer)) ?? "")
    }
    StandardOutput.write(
      PlainText.sanitized(
        wasStored ? "The key for \(name) is removed." : "No key is stored for \(name)."))
  }

  /// A key of the environment stays in use.
  private func warn(_ name: String) throws(DownloadFailure) {
    guard let settings = try? Settings(), let target = try? settings.target(named: name),
      let left = settings.keyOfEnvironment(for: target)
    else { return }
    StandardError.write("\(left.source) still holds a key for it.")
  }
}
