import ComfyAPI
import Model

/// A value that the journal keeps for the next run of the screen.
struct KeptNote<Value: Codable & Sendable>: Sendable {
  let journal: Journal
  let name: String

  /// What was kept last; nil when nothing was, or what was is of another version.
  var value: Value? {
    guard let text = try? journal.note(name) else { return nil }
    return try? WireFormat.decode(Value.self, from: text.utf8)
  }

  func keep(_ value: Value) throws {
    try journal.setNote(name, WireFormat.encodeText(value))
  }
}
