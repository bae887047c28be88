/// How the table looks, remembered from one run to the next.
struct TableSettings: Sendable, Equatable, Codable {
  /// The user's columns in their order; nil leaves the choice to the width of the screen.
  var columns: [TableColumn]?
  var order = TableOrder.queue
  /// Lines that a row takes, 1 to 3.
  var linesPerRow = 1
  /// By their keys, `1` to `9` and `0`.
  var views: [String: SavedView] = SavedView.usual

  /// What filters and sorts the table at one key.
  struct SavedView: Sendable, Equatable, Codable {
    var name: String
    var filter: String
    var order = TableOrder.queue

    static let usual: [String: SavedView] = [
      "1": SavedView(name: "all", filter: ""),
      "2": SavedView(name: "active", filter: "state:active"),
      "3": SavedView(name: "queued", filter: "state:queued|state:accepted"),
      "4": SavedView(name: "failed", filter: "state:failed"),
      "5": SavedView(name: "completed", filter: "state:completed"),
    ]
  }

  init() {}

  init(from decoder: any Decoder) throws {
    let parts = try decoder.container(keyedBy: CodingKeys.self)
    columns = try? parts.decodeIfPresent([TableColumn].self, forKey: .columns)
    order = (try? parts.decodeIfPresent(TableOrder.self, forKey: .order)) ?? order
    let lines = (try? parts.decodeIfPresent(Int.self, forKey: .linesPerRow)) ?? linesPerRow
    linesPerRow = max(1, min(3, lines))
    views = (try? parts.decodeIfPresent([String: SavedView].self, forKey: .views)) ?? views
  }
}
