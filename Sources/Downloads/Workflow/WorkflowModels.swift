import ComfyAPI

/// The models that workflows need, in the order in which they name them, each once.
public struct WorkflowModels: Sendable, Equatable {
  /// What is read of a file, in bytes: more than any picture that ComfyUI saves.
  public static let longestFile = 64 << 20
  /// Far more than any workflow names.
  public static let mostModels = 2000

  public private(set) var models: [NeededModel] = []
  private var places: [Key: Int] = [:]

  private struct Key: Hashable {
    let category: String?
    let name: String
  }

  /// Of no workflow.
  public init() {}

  /// Reads a workflow: JSON as ComfyUI saves it or exports it for its API, or a PNG or WebP picture
  /// with either inside.
  ///
  /// Models that only muted or bypassed nodes load are there, and not active.
  ///
  /// - Parameter file: `longestFile` bytes at most.
  public init(_ file: [UInt8]) throws(WorkflowProblem) {
    guard file.count <= Self.longestFile else { throw .tooLarge }
    let json: JSONValue
    let text = try WorkflowText.find(in: file)
    do {
      json = try JSONReader.value(of: text, within: Self.limits)
    } catch {
      throw .malformed(error)
    }
    try self.init(WorkflowGraph(json))
  }

  /// A node has some fifty values.
  private static let limits = JSONReader.Limits(depth: 100, values: 1_500_000, takesNaN: true)

  init(_ graph: WorkflowGraph) throws(WorkflowProblem) {
    for placed in graph.nodes { try add(placed, in: graph) }
    for entry in graph.models {
      try add(entry.name, to: entry.directory, by: nil) { model in
        model.isActive = true
        model.take(entry)
      }
    }
    resolveUnknownFolders()
    let notes = NoteLinks(graph.notes)
    for index in models.indices {
      guard let fileName = models[index].fileName else { continue }
      models[index].noteLinks = notes.links(named: fileName)
    }
  }

  /// Adds what another workflow needs.
  public mutating func formUnion(_ other: WorkflowModels) throws(WorkflowProblem) {
    for model in other.models {
      try add(model.name, to: model.category?.name, by: nil) { $0.merge(model) }
    }
    resolveUnknownFolders()
  }

  private mutating func add(
    _ placed: WorkflowGraph.Placed, in graph: WorkflowGraph
  ) throws(WorkflowProblem) {
    let node = placed.node
    let reference = NeededModel.Node(
      id: PlainText.sanitized(placed.path), type: PlainText.sanitized(String(node.type.prefix(100)))
    )
    let files = node.values.filter { ModelName.isPlausible($0.text) }
    // What is told of models that the node does not load any more is left from an earlier choice.
    let entries = node.models.filter { entry in
      files.isEmpty || files.contains { ModelName.isSame($0.text, entry.name) }
    }
    for (number, value) in files.enumerated() {
      let entry = entries.first { ModelName.isSame(value.text, $0.name) }
      let folder = entry?.directory ?? graph.folder(of: value, number: number, placed)
      try add(value.text, to: folder, by: reference) { model in
        model.isActive = model.isActive || (placed.isActive && value.isOn)
        if let entry { model.take(entry) }
      }
    }
    for entry in entries where files.isEmpty {
      try add(entry.name, to: entry.directory, by: reference) { model in
        model.isActive = model.isActive || placed.isActive
        model.take(entry)
      }
    }
  }

  private mutating func add(
    _ text: String, to directory: String?, by node: NeededModel.Node?,
    _ change: (inout NeededModel) -> Void
  ) throws(WorkflowProblem) {
    let name = NeededModel.normalized(text)
    let category = directory.flatMap { Folder(NeededModel.normalized($0)) }
    let key = Key(category: category?.name, name: name)
    if places[key] == nil {
      guard models.count < Self.mostModels else { throw .tooManyModels }
      places[key] = models.count
      models.append(NeededModel(name: name))
    }
    guard let place = places[key] else { return }
    models[place].category = category
    if let directory, category == nil {
      models[place].remark(
        "\(PlainText.sanitized(directory)) cannot be a folder for models, so it is not used.")
    }
    if let node { models[place].add(node) }
    change(&models[place])
  }

  /// One that is named with a folder elsewhere is the same where nothing tells its folder.
  private mutating func resolveUnknownFolders() {
    let known = Dictionary(
      models.filter { $0.category != nil }.map { ($0.name, $0.category) }
    ) { first, _ in first }
    let unknown = models.filter { $0.category == nil && known[$0.name] != nil }
    guard !unknown.isEmpty else { return }
    models.removeAll { $0.category == nil && known[$0.name] != nil }
    places = Dictionary(
      models.enumerated().map { (Key(category: $1.category?.name, name: $1.name), $0) }
    ) { first, _ in first }
    for model in unknown {
      let key = Key(category: known[model.name]??.name, name: model.name)
      if let place = places[key] { models[place].merge(model) }
    }
  }
}

extension NeededModel {
  private static let mostNodes = 20
  private static let mostLinks = 8

  mutating func add(_ node: Node) {
    if nodes.count < Self.mostNodes, !nodes.contains(node) { nodes.append(node) }
  }

  mutating func take(_ entry: ModelEntry) {
    if let url = entry.url { add(link: url) }
    if let hash = entry.hash { add(hash: hash) }
  }

  mutating func merge(_ other: NeededModel) {
    isActive = isActive || other.isActive
    for node in other.nodes { add(node) }
    for link in other.links { add(link: link) }
    if noteLinks.isEmpty { noteLinks = other.noteLinks }
    for hash in other.hashes { add(hash: hash) }
    for sentence in other.remarks { remark(sentence) }
  }

  mutating func remark(_ sentence: String) {
    if remarks.count < Self.mostLinks, !remarks.contains(sentence) { remarks.append(sentence) }
  }

  private mutating func add(link: String) {
    if links.count < Self.mostLinks, !links.contains(link) { links.append(link) }
  }

  private mutating func add(hash: String) {
    if hashes.count < Self.mostLinks, !hashes.contains(hash) { hashes.append(hash) }
  }
}
