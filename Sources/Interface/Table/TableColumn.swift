/// What a column of the table tells of a download.
enum TableColumn: String, Sendable, Codable, CaseIterable {
  case position, name, size, done, bar, percent, speed, left, mark, status, folder, source, tags,
    age
  case average, connections, attempts, verified, base, error, ended, elapsed, news, path, id

  /// In the table's first line; empty where the column before says enough.
  var title: String {
    switch self {
    case .position: "#"
    case .bar: "Progress"
    case .percent, .mark: ""
    case .source: "Src"
    case .average: "Average"
    case .connections: "Conn"
    case .attempts: "Tries"
    default: rawValue.prefix(1).uppercased() + rawValue.dropFirst()
    }
  }

  /// What the column tells, for the chooser.
  var explanation: String {
    switch self {
    case .position: "place in the order of queueing"
    case .name: "name of the file"
    case .size: "size of the file"
    case .done: "what is there, of the file's size"
    case .bar: "progress as a bar"
    case .percent: "progress in percent"
    case .speed: "bytes per second now"
    case .left: "time left"
    case .mark: "state as a mark"
    case .status: "state in a word"
    case .folder: "folder below the models root"
    case .source: "site it comes from"
    case .tags: "your tags"
    case .age: "time since it was queued"
    case .average: "bytes per second from the start on"
    case .connections: "connections that are open"
    case .attempts: "how often it was tried"
    case .verified: "whether the published hash was compared"
    case .base: "model it is made for"
    case .error: "why it failed"
    case .ended: "time since it ended"
    case .elapsed: "time that it took"
    case .news: "time since the backend told something new"
    case .path: "path on the backend's disk"
    case .id: "identifier for the commands"
    }
  }

  var isAlignedRight: Bool {
    switch self {
    case .position, .size, .done, .percent, .speed, .left, .age, .average, .connections, .attempts,
      .ended, .elapsed, .news:
      true
    default: false
    }
  }

  /// Columns of cells on a screen of a width; the name takes what the others leave.
  func width(on screen: Int) -> Int {
    switch self {
    case .name: 0
    case .mark: 1
    case .source: 3
    case .percent, .age, .connections, .ended, .news: 4
    case .position, .attempts: 5
    case .left, .elapsed: 6
    case .size: 7
    case .speed, .average, .verified, .id: 8
    case .bar: screen < 80 ? 8 : screen < 110 ? 10 : min(32, 16 + (screen - 110) / 4)
    case .done, .status, .base: 12
    case .folder: 16
    case .tags: min(32, 16 + max(0, screen - 110) / 4)
    case .error, .path: 24
    }
  }

  /// Where there is no room the lowest goes first.
  var importance: Int {
    switch self {
    case .name: 100
    case .status, .mark: 90
    case .percent: 80
    case .speed: 70
    case .left: 65
    case .size, .done: 60
    case .bar: 50
    case .folder: 40
    case .tags: 35
    default: 20
    }
  }
}
