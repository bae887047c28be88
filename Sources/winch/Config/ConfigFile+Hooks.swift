/// The commands that the engine runs when downloads end.
extension ConfigFile {
  static let onCompleteOption = ConfigOption<ConfigFile>(
    name: "on_complete", kind: .text,
    help:
      "A command for the shell that the engine runs for each download that is there and verified;"
      + " it gets the download as JSON on standard input.",
    example: #"'jq -r .path >>"$HOME/models.txt"'"#, effect: .engine
  ) { (config, node) throws(ConfigError) in
    config.hooks[.completed] = try node.text()
  }

  static let onFailedOption = ConfigOption<ConfigFile>(
    name: "on_failed", kind: .text,
    help: "The same for each download that has failed; the reason is under error.",
    example: "'jq -r .error.message | wall'", effect: .engine
  ) { (config, node) throws(ConfigError) in
    config.hooks[.failed] = try node.text()
  }

  static let onIdleOption = ConfigOption<ConfigFile>(
    name: "on_idle", kind: .text,
    help:
      "A command for the shell that the engine runs when the last download has ended and no other"
      + " comes for two seconds; it runs alone, after the others.",
    example: "sudo poweroff", effect: .engine
  ) { (config, node) throws(ConfigError) in
    config.hooks[.idle] = try node.text()
  }
}
