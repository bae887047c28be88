import ComfyAPI
import Downloads

/// A field of the pane in the user's own editor.
extension State {
  mutating func openEditor() -> [Command] {
    removeTokens()
    return [.edit(EditedText(input.focus.editedKind, input.editorText))]
  }

  /// Takes what the editor left into the field that it came from, wherever the keys go by now.
  mutating func takeEdited(_ edited: EditedText) -> [Command] {
    let field = InputPane.Field(edited.kind)
    guard edited.text != input[field].text else { return [] }
    openInput()
    input.focus = field
    var text = edited.text
    while text.last?.isNewline == true { text.removeLast() }
    input[field].replace(with: text)
    if field == .links { removeTokens() }
    return [.saveDraft(unqueuedDraft)] + look()
  }
}

extension InputPane {
  /// The focused field as an editor gets it: metadata as JSON that is laid out, when it is right.
  fileprivate var editorText: String {
    guard focus == .metadata else { return self[focus].text }
    guard metadataField.problems.isEmpty, !metadataField.values.isEmpty else {
      return metadata.isEmpty ? "{\n\n}\n" : metadata.text
    }
    let text = try? WireFormat.encodePretty(metadataField.values)
    return text.map { $0 + "\n" } ?? metadata.text
  }
}

extension InputPane.Field {
  fileprivate var editedKind: EditedText.Kind {
    switch self {
    case .links: .links
    case .tags: .tags
    case .folder: .folder
    case .metadata: .metadata
    }
  }

  fileprivate init(_ kind: EditedText.Kind) {
    switch kind {
    case .links: self = .links
    case .tags: self = .tags
    case .folder: self = .folder
    case .metadata: self = .metadata
    }
  }
}
