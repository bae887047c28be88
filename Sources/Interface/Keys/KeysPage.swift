/// The page of the documentation that lists every action, made from the action table.
enum KeysPage {
  static let markdown = """
    # Keys

    Every action of the screen: its keys, the name that `:` and the configuration know it by, and what
    it does. `?` shows the same on the screen: `/` searches, Enter does what is marked. An action that
    cannot be done now says why.

    After `:` the beginning of a name will do where only one begins so; Tab completes, ↑ brings back
    what was entered before. In `config.yaml` keys are given to names, in place of the usual ones:

    ```yaml
    keys:
      retry: F5
      cancel: [d, Del]
      edit: []              # no key
    ```

    Keys are written `d`, `D`, `^D` or `Ctrl-D`, `Space`, `Enter`, `Tab`, `Shift-Tab`, `Esc`,
    `Backspace`, `Del`, `Up`, `Down`, `Left`, `Right`, `Home`, `End`, `PgUp`, `PgDn`, `F1` to `F12`.
    A key that is given away is no longer another action's. `^C` and `^Z` stay what they are.

    \(ActionTable.groups.map(section).joined(separator: "\n\n"))

    """

  private static func section(_ group: ActionTable.Group) -> String {
    let rows = group.actions.map { action in
      "| \(keys(action)) | `\(name(action))` | \(action.help.replacing("|", with: "\\|")) |"
    }
    return (["## \(group.title)", "", "| keys | name | what it does |", "|---|---|---|"] + rows)
      .joined(separator: "\n")
  }

  private static func keys(_ action: Action) -> String {
    action.keys.map { "`\($0.name == "`" ? "` ` `" : $0.name.replacing("|", with: "\\|"))`" }
      .joined(separator: " ")
  }

  private static func name(_ action: Action) -> String {
    action.name + (action.parameter.map { " " + $0.placeholder } ?? "")
  }
}
