import Downloads

/// What one line of the links means by itself.
enum LinkLine: Sendable, Equatable {
  case blank
  /// One file, or a repository or a model's page.
  case link(PastedReference)
  case wrong(DownloadFailure)

  init(_ text: String, hosts: SourceHosts) {
    let text = text.trimmingSpaces()
    guard !text.isEmpty else {
      self = .blank
      return
    }
    do {
      self = .link(try PastedReference(text, hosts: hosts))
    } catch {
      self = .wrong(error)
    }
  }
}

extension PastedReference {
  /// A repository or a model's page, of which nothing can be queued before its files are known.
  var isPage: Bool {
    if case .file = self { false } else { true }
  }
}
