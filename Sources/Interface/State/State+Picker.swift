import Downloads

/// Choosing among the files of a repository or a model's page.
extension State {
  /// Lists the files of the link that the cursor stands on.
  mutating func openPicker() -> [Command] {
    guard let source = input.currentSource, let picker = FilePicker(source) else { return [] }
    return open(picker)
  }

  var whyNotOpenPicker: String? {
    guard input.focus == .links else { return "Go to a link first: its files can be chosen there." }
    guard let source = input.currentSource else { return "There is no link on this line." }
    switch source.look {
    case nil, .asked?: return "Still looking at what is behind the link."
    case .refused(let failure)?, .unknown(let failure)?: return failure.message
    case .found(let preview)?:
      return preview.files.isEmpty ? "There are no files behind this link." : nil
    }
  }

  /// Lists the files of the first link of which it is open what is meant; nil when there is none.
  mutating func openPickerForOpenChoice() -> [Command]? {
    for line in input.linkList.meanings.indices {
      guard let source = input.linkList.source(ofLine: line), source.files.isEmpty,
        let picker = FilePicker(source)
      else { continue }
      input.focus = .links
      input[.links].moveCursor(toEndOfLine: line)
      say(.notice("Choose with Space and take with Enter; then Enter queues."))
      return open(picker)
    }
    return nil
  }

  private mutating func open(_ picker: FilePicker) -> [Command] {
    self.picker = picker
    return open(.picker)
  }

  /// Takes the chosen files into the pane.
  mutating func takePicked() -> [Command] {
    guard let picker else { return [] }
    let taken = picker.taken
    guard !taken.isEmpty else {
      say(.notice("Nothing matches, so there is nothing to take."))
      return []
    }
    let isMeant = taken == picker.preview.meant.map(\.reference.canonicalURL)
    input.choose(isMeant ? nil : taken, of: picker.url)
    closeLevel()
    return [.saveDraft(unqueuedDraft)]
  }

  @discardableResult
  mutating func narrowPicker(to text: String) -> [Command] {
    picker?.narrow(to: text)
    return []
  }

  mutating func movePicker(_ movement: Movement) {
    let page = layout.body.count
    picker?.move(movement, page: page)
  }

  mutating func followPicker() {
    let page = layout.body.count
    picker?.scroll(page: page)
  }
}
