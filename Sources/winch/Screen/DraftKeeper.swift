import ComfyAPI
import Interface
import Model

/// Keeps what stands in the input pane, so that closing the screen loses nothing typed.
struct DraftKeeper: Sendable {
  private static let note = "draft"

  let journal: Journal

  /// What was kept last; empty when nothing was.
  var draft: Draft {
    guard let text = try? journal.note(Self.note),
      let draft = try? WireFormat.decode(Draft.self, from: text.utf8)
    else { return Draft() }
    return draft
  }

  func keep(_ draft: Draft) throws {
    try journal.setNote(Self.note, WireFormat.encodeText(draft))
  }
}
