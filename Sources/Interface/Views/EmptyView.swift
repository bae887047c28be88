/// What stands where the downloads would be: how to add some.
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
    return [
      "No downloads yet.",
      "Press a to add some, or paste links of huggingface.co or civitai.com, one a line.",
      "Press ? for all keys.",
    ]
  }
}
