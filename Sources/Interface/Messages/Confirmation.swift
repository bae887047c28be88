/// A question that the next key answers.
struct Confirmation: Sendable {
  var question: String
  /// What is said when the answer is no.
  var refusal: String
  /// Done when the answer is yes.
  var confirmed: @Sendable (inout State) -> [Command]
}

extension State {
  mutating func ask(
    _ question: String, refusal: String,
    confirmed: @escaping @Sendable (inout State) -> [Command]
  ) -> [Command] {
    confirmation = Confirmation(question: question, refusal: refusal, confirmed: confirmed)
    return []
  }

  /// Answers the question: `y` is yes, another key no. Nil for keys that belong to no question.
  mutating func answer(_ key: KeyPress) -> [Command]? {
    guard let question = confirmation else { return nil }
    confirmation = nil
    if case .control = key { return nil }
    guard key == .character("y") || key == .character("Y") else {
      say(.notice(question.refusal))
      return []
    }
    return question.confirmed(&self)
  }
}
