/// A question that the next key answers.
struct Confirmation: Sendable {
  var question: String
  /// Under which `!` keeps it from being asked again; nil where it must be asked each time.
  var name: String?
  /// What is said when the answer is no.
  var refusal: String
  /// Done when the answer is yes.
  var confirmed: @Sendable (inout State) -> [Command]
}

extension State {
  mutating func ask(
    _ question: String, named name: String? = nil, refusal: String,
    confirmed: @escaping @Sendable (inout State) -> [Command]
  ) -> [Command] {
    if let name, settings.unasked.contains(name) { return confirmed(&self) }
    confirmation = Confirmation(
      question: question, name: name, refusal: refusal, confirmed: confirmed)
    return []
  }

  /// Answers the question: `y` is yes, `!` is yes from now on, another key no. Nil for keys that
  /// belong to no question.
  mutating func answer(_ key: KeyPress) -> [Command]? {
    guard let question = confirmation else { return nil }
    confirmation = nil
    if case .control = key { return nil }
    switch (key, question.name) {
    case (.character("y"), _), (.character("Y"), _): return question.confirmed(&self)
    case (.character("!"), let name?):
      settings.unasked.insert(name)
      return [.saveSettings(settings)] + question.confirmed(&self)
    default:
      say(.notice(question.refusal))
      return []
    }
  }
}
