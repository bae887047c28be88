import ComfyAPI
import Downloads

/// One setting of a file: its name, what it takes, and what else can set it.
///
/// What reads the files, what explains them and what resolves them all go by these values.
struct ConfigOption<Target>: Sendable {
  enum Kind: String, Sendable {
    case text = "text"
    case choice = "one of the words"
    case path = "absolute path"
    case paths = "absolute path, or a list of them"
    case url = "http or https URL"
    case backend = "local, cloud, a profile's name, or a URL"
    case number = "number"
    case truth = "true or false"
    case rules = "list of rules"
    case mapping = "mapping"
  }

  /// When a change of the file is taken over by what is running.
  enum Effect: String, Sendable {
    case engine = "The engine takes it over at once."
    case engineForNew = "The engine takes it over at once, for downloads that begin after it."
    case engineAndScreen = "The engine and the screen take it over at once."
    case screen = "The screen takes it over at once."
    case client = "Commands and the screen take it over when they are started."
    case engineRestart = "The engine takes it over when it starts: run winch stop."
  }

  let name: String
  let kind: Kind
  /// One sentence.
  let help: String
  /// What holds where nothing says it.
  var usual = JSONValue.null
  /// The same in words, where it is no fixed value.
  var usualWords: String?
  /// A value as it stands in the file.
  var example = ""
  var effect = Effect.client
  /// The command line's option, which wins over all else.
  var flag: String?
  /// Variables that win over the file; of several the first one that is set counts.
  var environment: [String] = []
  let read: @Sendable (inout Target, YAMLNode) throws(ConfigError) -> Void
}

extension ConfigOption {
  /// Reads a mapping by a table of options.
  static func read(
    _ options: [Self], from node: YAMLNode, into target: inout Target
  ) throws(ConfigError) {
    for (name, value) in try node.members() {
      guard let option = options.first(where: { $0.name == name }) else {
        throw unknown(value, name, among: options.map(\.name))
      }
      if !value.isEmpty { try option.read(&target, value) }
    }
  }

  private static func unknown(
    _ node: YAMLNode, _ name: String, among names: [String]
  ) -> ConfigError {
    let nearest = NearestName.to(name, among: names)
    return node.error(
      "There is no such key.",
      hint: nearest.map { "Did you mean \($0)?" }
        ?? "There are \(names.joined(separator: ", ")).")
  }
}
