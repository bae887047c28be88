import Downloads

/// What a term of a filter can be about, as in `size>5G` and `tag:flux`.
enum FilterField: String, Sendable, CaseIterable {
  case name, folder, tag, base, path, link
  case state, src, err, meta
  case size, speed, done, left, age, elapsed, attempts

  /// Understands the name as it is typed, and the plural and other words that people try.
  init?(typed name: some StringProtocol) {
    let name = name.lowercased()
    guard let field = Self(rawValue: name) ?? Self.synonyms[name] else { return nil }
    self = field
  }

  /// What the field's value is compared as.
  var kind: Kind {
    switch self {
    case .name, .folder, .tag, .base, .path, .link: .text
    case .state: .state
    case .src: .source
    case .err: .error
    case .meta: .metadata
    case .size: .bytes
    case .speed: .speed
    case .done: .progress
    case .left, .age, .elapsed: .duration
    case .attempts: .count
    }
  }

  enum Kind: Sendable {
    case text, state, source, error, metadata
    case bytes, speed, progress, duration, count

    var isNumber: Bool {
      switch self {
      case .text, .state, .source, .error, .metadata: false
      case .bytes, .speed, .progress, .duration, .count: true
      }
    }
  }

  /// How the field is used, for the help and for mistakes.
  var example: String {
    switch self {
    case .name: "name:fp8"
    case .folder: "folder:loras"
    case .tag: "tag:flux"
    case .base: "base:sdxl"
    case .path: "path:/models"
    case .link: "link:black-forest-labs"
    case .state: "state:failed"
    case .src: "src:civitai"
    case .err: "err:401"
    case .meta: "meta:author=me"
    case .size: "size>5G"
    case .speed: "speed<1M"
    case .done: "done>50%"
    case .left: "left<1h"
    case .age: "age>2d"
    case .elapsed: "elapsed>10m"
    case .attempts: "attempts>1"
    }
  }

  private static let synonyms: [String: FilterField] = [
    "tags": .tag, "status": .state, "source": .src, "error": .err, "eta": .left, "url": .link,
    "metadata": .meta, "tries": .attempts, "progress": .done, "basemodel": .base,
    "base_model": .base,
  ]
}

extension FilterField {
  /// What may stand at the end of a filter's text: examples of the fields that begin like its last
  /// word.
  static func candidates(for text: String) -> Prompt.Completion {
    let word = text.split(omittingEmptySubsequences: false) { " &|!(".contains($0) }.last ?? ""
    let head = String(text.dropLast(word.count))
    guard !word.isEmpty else { return Prompt.Completion(head: head, candidates: []) }
    let examples = allCases.map(\.example).filter { $0.hasPrefix(word.lowercased()) }
    return Prompt.Completion(head: head, candidates: examples)
  }
}
