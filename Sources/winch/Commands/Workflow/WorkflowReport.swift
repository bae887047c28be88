import ComfyAPI
import Downloads

/// What the models of workflows need, as it is printed.
struct WorkflowReport {
  private let needs: [ModelNeed]
  /// Models of muted and bypassed nodes, which are not among them.
  private let left: Int

  init(_ needs: [ModelNeed], left: Int) {
    self.needs = needs
    self.left = left
  }

  /// Those that cannot be had.
  var unknown: Int { needs.count { if case .unknown = $0.status { true } else { false } } }

  private var fetchable: Int { needs.count { $0.submission() != nil } }

  func write(json: Bool) throws {
    guard !json else {
      let report = JSONValue.object(["models": .array(needs.map(\.json))])
      return StandardOutput.write(try WireFormat.encodeText(report))
    }
    if needs.isEmpty { StandardError.write("No model is needed.") }
    needs.flatMap(Self.lines).forEach(StandardOutput.write)
    if left > 0 {
      let models = left == 1 ? "1 more model is" : "\(left) more models are"
      StandardError.write("\(models) named by muted or bypassed nodes alone: --muted shows them.")
    }
  }

  /// What to say when models are missing; nil when none is.
  func missing(add: Bool, files: [String]) -> [String]? {
    guard needs.contains(where: { !$0.isSettled }) else { return nil }
    guard fetchable > 0 else { return [] }
    let models = fetchable == 1 ? "1 model" : "\(fetchable) models"
    return [add ? "\(models) would be queued." : "--add queues \(models)."]
  }

  /// The model behind its status; below it, where it can be had or why it cannot.
  private static func lines(_ need: ModelNeed) -> [String] {
    let place = need.model.place
    let (word, details): (String, [String]) =
      switch need.status {
      case .there(let path): ("there", path == place ? [] : ["as \(path)"])
      case .queued(let reference): ("queued", [reference.canonicalURL])
      case .fetchable(let reference): ("can be fetched", [reference.canonicalURL])
      case .unknown(let failure): ("unknown", [failure.message, loaders(need.model)])
      }
    return [padded(word) + place]
      + (details + need.remarks).filter { !$0.isEmpty }
      .map { padded("") + PlainText.sanitized($0) }
  }

  private static func loaders(_ model: NeededModel) -> String {
    guard let node = model.nodes.first else { return "" }
    let others = model.nodes.count > 1 ? "and others load it" : "loads it"
    return "Node \(node.id) (\(node.type)) \(others)."
  }

  private static func padded(_ word: String) -> String {
    word + String(repeating: " ", count: 16 - word.count)
  }
}
