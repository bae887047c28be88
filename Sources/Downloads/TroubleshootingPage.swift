/// The page of the documentation that lists every failure, made from the table of their words.
enum TroubleshootingPage {
  static let markdown = """
    # Troubleshooting

    `winch doctor` looks at terminal, backend, engine, clock, models folder, tokens, network and
    libraries, and says what helps. `winch show ID` has all that is known of one download, and `L` on the
    screen all that happened. The log is `~/.local/state/winch/log`; `WINCH_LOG=debug` writes more, and
    `winch doctor --bundle FILE` makes a text of all that for a bug report, without secrets.

    - **Nothing moves.** `winch status` says whether the engine runs; `winch status --start` starts it.
      A download that waits says for what: `winch show ID`.
    - **The engine does not start.** `winch serve` runs it in front of you and says why.
    - **A gated or login-only file.** Accept its terms on its page, set `HF_TOKEN` or
      `CIVITAI_API_TOKEN`, then `winch stop` and `winch retry ID`: the engine takes tokens from the
      environment that it is started in.
    - **It went into the wrong folder.** `--folder NAME` chooses; `winch add --dry-run URL` says
      before where it would go.
    - **The list is long.** `winch ls state:failed` and `winch ls 'age<1d' --sort size` take the same
      filters and columns as the screen.

    Below is every code that `error` has in [JSON](JSON.md), in the log and on the screen. Mostly the
    sentence says more than here, with names and numbers.

    \(FailureWords.sections.map(section).joined(separator: "\n\n"))

    """

  private static func section(_ section: FailureWords.Section) -> String {
    let rows = section.entries.map { code, entry in
      "| `\(code)` | \(cell(entry.message)) | \(cell(entry.hint ?? "")) |"
    }
    return
      ([
        "## \(section.title)", "", section.explanation, "", "| code | what it says | what to do |",
        "|---|---|---|",
      ] + rows).joined(separator: "\n")
  }

  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
