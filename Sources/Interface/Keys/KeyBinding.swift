/// Keys, what they do, how it is explained, and when it cannot be done.
struct KeyBinding: Sendable {
  let levels: Set<Level>
  let keys: [KeyPress]
  let action: Action
  /// One or two words for the footer; nil keeps the binding out of it.
  let label: String?
  /// One line for the help.
  let help: String
  /// The sentence that says why the action cannot be done now; nil when it can.
  let reasonWhyNot: @Sendable (State) -> String?

  init(
    _ levels: Set<Level>, _ keys: [KeyPress], _ action: Action, label: String? = nil, help: String,
    reasonWhyNot: @escaping @Sendable (State) -> String? = { _ in nil }
  ) {
    self.levels = levels
    self.keys = keys
    self.action = action
    self.label = label
    self.help = help
    self.reasonWhyNot = reasonWhyNot
  }
}
