import ComfyAPI
import Downloads

/// The page of the documentation about the config file, made from the table of options.
enum ConfigPage {
  static let markdown = """
    # Configuration

    Settings stand in `$XDG_CONFIG_HOME/winch/config.yaml`, else `~/.config/winch/config.yaml`. The file
    need not be there, and every setting may be left out. An option of the command line wins over the
    environment, and that over the file.

    | command | what it does |
    |---|---|
    | `winch config show` | every setting that holds, and where it was set: default, file and line, variable, option |
    | `winch config set KEY VALUE` | changes one setting; comments and order stay, a wrong value is refused |
    | `winch config unset KEY` | takes one setting out, so that its default holds again |
    | `winch config use NAME` | chooses the backend |
    | `winch config edit` | opens the file in `$VISUAL` or `$EDITOR` and checks it; a wrong draft is kept |
    | `winch config path` | where the file is |

    A mistake is told with file, line and the nearest right name. What is running takes most changes over
    within a second, as the table says; a wrong file changes nothing there.

    \(table(ConfigFile.options))

    \(ConfigFile.options.map { section($0) }.joined(separator: "\n\n"))

    ## Commands when downloads end

    The engine runs `on_complete`, `on_failed` and `on_idle` with `/bin/sh -c`, whether a screen is open or
    not. Standard input has the download as `winch show --json` prints it, and nothing for `on_idle`;
    `WINCH_EVENT` is `completed`, `failed` or `idle`. Two run at one time, each for ten minutes at the most;
    the queue waits for none. A link that is refused at once, such as one to a file that is not there, is
    told to whoever gave it and runs nothing. What they print goes to the log. Variables that may hold a secret are left out
    of their environment: those with TOKEN, KEY, SECRET, PASSWORD, PASSWD, PASSPHRASE or CREDENTIAL in the
    name, and addresses with a user in them.

    ## The log

    `$XDG_STATE_HOME/winch/log`, else `~/.local/state/winch/log`, has a line for all that the engine and the
    screen find worth it. After 4 MiB it is renamed to `log.1`, of which three are kept. No token or key
    is ever written there. `winch serve` run by hand also writes to standard error.

    ## A profile

    \(table(Profile.options))

    \(Profile.options.map { section($0, level: "###") }.joined(separator: "\n\n"))

    ## A rule of limit_schedule

    The clock of the engine's machine counts. Of several rules that fit the first holds. A limit set by
    hand holds until a rule next begins or ends.

    \(table(LimitRule.options))

    \(LimitRule.options.map { section($0, level: "###") }.joined(separator: "\n\n"))

    """

  /// A file in which every setting is a comment.
  static let template =
    "## Settings of Winch. Remove “# ” in front of what you want; winch config edit checks it.\n\n"
    + ConfigFile.options.map { option in
      let value = lines(option).map { "# " + $0 }.joined(separator: "\n")
      return "## \(option.help)\n\(value)\n"
    }.joined(separator: "\n")

  private static func table<Target>(_ options: [ConfigOption<Target>]) -> String {
    let rows = options.map { option in
      let others = option.environment.map { "`\($0)`" } + (option.flag.map { ["`\($0)`"] } ?? [])
      return "| `\(option.name)` | \(option.kind.rawValue) | \(usual(option)) |"
        + " \(others.joined(separator: ", ")) |"
    }
    return (["| setting | takes | without it | also set by |", "|---|---|---|---|"] + rows)
      .joined(separator: "\n")
  }

  private static func section<Target>(
    _ option: ConfigOption<Target>, level: String = "##"
  ) -> String {
    let effect = Target.self == ConfigFile.self ? " \(option.effect.rawValue)" : ""
    return """
      \(level) \(option.name)

      \(option.help)\(effect)

      ```yaml
      \(lines(option).joined(separator: "\n"))
      ```
      """
  }

  private static func usual<Target>(_ option: ConfigOption<Target>) -> String {
    if let words = option.usualWords { return words }
    return option.usual == .null ? "none" : "`\(SettingsReport.text(option.usual))`"
  }

  private static func lines<Target>(_ option: ConfigOption<Target>) -> [String] {
    let (first, rest) = ("\(option.name):", option.example.split(separator: "\n"))
    guard option.example.hasPrefix("\n") else { return ["\(first) \(option.example)"] }
    return [first] + rest.map { "  " + $0 }
  }
}
