import Downloads

/// What one line of the links means.
enum LinkLine: Sendable, Equatable {
  case blank
  case link(ModelReference)
  /// A repository or a model's page.
  case page(PastedReference)
  /// The same file as an earlier line, counted from 1.
  case repeated(ofLine: Int)
  case wrong(DownloadFailure)

  /// What the line means; nil when nothing of its own.
  var reference: PastedReference? {
    switch self {
    case .link(let reference): .file(reference)
    case .page(let reference): reference
    default: nil
    }
  }

  var problem: String? {
    guard case .wrong(let failure) = self else { return nil }
    return [failure.message, failure.hint].compactMap(\.self).joined(separator: " ")
  }

  var note: String? {
    guard case .repeated(let line) = self else { return nil }
    return "The same file as line \(line); it is queued once."
  }

  /// Reads lines in their order; `known` holds what lines read before meant.
  static func read(
    _ lines: [String], hosts: SourceHosts, known: inout [String: LinkLine]
  ) -> [LinkLine] {
    var meanings: [String: LinkLine] = [:]
    var firstLines: [String: Int] = [:]
    let result = lines.enumerated().map { index, line in
      let meaning = known[line] ?? read(line, hosts: hosts)
      meanings[line] = meaning
      guard let reference = meaning.reference else { return meaning }
      if let first = firstLines[reference.canonicalURL] { return .repeated(ofLine: first) }
      firstLines[reference.canonicalURL] = index + 1
      return meaning
    }
    known = meanings
    return result
  }

  private static func read(_ line: String, hosts: SourceHosts) -> LinkLine {
    let text = line.trimmingSpaces()
    guard !text.isEmpty else { return .blank }
    do {
      let reference = try PastedReference(text, hosts: hosts)
      guard case .file(let file) = reference else { return .page(reference) }
      return .link(file)
    } catch {
      return .wrong(error)
    }
  }
}
