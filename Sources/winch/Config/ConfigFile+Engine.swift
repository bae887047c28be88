import Downloads
import Engine

/// What the file says of the local engine's work.
extension ConfigFile {
  static let connectionsOption = ConfigOption<ConfigFile>(
    name: "connections", kind: .number,
    help: "Connections that one file may have, 1 to \(EngineConfiguration.mostConnections);"
      + " else \(EngineConfiguration.usualConnections).",
    flag: "--connections", environment: ["WINCH_CONNECTIONS"]
  ) { (config, node) throws(ConfigError) in
    config.connections = try number(node, in: connectionsRange)
  }

  static let downloadsOption = ConfigOption<ConfigFile>(
    name: "downloads", kind: .number,
    help: "Files that are fetched at one time, 1 to \(EngineConfiguration.mostDownloads);"
      + " else \(EngineConfiguration.usualDownloads).",
    flag: "--downloads", environment: ["WINCH_DOWNLOADS"]
  ) { (config, node) throws(ConfigError) in
    config.downloads = try number(node, in: downloadsRange)
  }

  static let smallFilesFirstOption = ConfigOption<ConfigFile>(
    name: "small_files_first", kind: .truth,
    help: "Whether of what has not begun the smaller begins first; unknown sizes are last,"
      + " and what was moved stays."
  ) { (config, node) throws(ConfigError) in
    switch try node.text() {
    case "true": config.smallFilesFirst = true
    case "false": config.smallFilesFirst = false
    default: throw node.error("This takes true or false.")
    }
  }

  static let limitScheduleOption = ConfigOption<ConfigFile>(
    name: "limit_schedule", kind: .rules,
    help: "Limits of the speed of everything by the time of day; the first rule that fits holds."
  ) { (config, node) throws(ConfigError) in
    config.limitSchedule = []
    for item in try node.items() { config.limitSchedule.append(try LimitRule.rule(item)) }
  }

  static let connectionsRange = 1...EngineConfiguration.mostConnections
  static let downloadsRange = 1...EngineConfiguration.mostDownloads

  private static func number(
    _ node: YAMLNode, in range: ClosedRange<Int>
  ) throws(ConfigError) -> Int {
    guard let number = Int(try node.text()), range.contains(number) else {
      throw node.error("This takes a number from \(range.lowerBound) to \(range.upperBound).")
    }
    return number
  }
}
