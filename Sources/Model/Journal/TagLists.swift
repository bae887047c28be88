import ComfyAPI

/// Lists of tags as the journal keeps them, each read once and shared by all downloads that have it:
/// thousands of rows have the same few.
struct TagLists {
  private var known: [String: [String]] = ["[]": []]

  /// The tags in a JSON text; none when it is not one.
  mutating func tags(of text: String) -> [String] {
    if let tags = known[text] { return tags }
    let tags = (try? WireFormat.decode([String].self, from: text.utf8)) ?? []
    known[text] = tags
    return tags
  }
}
