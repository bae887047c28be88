import ComfyAPI
import Downloads
import Engine

/// What the file says of the local engine's work.
extension ConfigFile {
  static let modelsOption = ConfigOption<ConfigFile>(
    name: "models", kind: .path, help: "The models folder of the local engine.",
    usualWords: "ComfyUI's where it is found, else one of Winch's own", example: "~/ComfyUI/models",
    effect: .engineRestart, flag: "--models", environment: ["WINCH_MODELS"]
  ) { (config, node) throws(ConfigError) in
    config.models = try path(node)
  }

  static let baseDirectoryOption = ConfigOption<ConfigFile>(
    name: "base_directory", kind: .path,
    help: "What ComfyUI is given as --base-directory: models are in its folder models.",
    example: "~/comfy-data", effect: .engineRestart
  ) { (config, node) throws(ConfigError) in
    config.baseDirectory = try path(node)
  }

  static let extraModelPathsOption = ConfigOption<ConfigFile>(
    name: "extra_model_paths", kind: .paths,
    help:
      "Files like ComfyUI's extra_model_paths.yaml, besides those that are found: what is in the"
      + " folders they name is linked instead of fetched.",
    usual: .array([]), usualWords: "those of the ComfyUIs that are found",
    example: "[/srv/models/extra_model_paths.yaml]", effect: .engine
  ) { (config, node) throws(ConfigError) in
    config.extraModelPaths = []
    for text in try node.texts() { config.extraModelPaths.append(try path(text, node)) }
  }

  static let connectionsOption = ConfigOption<ConfigFile>(
    name: "connections", kind: .number,
    help: "Connections that one file may have, 1 to \(EngineConfiguration.mostConnections);"
      + " else \(EngineConfiguration.usualConnections).",
    usual: .integer(Int64(EngineConfiguration.usualConnections)), example: "4",
    effect: .engineForNew,
    flag: "--connections", environment: ["WINCH_CONNECTIONS"]
  ) { (config, node) throws(ConfigError) in
    config.connections = try number(node, in: connectionsRange)
  }

  static let downloadsOption = ConfigOption<ConfigFile>(
    name: "downloads", kind: .number,
    help: "Files that are fetched at one time, 1 to \(EngineConfiguration.mostDownloads);"
      + " else \(EngineConfiguration.usualDownloads).",
    usual: .integer(Int64(EngineConfiguration.usualDownloads)), example: "2", effect: .engine,
    flag: "--downloads", environment: ["WINCH_DOWNLOADS"]
  ) { (config, node) throws(ConfigError) in
    config.downloads = try number(node, in: downloadsRange)
  }

  static let smallFilesFirstOption = ConfigOption<ConfigFile>(
    name: "small_files_first", kind: .truth,
    help: "Whether of what has not begun the smaller begins first; unknown sizes are last,"
      + " and what was moved stays.",
    usual: false, example: "true", effect: .engine
  ) { (config, node) throws(ConfigError) in
    config.smallFilesFirst = try truth(node)
  }

  static let previewsOption = ConfigOption<ConfigFile>(
    name: "previews", kind: .truth,
    help:
      "Whether Civitai's picture of a model is put beside it as NAME.preview.png, .jpg or .webp,"
      + " where ComfyUI shows it; never over another file.",
    usual: true, example: "false", effect: .engineForNew
  ) { (config, node) throws(ConfigError) in
    config.previews = try truth(node)
  }

  static let comfyUIURLOption = ConfigOption<ConfigFile>(
    name: "comfyui_url", kind: .url,
    help: "A ComfyUI that is asked to look for new models after a download; one that runs without"
      + " --enable-assets has nothing to be asked for, and finds them when its page is loaded anew.",
    usualWords: "nobody is told", example: "http://127.0.0.1:8188", effect: .engine,
    environment: ["COMFY_LOCAL_URL"]
  ) { (config, node) throws(ConfigError) in
    guard let url = comfyUIURL(try node.text()) else {
      throw node.error("This takes an http or https URL.")
    }
    config.comfyUIURL = url
  }

  /// Nil for a text that is no address of a ComfyUI.
  static func comfyUIURL(_ text: String) -> HTTPURL? {
    HTTPURL(text).flatMap { $0.query == nil ? $0 : nil }
  }

  static let limitScheduleOption = ConfigOption<ConfigFile>(
    name: "limit_schedule", kind: .rules,
    help: "Limits of the speed of everything by the time of day; the first rule that fits holds.",
    usual: .array([]), usualWords: "no limit",
    example: """

      - {from: "08:00", to: "18:00", days: mon-fri, limit: 5M}
      - {from: "22:00", to: "06:00", days: [sat, sun], limit: none}
      """, effect: .engine
  ) { (config, node) throws(ConfigError) in
    config.limitSchedule = []
    for item in try node.items() { config.limitSchedule.append(try LimitRule.rule(item)) }
  }

  static let connectionsRange = 1...EngineConfiguration.mostConnections
  static let downloadsRange = 1...EngineConfiguration.mostDownloads

  private static func truth(_ node: YAMLNode) throws(ConfigError) -> Bool {
    switch try node.text() {
    case "true": return true
    case "false": return false
    default: throw node.error("This takes true or false.")
    }
  }

  private static func path(_ node: YAMLNode) throws(ConfigError) -> String {
    try path(try node.text(), node)
  }

  private static func path(_ text: String, _ node: YAMLNode) throws(ConfigError) -> String {
    guard text.hasPrefix("/") || text.hasPrefix("~/") else {
      throw node.error("The path must begin with / or ~/.")
    }
    return text
  }

  private static func number(
    _ node: YAMLNode, in range: ClosedRange<Int>
  ) throws(ConfigError) -> Int {
    guard let number = Int(try node.text()), range.contains(number) else {
      throw node.error("This takes a number from \(range.lowerBound) to \(range.upperBound).")
    }
    return number
  }
}
