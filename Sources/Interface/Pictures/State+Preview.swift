import Downloads

/// The picture in the details: whether it can be drawn, and asking for it.
extension State {
  /// Asks for the selected download's picture, once.
  mutating func askForPreview() -> [Command] {
    guard settings.showsPreviews, whyNoPictures == nil, hasRoomForPreview,
      let download = downloadList.selected, download.mayHavePreview,
      previews.ask(for: download.id)
    else { return [] }
    return [.showPreview(download)]
  }

  mutating func togglePreviews() -> [Command] {
    settings.showsPreviews.toggle()
    say(.notice(settings.showsPreviews ? "Pictures are shown." : "Pictures are not shown."))
    return [.saveSettings(settings)] + askForPreview()
  }

  /// Why no picture can be drawn here; nil when one can.
  var whyNoPictures: String? {
    if !capabilities.isUnicode { return "not shown: this terminal shows ASCII only" }
    if capabilities.colors < 256 { return "not shown: this terminal has fewer than 256 colours" }
    return isLowBandwidth ? "not shown: the line is slow" : nil
  }

  private var hasRoomForPreview: Bool {
    size.columns >= 40 && layout.body.count >= 8
  }
}

extension Download {
  /// Whether there is anybody to ask for a picture: a download that others began may have no link.
  fileprivate var mayHavePreview: Bool { !url.isEmpty || previewID != nil || assetID != nil }
}
