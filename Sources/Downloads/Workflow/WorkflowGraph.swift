import ComfyAPI

/// The nodes of a workflow, those inside of its subgraphs included.
struct WorkflowGraph {
  /// A node where it stands.
  struct Placed {
    let node: WorkflowNode
    /// Its id behind those of the subgraphs around it: `12:3`.
    let path: String
    /// Whether it and all that is around it run.
    let isActive: Bool
  }

  private(set) var nodes: [Placed] = []
  /// What the workflow's root says of models.
  private(set) var models: [ModelEntry] = []
  /// The texts of its notes.
  private(set) var notes: [String] = []
  private var definitions: [String: [WorkflowNode]] = [:]
  /// The types of the nodes in each subgraph, by their ids.
  private var types: [String: [String: String]] = [:]

  /// - Throws: `foreignJSON` where it is neither of ComfyUI's two formats.
  init(_ json: JSONValue) throws(WorkflowProblem) {
    var next = json.object
    while let root = next {
      if case .array(let nodes)? = root["nodes"] {
        readDefinitions(of: root)
        models = root["models"]?.elements.compactMap(ModelEntry.init) ?? []
        walk(nodes.compactMap(WorkflowNode.init))
        return
      }
      if let prompt = Self.prompt(root) {
        nodes = prompt.map { Placed(node: $0, path: Self.path($0), isActive: true) }
        return
      }
      next = Self.wrapped(root)
    }
    throw .foreignJSON
  }

  /// The format for the API: nodes by their ids, each with a class.
  private static func prompt(_ root: [String: JSONValue]) -> [WorkflowNode]? {
    let nodes = root.sorted { ($0.key.count, $0.key) < ($1.key.count, $1.key) }
      .compactMap { WorkflowNode(id: $0.key, prompt: $0.value) }
    return nodes.isEmpty ? nil : nodes
  }

  /// What is sent to the API, or kept of it, has the workflow inside.
  private static func wrapped(_ root: [String: JSONValue]) -> [String: JSONValue]? {
    let pictureInfo = root["extra_data"]?.object?["extra_pnginfo"]?.object
    return pictureInfo?["workflow"]?.object ?? root["workflow"]?.object ?? root["prompt"]?.object
  }

  /// Subgraphs, also those that stand in one another, and the group nodes that came before them.
  private mutating func readDefinitions(of root: [String: JSONValue]) {
    var waiting = root["definitions"]?.object?["subgraphs"]?.elements ?? []
    while let definition = waiting.popLast()?.object {
      define(WorkflowNode.id(definition["id"]), as: definition)
      waiting += definition["definitions"]?.object?["subgraphs"]?.elements ?? []
    }
    for (name, group) in root["extra"]?.object?["groupNodes"]?.object ?? [:] {
      guard let group = group.object else { continue }
      for type in ["workflow>" + name, "workflow/" + name] { define(type, as: group) }
    }
  }

  private mutating func define(_ id: String, as definition: [String: JSONValue]) {
    guard !id.isEmpty, definitions[id] == nil else { return }
    let nodes = definition["nodes"]?.elements.compactMap(WorkflowNode.init) ?? []
    definitions[id] = nodes
    types[id] = Dictionary(nodes.map { ($0.id, $0.type) }) { first, _ in first }
  }

  private struct Inside {
    let nodes: [WorkflowNode]
    let path: String
    let isActive: Bool
  }

  private struct Visit: Hashable {
    let definition: String
    let isActive: Bool
  }

  /// Each definition is walked once, and once more where it is switched off: instances that hold two
  /// of the next would be more than can be counted.
  private mutating func walk(_ root: [WorkflowNode]) {
    var waiting = [Inside(nodes: root, path: "", isActive: true)]
    var visited: Set<Visit> = []
    var next = 0
    while next < waiting.count {
      let inside = waiting[next]
      next += 1
      for node in inside.nodes {
        let path = Self.path(node, inside: inside.path)
        let placed = Placed(node: node, path: path, isActive: inside.isActive && node.isActive)
        if Self.noteTypes.contains(node.type) {
          notes += node.values.map(\.text)
        } else {
          nodes.append(placed)
        }
        let visit = Visit(definition: node.type, isActive: placed.isActive)
        if let definition = definitions[node.type], visited.insert(visit).inserted {
          waiting.append(Inside(nodes: definition, path: path, isActive: placed.isActive))
        }
      }
    }
  }

  /// Ids are short; where they are not, or stand too deep, the rest is left out.
  private static func path(_ node: WorkflowNode, inside path: String = "") -> String {
    guard path.utf8.count < 256 else { return path }
    return (path.isEmpty ? "" : path + ":") + node.id.prefix(64)
  }

  private static let noteTypes: Set<String> = ["Note", "MarkdownNote"]

  /// The folder that a value's loader reads from; nil where nobody knows.
  ///
  /// - Parameter number: the value's place among those of its node that name a file.
  func folder(of value: WorkflowNode.Value, number: Int, _ placed: Placed) -> String? {
    if let slots = LoaderTable.slots(of: placed.node.type) {
      if let slot = slots.first(where: { $0.input == value.name }) { return slot.folder }
      if value.name == nil || Set(slots.map(\.folder)).count == 1 {
        return slots[min(number, slots.count - 1)].folder
      }
    }
    guard let name = value.name else { return nil }
    if let inner = placed.node.promoted.first(where: { $0.input == name }),
      let type = types[placed.node.type]?[inner.node], let slots = LoaderTable.slots(of: type),
      let slot = slots.first(where: { $0.input == name })
    {
      return slot.folder
    }
    return LoaderTable.folder(ofInput: name)
  }
}
