/// The page of the documentation about what goes wrong: by what is seen, and by code as the table of their
/// words has it.
enum TroubleshootingPage {
  static let markdown = """
    # Troubleshooting

    `winch doctor` looks at terminal, backend, engine, databases, clock, models folder, tokens, network and
    libraries, and says what helps. What a single download met stands in its details (`Enter` on the screen,
    `winch show ID` elsewhere), with the code that the tables below explain; `L` on the screen has all that
    happened. `r` on the screen or `winch retry ID` tries again, with the bytes that are there.

    ## What is seen, and what helps

    | what is seen | why, and what to do |
    |---|---|
    | the site wants a login, or refuses the token | The model is gated, private, or for those who are logged in. Open its page in a browser and accept its terms; make a token with the right to read there; set `HF_TOKEN` or `CIVITAI_API_TOKEN`; then `winch stop`, because an engine has the tokens of the environment that it was started in; then retry. Under systemd the token is a line of `~/.config/winch/environment`. |
    | 403 in the middle, even at 98 % | The link to the bytes has run out. A new one is asked for, and the download goes on where it was. Where it stays at 403, the account or the region may not have the file: the message says so. |
    | the disk is full | Downloads wait with their bytes, and go on by themselves when there is room. `Tab` shows what is stored, with its size; `D` there deletes what is not needed. |
    | the models folder is gone | The disk is not mounted. Downloads wait for it; nothing is written below an empty mount point. |
    | wrong hash | What came is not what the source publishes. It was fetched once more over new connections by then, and put aside: no file appears under its name. Retry later, or from another mirror (`HF_ENDPOINT`). Twice the same wrong hash means that the source itself is wrong. |
    | a model that was good does not load | `winch verify NAME` reads it again, `winch verify --repair NAME` fetches it again. |
    | the engine does not start | The log says why: `~/.local/state/winch/log`. `winch serve` runs it before your eyes. An engine of an earlier version or of another user of the folder may be in the way: `winch stop`. |
    | a backend over SSH cannot be reached | `ssh HOST '~/.local/bin/winch --version'` must work without a question: keys or an agent, a known host, and the same version of `winch` there. A password can be typed when a command starts, but not while the screen is open. |
    | a backend by URL cannot be reached | `curl -i URL/api/features` shows who answers; 401 means that it wants the key which `winch serve --show-key` tells there. |
    | stuck at waiting | Details, `winch ls` and `winch show` say what for: a turn (`downloads` in the settings, 3 at one time), a pause (`p`), room on the disk, another download of the same content, or a site that asked for fewer requests, which `winch status --json` names with the time under `waiting_hosts`. |
    | nothing moves | `winch status` says whether the engine runs; `winch status --start` starts it. |
    | it went into the wrong folder | `--folder NAME` chooses; `winch add --dry-run URL` says before where it would go. |
    | the list is long | `winch ls state:failed` and `winch ls 'age<1d' --sort size` take the filters and columns of the screen. |
    | slow | `winch limit` shows whether a limit or `limit_schedule` holds. Details show the connections: more of them (`winch config set connections 16`) help on long lines, but not where the site, the disk or the line is the limit. |
    | the screen is slow over SSH | It writes less on a slow line by itself; `winch --low-bandwidth` does so from the start. |
    | question marks, broken lines, letters of another alphabet | The locale is not UTF-8 or not installed: `LC_ALL=C.UTF-8 winch`. Where the terminal itself is unknown: `TERM=xterm-256color winch`, or install `ncurses-term`. `^L` draws the screen anew. |
    | colours that cannot be read | `:theme light`, `:theme colorblind` or `:theme mono`; `NO_COLOR=1` for none. Over SSH and in tmux `TERM` must say what the terminal can: `xterm-256color`, `tmux-256color`. |
    | `y` copies nothing | The terminal must take OSC 52; in tmux `set -g set-clipboard on`. |
    | a certificate is refused | Look at the clock (`winch doctor` compares it). A private authority is named with `CURL_CA_BUNDLE`; a proxy with `https_proxy`. |

    The log is `~/.local/state/winch/log` (`$XDG_STATE_HOME/winch/log`), for engine and screen; `log.1` to
    `log.3` are older. `winch config set log_level debug` has more written, at once.

    For a bug report:

    ```sh
    winch doctor --bundle report.txt
    ```

    That is one text: what the doctor found, versions, settings, and the end of the log. Tokens and keys are
    taken out of it; read it before you send it.

    ## Codes

    A code stands in brackets behind the message on the screen, in the log, and under `error` in
    [JSON](JSON.md). The filter `err:401` finds downloads by code, number or word. Mostly the sentence says
    more than here, with names and numbers. **Again** tells whether Winch tries again by itself:

    - *yes*: with longer and longer pauses, until \(Retry().limit) attempts in a row brought no byte;
    - *waits*: for as long as it takes.

    \(FailureWords.sections.map(section).joined(separator: "\n\n"))

    Of a status that says no more the code is `HTTP_` and the number: look at the backend's address and at its
    log; from 500 on Winch tries again. A backend may have codes of its own, with messages of its own.

    """

  private static func section(_ section: FailureWords.Section) -> String {
    let rows = section.entries.map { code, entry in
      "| `\(code)` | \(cell(entry.message)) | \(cell(entry.hint ?? "–")) | \(entry.again.text) |"
    }
    return
      ([
        "### \(section.title)", "", section.explanation, "",
        "| code | what it says | what to do | again |", "|---|---|---|---|",
      ] + rows).joined(separator: "\n")
  }

  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}

extension FailureWords.Again {
  /// As the page has it.
  fileprivate var text: String {
    switch self {
    case .no: "no"
    case .yes: "yes"
    case .waits: "waits"
    case .partly(let condition): condition
    }
  }
}
