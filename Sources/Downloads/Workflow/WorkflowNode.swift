import ComfyAPI

/// A node of a workflow, reduced to what may tell of models. Everything in it is from outside.
struct WorkflowNode {
  /// A text among a node's values.
  struct Value {
    /// The input's name; nil where the workflow does not have it.
    let name: String?
    let text: String
    /// Whether a list that can be switched off in parts has it switched on.
    let isOn: Bool
  }

  let id: String
  /// The class, or the id of a subgraph.
  let type: String
  /// Whether it runs: neither muted (`never`) nor bypassed.
  let isActive: Bool
  let values: [Value]
  /// What `properties.models` says.
  let models: [ModelEntry]
  /// Inputs of nodes inside of a subgraph that its values stand for: a node's id and the input's name.
  let promoted: [(node: String, input: String)]
}

extension WorkflowNode {
  /// A node as ComfyUI saves it; nil for what is none.
  init?(_ json: JSONValue) {
    guard let node = json.object, let type = node["type"]?.string else { return nil }
    self.type = type
    id = Self.id(node["id"])
    isActive = node["mode"].map { !Self.inactiveModes.contains($0) } ?? true
    let properties = node["properties"]?.object ?? [:]
    models = properties["models"]?.elements.compactMap(ModelEntry.init) ?? []
    promoted = (properties["proxyWidgets"]?.elements ?? []).compactMap { pair in
      let parts = pair.elements
      guard parts.count >= 2, let input = parts[1].string else { return nil }
      return (Self.id(parts[0]), input)
    }
    values = Self.values(of: node, promoted: promoted.map(\.input))
  }

  /// A node of the format for ComfyUI's API, whose inputs have names.
  init?(id: String, prompt json: JSONValue) {
    guard let node = json.object, let type = node["class_type"]?.string else { return nil }
    self.id = id
    self.type = type
    isActive = true
    models = []
    promoted = []
    values = (node["inputs"]?.object ?? [:]).sorted { $0.key < $1.key }
      .flatMap { Self.values(in: $0.value, name: $0.key) }
  }

  /// LiteGraph's `NEVER` and ComfyUI's bypass.
  private static let inactiveModes: Set<JSONValue> = [2, 4]

  /// Ids are numbers or texts.
  static func id(_ json: JSONValue?) -> String {
    switch json {
    case .integer(let number): "\(number)"
    case .string(let text): text
    default: ""
    }
  }

  private static func values(of node: [String: JSONValue], promoted: [String]) -> [Value] {
    switch node["widgets_values"] {
    case .array(let values):
      let names = names(of: values.count, node["inputs"]?.elements ?? [], promoted)
      return values.enumerated().flatMap { Self.values(in: $1, name: names?[$0]) }
    case .object(let values):
      return values.sorted { $0.key < $1.key }.flatMap { Self.values(in: $0.value, name: $0.key) }
    default: return []
    }
  }

  /// The names of values in their order, where there are as many: a value that no input has, such as
  /// what follows a seed, would shift all behind it.
  private static func names(
    of count: Int, _ inputs: [JSONValue], _ promoted: [String]
  ) -> [String]? {
    if promoted.count == count { return promoted }
    let widgets = inputs.compactMap { $0.object?["widget"]?.object?["name"]?.string }
    return widgets.count == count ? widgets : nil
  }

  /// A text, or those in an object, as in lists of LoRAs.
  private static func values(in json: JSONValue, name: String?) -> [Value] {
    switch json {
    case .string(let text): return [Value(name: name, text: text, isOn: true)]
    case .object(let members):
      let isOn = members["on"] != false
      return members.sorted { $0.key < $1.key }.compactMap { key, value in
        value.string.map { Value(name: key, text: $0, isOn: isOn) }
      }
    default: return []
    }
  }
}

/// A model as a workflow describes it.
struct ModelEntry {
  let name: String
  let url: String?
  let directory: String?
  /// `sha256:` and digits, in lower case; nil where there is none.
  let hash: String?

  init?(_ json: JSONValue) {
    guard let entry = json.object, let name = Self.text(entry["name"]) else { return nil }
    self.name = name
    url = Self.text(entry["url"])
    directory = Self.text(entry["directory"])
    hash = Self.hash(entry["hash"]?.string, type: entry["hash_type"]?.string)
  }

  /// What is empty, or longer than any name or link, counts as not there.
  private static func text(_ json: JSONValue?) -> String? {
    json?.string.flatMap { (1...4096).contains($0.utf8.count) ? $0 : nil }
  }

  private static func hash(_ digits: String?, type: String?) -> String? {
    guard let digits = digits?.lowercased(), let type = type?.lowercased(),
      ["sha256", "blake3"].contains(type), digits.utf8.count == 64,
      digits.allSatisfy({ $0.isASCII && $0.isHexDigit })
    else { return nil }
    return type + ":" + digits
  }
}

extension JSONValue {
  /// The elements of an array, none for every other kind.
  var elements: [JSONValue] {
    guard case .array(let elements) = self else { return [] }
    return elements
  }
}
