/// What stands where the rows would be: how to get some.
struct EmptyView {
  let state: State

  func draw(into frame: inout Frame) {
    let body = state.layout.body
    let lines = lines.flatMap { TextWrap.lines($0, width: frame.size.columns - 2) }
      .prefix(body.count)
    let first = body.lowerBound + max(0, (body.count - lines.count) / 3)
    for (index, line) in lines.enumerated() {
      let style = index == 0 ? state.theme.title : state.theme.plain
      frame.write(line, column: 2, row: first + index, style: style)
    }
  }

  private var lines: [String] {
    if !state.list.downloads.isEmpty {
      return ["Nothing matches \"\(state.list.filter.text)\".", "Esc clears the filter."]
    }
    if state.isLibrary { return libraryLines }
    return [
      "No downloads yet.",
      "Press a to add some, or paste links of huggingface.co or civitai.com, one a line.",
      "Press ? for all keys.",
    ]
  }

  private var libraryLines: [String] {
    switch state.library.snapshot.reading {
    case .unread, .reading: ["Reading what \(state.backend.name) has stored."]
    case .failed(let failure): ["What is stored could not be read.", failure.sentence]
    case .read:
      ["Nothing is stored yet.", "Press a to add downloads, Tab to go back to them."]
    }
  }
}
