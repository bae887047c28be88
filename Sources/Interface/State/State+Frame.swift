extension State {
  /// The whole screen as it should look now.
  public func frame() -> Frame {
    var frame = Frame(size: size, isUnicode: capabilities.isUnicode)
    guard !Layout.isTooSmall(size) else {
      frame.write("Too small: Winch needs 16x3", column: 0, row: 0)
      return frame
    }
    HeaderView(state: self).draw(into: &frame)
    switch levels.currentPane {
    case .columns: ColumnsView(state: self).draw(into: &frame)
    case .sorting: SortingView(state: self).draw(into: &frame)
    case .table, .library, .prompt, .copying:
      TableView(state: self).draw(into: &frame)
      SidePaneView(state: self).draw(into: &frame)
    case .detail: DetailView(state: self, area: wholeArea).draw(into: &frame)
    case .asset: AssetView(state: self, area: wholeArea).draw(into: &frame)
    case .input: InputPaneView(state: self).draw(into: &frame)
    case .picker:
      if let picker { FilePickerView(state: self, picker: picker).draw(into: &frame) }
    case .help: HelpView(state: self).draw(into: &frame)
    case .log: LogView(state: self).draw(into: &frame)
    }
    MessageView(state: self).draw(into: &frame)
    FooterView(state: self).draw(into: &frame)
    return frame
  }
}
