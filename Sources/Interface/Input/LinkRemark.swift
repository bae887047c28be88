import Downloads

/// What stands below a link in the pane: what it leads to, or what is wrong with it.
struct LinkRemark: Equatable {
  var text: String
  /// True when the link cannot be queued so.
  var isProblem: Bool

  /// Nil when nothing is known and nothing is wrong.
  init?(_ line: LinkLine, _ look: LinkLook?) {
    if let problem = line.problem {
      self.init(problem)
    } else if let note = line.note {
      self.init(note: note)
    } else {
      guard let look, line.reference != nil else { return nil }
      self.init(look)
    }
  }

  private init(_ problem: String) {
    text = problem
    isProblem = true
  }

  private init(note: String) {
    text = note
    isProblem = false
  }

  private init(_ look: LinkLook) {
    switch look {
    case .asked: self.init(note: "Looking...")
    case .refused(let failure): self.init(failure.sentence)
    case .unknown(let failure):
      self.init(note: "Nothing is known of it yet: \(failure.message)")
    case .found(let preview) where preview.files.isEmpty:
      self.init(
        preview.choices == 0
          ? "There are no files behind this link."
          : "There are \(preview.choices) files to choose from: paste the link of one, or queue "
            + "several with winch add --include.")
    case .found(let preview): self.init(note: Self.text(preview))
    }
  }

  private static func text(_ preview: LinkPreview) -> String {
    var parts: [String?] = []
    if let file = preview.files.first, preview.files.count == 1 {
      parts = [file.name, file.size.map(ByteCount.text), file.folder?.text]
    } else {
      let sizes = preview.files.compactMap(\.size)
      parts = ["\(preview.files.count) files", ByteCount.text(sizes.reduce(0, +))]
    }
    parts += [preview.license, preview.baseModel.map { "for \($0)" }]
    let facts = parts.compactMap(\.self).joined(separator: ", ")
    return ([facts] + preview.warnings).joined(separator: ". ")
  }
}

extension DownloadFailure {
  /// The message and what to do about it.
  fileprivate var sentence: String { hint.map { message + " " + $0 } ?? message }
}
