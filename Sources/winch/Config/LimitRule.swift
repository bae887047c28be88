import Downloads

/// A rule of `limit_schedule` as it is being read.
struct LimitRule: Sendable {
  var from: TimeOfDay?
  var to: TimeOfDay?
  var days = Set(Weekday.allCases)
  /// Nil until the rule has said it; a limit of none is a limit too.
  var limit: Int64??

  /// - Throws: for what is missing or cannot be read.
  static func rule(_ node: YAMLNode) throws(ConfigError) -> LimitSchedule.Rule {
    var rule = LimitRule()
    try ConfigOption.read(options, from: node, into: &rule)
    guard let from = rule.from, let to = rule.to, let limit = rule.limit else {
      throw node.error(
        "A rule needs from, to and limit.",
        hint: #"Such as {from: "08:00", to: "18:00", days: mon-fri, limit: 5M}."#)
    }
    return LimitSchedule.Rule(days: rule.days, from: from, to: to, bytesPerSecond: limit)
  }
}

/// The table of what a rule can hold.
extension LimitRule {
  static let options = [fromOption, toOption, daysOption, limitOption]

  static let fromOption = ConfigOption<LimitRule>(
    name: "from", kind: .text, help: "When it begins on each of its days, as the clock shows it.",
    usualWords: "must be given", example: #""08:00""#
  ) { (rule, node) throws(ConfigError) in
    rule.from = try time(node)
  }

  static let toOption = ConfigOption<LimitRule>(
    name: "to", kind: .text, help: "When it ends; a time not after from is one of the next day.",
    usualWords: "must be given", example: #""18:00""#
  ) { (rule, node) throws(ConfigError) in
    rule.to = try time(node)
  }

  static let daysOption = ConfigOption<LimitRule>(
    name: "days", kind: .text, help: "The days on which it begins, such as mon-fri or sat,sun.",
    usualWords: "every day", example: "mon-fri"
  ) { (rule, node) throws(ConfigError) in
    guard let days = Weekday.days(try node.texts().joined(separator: ",")) else {
      throw node.error("Days are written mon-fri, or sat,sun.")
    }
    rule.days = days
  }

  static let limitOption = ConfigOption<LimitRule>(
    name: "limit", kind: .text, help: "The speed, such as 5M or 1.5MiB/s; none for no limit.",
    usualWords: "must be given", example: "5M"
  ) { (rule, node) throws(ConfigError) in
    let text = try node.text()
    do throws(DownloadFailure) {
      rule.limit = .some(try SpeedText.limit(text))
    } catch {
      throw node.error(error.message)
    }
  }

  private static func time(_ node: YAMLNode) throws(ConfigError) -> TimeOfDay {
    guard let time = TimeOfDay(try node.text()) else {
      throw node.error(#"A time is written "08:00", from 00:00 to 24:00."#)
    }
    return time
  }
}
