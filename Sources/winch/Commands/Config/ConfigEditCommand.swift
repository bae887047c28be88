import ArgumentParser
import ComfyAPI
import Downloads
import Foundation
import Terminal

struct ConfigEditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: "Opens the config file in your editor, and checks what you left.",
    discussion: """
      The editor is $VISUAL, else $EDITOR, else vi. It gets a draft, which replaces the file once it
      is right; a draft that is wrong is kept, and opened again next time. Where there is no file, the
      draft begins with every setting as a comment.

      Examples:
        winch config edit
        EDITOR='code --wait' winch config edit
      """)

  @OptionGroup var output: JSONOption

  func run() async throws {
    let settings = Settings.ofEnvironmentAlone
    do {
      let draft = try ConfigDraft(path: settings.configPath)
      while true {
        try await open(draft, settings)
        guard let problem = try draft.problem() else { break }
        StandardError.write(problem.message)
        if let hint = problem.hint { StandardError.write(hint) }
        guard asksAgain() else {
          throw CommandExit(
            .badInput, "Nothing was changed. Your text is kept in \(draft.draftPath);",
            "winch config edit opens it again.")
        }
      }
      try report(draft.finish(), settings)
    } catch let failure as DownloadFailure {
      throw CommandExit(failure)
    }
  }

  private func open(_ draft: ConfigDraft, _ settings: Settings) async throws {
    // From the keyboard they are meant for the editor.
    for number in [SIGINT, SIGQUIT] { signal(number, SIG_IGN) }
    defer { for number in [SIGINT, SIGQUIT] { signal(number, SIG_DFL) } }
    let editor = ExternalEditor(environment: settings.environment)
    let status = await ForegroundProgram.run(editor.command(for: draft.draftPath))
    guard status != 0 else { return }
    throw CommandExit(
      .downloadFailed, "\(editor.name) ended with status \(status). Nothing was changed.",
      "What you wrote is kept in \(draft.draftPath).")
  }

  /// Without a terminal nobody can answer.
  private func asksAgain() -> Bool {
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return false }
    StandardError.prompt("Enter opens it again, q leaves it: ")
    return readLine().map { !$0.lowercased().hasPrefix("q") } ?? false
  }

  private func report(_ isChanged: Bool, _ settings: Settings) throws {
    guard !output.json else {
      let answer: JSONValue = .object([
        "config": .string(settings.configPath), "changed": .bool(isChanged),
      ])
      return StandardOutput.write(try WireFormat.encodeText(answer))
    }
    StandardOutput.write(
      PlainText.sanitized(
        isChanged ? "\(settings.configPath) is changed." : "Nothing was changed."))
  }
}
