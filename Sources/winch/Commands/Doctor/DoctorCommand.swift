import ArgumentParser
import ComfyAPI
import Downloads
import Foundation

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Looks for what keeps Winch from working well, and says what helps.",
    discussion: """
      Terminal, backend, engine, databases, clock, models folder, tokens,
      network and libraries are looked at, at the same time and for ten seconds
      at the most. Nothing is changed and no engine is started; only in the
      models folder two small files come and go, or above it a folder where it
      is not there yet. The status is 1 when something failed.

      --bundle writes a text file for a report of a bug: all of this, the
      settings, the end of the log and the state of the engine. Tokens, keys and
      passwords are taken out; read it before you pass it on.

      Examples:
        winch doctor
        winch doctor --json
        winch doctor --bundle report.txt
      """)

  @Option(
    help: ArgumentHelp("Also write a file for a report of a bug.", valueName: "file"),
    completion: .file())
  var bundle: String?

  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func run() async throws {
    let examination = Examination(backend: backend.backend)
    let secrets = KnownSecrets(examination.settings).redaction
    var report = await examination.report()
    for index in report.checks.indices {
      report.checks[index].message = secrets.redacted(report.checks[index].message)
      report.checks[index].remedy = report.checks[index].remedy.map(secrets.redacted)
    }
    if output.json {
      StandardOutput.write(try WireFormat.encodeText(report.json))
    } else {
      let columns = StandardOutput.isTerminal ? TerminalHealth.columns : nil
      for line in report.lines(columns: columns) { StandardOutput.write(PlainText.sanitized(line)) }
    }
    if let bundle {
      let bundled = BugReport(
        report: report, settings: examination.settings, secrets: secrets,
        status: await examination.status())
      try bundled.write(to: bundle)
      StandardError.write("\(bundle) is written; read it before you pass it on.")
    }
    guard report.isGood else { throw CommandExit(.downloadFailed) }
  }
}
