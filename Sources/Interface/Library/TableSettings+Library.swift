extension TableSettings {
  /// How the library looks at first.
  static let library: TableSettings = {
    var settings = TableSettings()
    settings.views = [
      "1": SavedView(name: "all", filter: ""),
      "2": SavedView(name: "unverified", filter: "state:unverified"),
      "3": SavedView(name: "in trouble", filter: "state:damaged|missing|unreadable"),
      "4": SavedView(name: "checkpoints", filter: "folder:checkpoints"),
      "5": SavedView(name: "LoRAs", filter: "folder:loras"),
      "6": SavedView(name: "large", filter: "size>10G"),
    ]
    return settings
  }()
}

extension TableColumn {
  /// What there is to tell of a stored file.
  static let ofStoredFiles: [TableColumn] = [
    .position, .name, .size, .mark, .status, .percent, .bar, .folder, .source, .tags, .age,
    .verified, .base, .error, .path, .id,
  ]

  /// The columns of stored files that fit a width, where the user has not chosen.
  static func usualOfStoredFiles(for width: Int) -> [TableColumn] {
    switch width {
    case ..<50: [.size, .age, .mark]
    case ..<80: [.size, .age, .status]
    case ..<100: [.size, .folder, .age, .status]
    case ..<110: [.size, .folder, .base, .age, .status]
    case ..<150: [.size, .folder, .base, .tags, .age, .status]
    default: [.size, .folder, .base, .tags, .source, .age, .percent, .status]
    }
  }
}
