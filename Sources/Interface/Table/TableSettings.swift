import Downloads

/// How the table looks, remembered from one run to the next. What is changed while a saved view is in
/// front is the view's; the rest holds for the table without one.
struct TableSettings: Sendable, Equatable, Codable {
  var look = TableLook()
  var order = TableOrder.queue
  /// Whether the cursor goes where its download goes; else it stays in its row.
  var isFollowing = true
  /// Whether the details of the download under the cursor stand beside the table.
  var hasSidePane = false
  /// By their keys, `1` to `9` and `0`.
  var views: [String: SavedView] = SavedView.usual

  init() {}

  init(from decoder: any Decoder) throws {
    let parts = try decoder.container(keyedBy: CodingKeys.self)
    // A part of another version is as good as none.
    func part<Value: Decodable>(_ key: CodingKeys, _ otherwise: Value) -> Value {
      (try? parts.decodeIfPresent(Value.self, forKey: key)) ?? otherwise
    }
    // Beside the others, where they were before views had them too.
    look = (try? TableLook(from: decoder)) ?? look
    order = part(.order, order)
    isFollowing = part(.isFollowing, isFollowing)
    hasSidePane = part(.hasSidePane, hasSidePane)
    views = part(.views, views)
  }

  func encode(to encoder: any Encoder) throws {
    try look.encode(to: encoder)
    var parts = encoder.container(keyedBy: CodingKeys.self)
    try parts.encode(order, forKey: .order)
    try parts.encode(isFollowing, forKey: .isFollowing)
    try parts.encode(hasSidePane, forKey: .hasSidePane)
    try parts.encode(views, forKey: .views)
  }

  private enum CodingKeys: String, CodingKey {
    case order, isFollowing, hasSidePane, views
  }
}

/// The table's columns, and the height of its rows.
struct TableLook: Sendable, Equatable, Codable {
  /// The user's columns in their order; nil leaves the choice to the width of the screen.
  var columns: [TableColumn]?
  /// Lines that a row takes, 1 to 3.
  var linesPerRow = 1

  init() {}

  init(from decoder: any Decoder) throws {
    let parts = try decoder.container(keyedBy: CodingKeys.self)
    columns = try? parts.decodeIfPresent([TableColumn].self, forKey: .columns)
    let lines = (try? parts.decodeIfPresent(Int.self, forKey: .linesPerRow)) ?? linesPerRow
    linesPerRow = max(1, min(3, lines))
  }
}

/// What filters and sorts the table at one key, and how it looks then.
struct SavedView: Sendable, Equatable, Codable {
  var name: String
  var filter: String
  var order = TableOrder.queue
  /// Nil leaves the table as it is without a view.
  var look: TableLook?

  init(name: String, filter: String, order: TableOrder = .queue, look: TableLook? = nil) {
    self.name = name
    self.filter = filter
    self.order = order
    self.look = look
  }

  static let usual: [String: SavedView] = [
    "1": SavedView(name: "all", filter: ""),
    "2": SavedView(name: "active", filter: "state:active"),
    "3": SavedView(name: "queued", filter: "state:queued"),
    "4": SavedView(name: "failed", filter: "state:failed"),
    "5": SavedView(name: "completed", filter: "state:completed"),
  ]
}
