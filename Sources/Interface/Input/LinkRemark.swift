import Downloads

/// What stands below a link in the pane: what it leads to, or what is wrong with it.
struct LinkRemark: Equatable {
  var text: String
  /// True when the link cannot be queued so.
  var isProblem = false
}

extension LinkList {
  /// Nil when nothing is known of the line and nothing is wrong with it.
  ///
  /// - Parameter known: how downloads of the same links stand, by canonical URLs.
  func remark(onLine index: Int, known: [String: DownloadStatus] = [:]) -> LinkRemark? {
    guard meanings.indices.contains(index) else { return nil }
    if meanings[index] == .wrong, case .wrong(let failure) = LinkLine(texts[index], hosts: hosts) {
      return LinkRemark(text: failure.sentence, isProblem: true)
    }
    if let original = original(ofLine: index) {
      return LinkRemark(text: "The same file as line \(original + 1); it is queued once.")
    }
    guard let source = source(ofLine: index) else { return nil }
    guard source.look != nil || source.choice != nil else { return unaskedRemark(source, index) }
    return source.remark(known: known)
  }

  private func unaskedRemark(_ source: LinkSource, _ index: Int) -> LinkRemark? {
    guard index >= Self.mostLooks else { return nil }
    let looked = "Only \(Self.mostLooks) links are looked at"
    return source.reference.isPage
      ? LinkRemark(text: "\(looked): queue those first.", isProblem: true)
      : LinkRemark(text: "\(looked); this one is queued as it is.")
  }
}

extension LinkSource {
  fileprivate func remark(known: [String: DownloadStatus]) -> LinkRemark? {
    switch look {
    case nil, .asked?: choice == nil ? LinkRemark(text: "Looking...") : LinkRemark(text: chosenText)
    case .refused(let failure)?: LinkRemark(text: failure.sentence, isProblem: true)
    case .unknown(let failure)?:
      LinkRemark(text: "Nothing is known of it yet: \(failure.message)")
    case .found(let preview)? where preview.files.isEmpty:
      LinkRemark(text: "There are no files behind this link.", isProblem: true)
    case .found(let preview)? where files.isEmpty:
      LinkRemark(
        text: "Which of its \(counted(preview.files.count, "file"))? Enter lists them.",
        isProblem: true)
    case .found(let preview)?: LinkRemark(text: text(preview, known: known))
    }
  }

  /// What was chosen while its source has not answered again.
  private var chosenText: String { "\(counted(files.count, "file")) chosen. Looking..." }

  private func text(_ preview: LinkPreview, known: [String: DownloadStatus]) -> String {
    var parts: [String?] = []
    if files.count == 1, choice == nil || preview.files.count == 1 {
      let file = files[0]
      parts = [file.name, file.size.map(ByteCount.text), file.folder?.text]
    } else {
      parts = [
        "\(files.count) of \(counted(preview.files.count, "file"))",
        ByteCount.text(LinkTotals(files).bytes),
      ]
    }
    parts += [preview.license, preview.baseModel.map { "for \($0)" }]
    let facts = parts.compactMap(\.self).joined(separator: ", ")
    return ([facts] + [standing(known)].compactMap(\.self) + warnings(preview))
      .joined(separator: ". ")
  }

  /// What of it stands in the list already.
  private func standing(_ known: [String: DownloadStatus]) -> String? {
    let states = files.compactMap { known[$0.reference.canonicalURL] }
    guard let state = states.first else { return nil }
    if files.count == 1 { return state == .completed ? "Already here" : "Already in the list" }
    return "\(states.count) of them are in the list already"
  }

  private func warnings(_ preview: LinkPreview) -> [String] {
    var warnings = preview.warnings
    for warning in files.flatMap(\.warnings) where !warnings.contains(warning) {
      warnings.append(warning)
    }
    return warnings
  }
}
