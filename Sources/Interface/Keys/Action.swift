/// One thing the user can do: its name, its keys, its words, when it cannot be done, and how.
///
/// The name is what `:` takes, what the configuration gives keys to, and what the documentation
/// lists, so it stays as it is.
struct Action: Sendable {
  /// Lower-case words joined by hyphens; no two actions of a level share one.
  let name: String
  let levels: Set<Level>
  /// Those of the configuration come in their place.
  let keys: [KeyPress]
  /// One or two words for the footer; nil keeps the action out of it.
  let label: String?
  /// One line for the help.
  let help: String
  /// What may follow the name after `:`; nil where nothing may.
  let parameter: Parameter?
  /// The sentence that says why the action cannot be done now; nil when it can.
  let reasonWhyNot: @Sendable (State) -> String?
  /// Does it with the text that followed the name, which is empty when a key was pressed.
  let perform: @Sendable (inout State, String) -> [Command]

  /// Whether it leaves the level: by the table's keys those are the actions of Esc and `q`.
  var leadsOut: Bool { keys.contains(.escape) || keys.contains(.character("q")) }

  /// What may follow an action's name after `:`.
  struct Parameter: Sendable {
    /// In capitals, for the help: `COLUMN`.
    let placeholder: String
    /// What it may be, as far as that can be listed.
    let candidates: @Sendable (State) -> [String]

    init(
      _ placeholder: String, candidates: @escaping @Sendable (State) -> [String] = { _ in [] }
    ) {
      self.placeholder = placeholder
      self.candidates = candidates
    }
  }

  init(
    _ name: String, at levels: Set<Level>, _ keys: [KeyPress], label: String? = nil, help: String,
    reasonWhyNot: @escaping @Sendable (State) -> String? = { _ in nil },
    perform: @escaping @Sendable (inout State) -> [Command]
  ) {
    self.init(
      name, at: levels, keys, label: label, help: help, parameter: nil, reasonWhyNot: reasonWhyNot
    ) { state, _ in perform(&state) }
  }

  init(
    _ name: String, at levels: Set<Level>, _ keys: [KeyPress] = [], label: String? = nil,
    help: String, parameter: Parameter?,
    reasonWhyNot: @escaping @Sendable (State) -> String? = { _ in nil },
    perform: @escaping @Sendable (inout State, String) -> [Command]
  ) {
    self.name = name
    self.levels = levels
    self.keys = keys
    self.label = label
    self.help = help
    self.parameter = parameter
    self.reasonWhyNot = reasonWhyNot
    self.perform = perform
  }
}
