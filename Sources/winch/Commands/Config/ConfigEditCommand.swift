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
      The editor is $VISUAL, else $EDITOR, else vi. It gets a draft, which
      replaces the file once it is right. A draft that is wrong is kept, and
      opened again next time, unless the file was changed meanwhile: then it
      is kept under another name. Where there is no file, the draft begins
      with every setting as a comment.

      Examples:
        winch config edit
        EDITOR='code --wait' winch config edit
      """)

  @OptionGroup var output: JSONOption

  func run() async throws {
    let settings = Settings.ofEnvironmentAlone
    do {
      let draft = try ConfigDraft(path: settings.configPath)
      if let earlier = draft.earlierPath {
        StandardError.write("The file has changed since an earlier draft was begun.")
        StandardError.write("This one begins with the file; the earlier is kept in \(earlier).")
      }
      while true {
        try await open(draft, settings)
        guard let problem = try draft.problem() else { break }
        StandardError.write(problem.message)
        if let hint = problem.hint { StandardError.write(hint) }
        guard asksAgain() else {
          throw Self.unchanged(.badInput, draft)
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
    StandardError.write("\(editor.name) ended with status \(status).")
    throw Self.unchanged(.downloadFailed, draft)
  }

  /// The end without a change; what was written is there the next time.
  private static func unchanged(_ status: ExitStatus, _ draft: ConfigDraft) -> CommandExit {
    guard draft.isWritten else {
      draft.remove()
      return CommandExit(status, "Nothing was changed.")
    }
    return CommandExit(
      status, "Nothing was changed. What you wrote is kept in \(draft.draftPath);",
      "winch config edit opens it again.")
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
