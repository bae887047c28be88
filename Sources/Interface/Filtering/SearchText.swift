import Downloads

/// The lower-case texts in which words are looked for. Kept only while a filter or a search needs
/// them.
struct SearchText: Sendable {
  private var texts: [[UInt8]] = []
  private var downloads: [Download] = []

  /// Empty before the texts were needed.
  subscript(index: Int) -> [UInt8] { texts.isEmpty ? [] : texts[index] }

  static func text(of download: Download) -> [UInt8] {
    var text = download.name
    text += "\n"
    text += download.folder ?? ""
    for tag in download.tags {
      text += "\n"
      text += tag
    }
    text += "\n"
    text += download.url
    return Array(text.lowercased().utf8)
  }

  /// Makes anew only what has changed. Both lists are in queue order, so that a download that is in
  /// both is found by going through them side by side.
  mutating func update(_ new: [Download]) {
    var result: [[UInt8]] = []
    result.reserveCapacity(new.count)
    var old = 0
    var gone = max(0, downloads.count - new.count)
    for index in new.indices {
      while gone > 0, old < downloads.count, downloads[old].id != new[index].id {
        old += 1
        gone -= 1
      }
      let isKnown =
        old < downloads.count && downloads[old].hasSameWords(as: new, index)
      result.append(isKnown ? texts[old] : Self.text(of: new[index]))
      old += 1
    }
    texts = result
    downloads = new
  }
}

extension Download {
  fileprivate func hasSameWords(as others: [Download], _ index: Int) -> Bool {
    id == others[index].id && name == others[index].name && folder == others[index].folder
      && tags == others[index].tags && url == others[index].url
  }
}
