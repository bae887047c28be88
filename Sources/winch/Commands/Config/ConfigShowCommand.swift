import ArgumentParser
import ComfyAPI
import Downloads

struct ConfigShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Shows the settings that hold, and where each was set. Keys are never shown.",
    discussion: """
      Examples:
        winch config show
        winch config show --json
        winch config show --backend gpu
      """)

  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func run() throws {
    let settings = try backend.settings()
    do throws(DownloadFailure) {
      let report = try SettingsReport(settings)
      if output.json {
        StandardOutput.write((try? WireFormat.encodeText(report.json)) ?? "")
      } else {
        report.lines.map(PlainText.sanitized).forEach(StandardOutput.write)
      }
    } catch {
      throw CommandExit(error)
    }
  }
}
