import Downloads

extension ModelManifest {
  /// Reads a manifest that anybody may have written.
  ///
  /// - Parameter file: what it is called, for errors.
  init(text: String, file: String, hosts: SourceHosts) throws(ConfigError) {
    self.init(models: try ManifestDraft(text: text, file: file, hosts: hosts).models)
  }
}

/// A manifest as it is being read.
private struct ManifestDraft {
  private let hosts: SourceHosts
  private var version: Int?
  private(set) var models: [ManifestModel] = []

  init(text: String, file: String, hosts: SourceHosts) throws(ConfigError) {
    self.hosts = hosts
    guard let root = try YAMLNode(untrusted: text, file: file), !root.isEmpty else {
      throw ConfigError(file: file, problem: "It is empty.", hint: Self.advice)
    }
    try ConfigOption.read(Self.options, from: root, into: &self)
    guard version != nil else {
      throw ConfigError(
        file: file, line: root.line, problem: "It says no version.", hint: Self.advice)
    }
  }

  private static let advice =
    "A manifest has version: \(ModelManifest.version) and a list of models; winch export writes one."

  private static let options = [versionOption, modelsOption]

  private static let versionOption = ConfigOption<ManifestDraft>(
    name: "version", kind: .number, help: "Of the format.", usualWords: "must be given"
  ) { (draft, node) throws(ConfigError) in
    let text = try node.text()
    guard text == String(ModelManifest.version) else {
      throw node.error(
        "This program reads version \(ModelManifest.version), not \(text.prefix(20)).",
        hint: "A newer winch may read it.")
    }
    draft.version = ModelManifest.version
  }

  private static let modelsOption = ConfigOption<ManifestDraft>(
    name: "models", kind: .mapping, help: "The models.", usualWords: "none"
  ) { (draft, node) throws(ConfigError) in
    let items = try node.items(upTo: ModelManifest.mostModels)
    var lines: [String: Int] = [:]
    for item in items {
      let model = try ManifestEntry.model(item, hosts: draft.hosts)
      if let line = lines[model.place] {
        throw item.error("Line \(line) has a model in the same place, \(model.place).")
      }
      lines[model.place] = item.line ?? 0
      draft.models.append(model)
    }
  }
}
