import Testing

@testable import Terminal

@Suite("Where a screen can be drawn") struct TerminalErrorTests {
  private func problem(
    input: Bool = true, output: Bool = true, term: String? = "xterm", isKnown: Bool = true
  ) -> String? {
    TerminalError.checking(
      isInputTerminal: input, isOutputTerminal: output, term: term, isKnown: { _ in isKnown }
    )?.message
  }

  @Test("On a terminal that is known")
  func known() { #expect(problem() == nil) }

  @Test("Not in a pipe")
  func pipe() {
    #expect(problem(input: false)?.contains("needs a terminal") == true)
    #expect(problem(output: false)?.contains("needs a terminal") == true)
  }

  @Test(
    "Not where TERM is unset, empty, dumb or unknown, and it says so", arguments: [nil, "", "dumb"])
  func term(_ term: String?) { #expect(problem(term: term)?.contains("TERM") == true) }

  @Test("An unknown TERM is not repeated: it is text from outside")
  func unknown() {
    let message = problem(term: "\u{1B}[2J", isKnown: false)
    #expect(message?.contains("TERM") == true)
    #expect(message?.contains("\u{1B}") == false)
  }
}
