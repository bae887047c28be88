import ComfyAPI
import HostileInput
import Testing

@testable import Downloads

@Suite("Mistakes in JSON")
struct JSONMistakeTests {
  @Test(
    "what is JSON has none",
    arguments: [
      "{}", " [1, -2.5e+3, \"a\\u00e9\\n\", true, null, {\"b\": []}]\n", "\"x\"", "0",
    ])
  func right(text: String) { #expect(JSONMistake(in: text) == nil) }

  @Test(
    "a mistake is named where it is",
    arguments: [
      ("{\"a\": 1\n\"b\": 2}", 1, "\" stands where a comma or } should."),
      ("{\n\"a\": 1,\n}", 2, "A comma stands before the }."),
      ("{\n\na: 1}", 2, "A key must stand in double quotes."),
      ("{\"a\": yes}", 0, "yes must stand in double quotes."),
      ("{\"a\" 1}", 0, "A colon must follow the key."),
      ("{\"a\": 01}", 0, "01 is no number."),
      ("{\"a\": \"x\n\"}", 0, "A double quote is missing."),
      ("[1,\n2", 1, "The [ of line 1 is never closed."),
      ("{} {}", 0, "{ stands where nothing more should."),
      ("{\"a\":", 0, "A value is missing at the end."),
      ("\"\\x\"", 0, "After a backslash comes one of \" \\ / b f n r t, or u and four digits."),
      (String(repeating: "[", count: 200_000), 0, "This is nested too deeply."),
    ])
  func wrong(text: String, line: Int, message: String) {
    #expect(JSONMistake(in: text) == JSONMistake(line: line, message: message))
  }

  @Test("it agrees with the decoder about whatever it is given")
  func agrees() {
    var input = HostileInput(seed: 5)
    let samples = ["{\"a\": [1, 2.5e3, \"x\\n\"], \"b\": {\"c\": null, \"d\": true}}"]
    for _ in 0..<HostileInput.count {
      let text = input.mutate(samples)
      let isJSON = (try? WireFormat.decode(JSONValue.self, from: text.utf8)) != nil
      if JSONMistake(in: text) == nil { #expect(isJSON, "\(text)") }
    }
  }
}
