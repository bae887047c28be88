import ComfyAPI

extension ActionTable {
  private static let rows: Set<Level> = [.table, .detail]

  static let queueActions: [Action] = [
    Action(
      "pause", at: rows, [.character("p")], label: "pause",
      help: "Hold a download back, or let it go on; what has arrived is kept.",
      reasonWhyNot: \.whyNotPause
    ) { $0.pause($0.targets) },
    Action(
      "pause-all", at: rows, [.character("P")], help: "Hold everything back, or let it go on.",
      reasonWhyNot: \.whyNotPauseAll
    ) { $0.pause($0.downloadList.downloads) },
    move("queue-up", "K", .up, "One place up in the queue."),
    move("queue-down", "J", .down, "One place down in the queue."),
    move("queue-top", "{", .top, "To the top of the queue."),
    move("queue-end", "}", .end, "To the end of the queue."),
    Action(
      "skip", at: rows, [.character("S")],
      help: "Let the others go first: to the end of the queue, with what has arrived.",
      reasonWhyNot: \.whyNotSkip
    ) { $0.skip() },
    Action(
      "limit", at: rows, [.character("=")],
      help: "Limit the speed of everything: 5M, 800k, or off.",
      parameter: Action.Parameter("SPEED") { _ in ["off", "1M", "5M", "10M", "50M"] },
      reasonWhyNot: \.whyNotLimit
    ) { $0.limit(to: $1) },
    Action(
      "limit-higher", at: rows, [.character("+")], help: "A higher limit.",
      reasonWhyNot: \.whyNotLimit
    ) { $0.changeLimit(raising: true) },
    Action(
      "limit-lower", at: rows, [.character("-")], help: "A lower limit.",
      reasonWhyNot: \.whyNotLimit
    ) { $0.changeLimit(raising: false) },
    Action(
      "turtle", at: rows, [.character("T")],
      help: "Slow down so that others can use the line; again, as fast as before.",
      reasonWhyNot: \.whyNotLimit
    ) { $0.toggleTurtle() },
  ]

  private static func move(
    _ name: String, _ key: Character, _ place: TaskMove.Place, _ help: String
  ) -> Action {
    Action(name, at: rows, [.character(key)], help: help, reasonWhyNot: \.whyNotMove) {
      $0.move(to: place)
    }
  }
}
