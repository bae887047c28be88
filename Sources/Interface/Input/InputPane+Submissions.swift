import Downloads

extension InputPane {
  /// Where something is wrong, and what.
  struct Problem: Equatable {
    var field: Field
    var line: Int
    var message: String
  }

  /// What keeps single links from being queued, in their order.
  var linkProblems: [Problem] {
    linkList.meanings.indices.compactMap { index in
      guard let remark = remark(onLine: index), remark.isProblem else { return nil }
      return Problem(field: .links, line: index, message: remark.text)
    }
  }

  /// What keeps everything from being queued, in the fields' order.
  var problems: [Problem] {
    var problems: [Problem] = []
    if let problem = tagText.problem {
      problems.append(Problem(field: .tags, line: 0, message: problem))
    }
    if let problem = folderText.problem {
      problems.append(Problem(field: .folder, line: 0, message: problem))
    }
    problems += metadataField.problems.map {
      Problem(field: .metadata, line: $0.line, message: $0.message)
    }
    return problems
  }

  /// One submission a file of the lines that are right; they hold canonical links, so no secret.
  ///
  /// - Parameter proposesFolders: whether a folder that a source tells of is sent along, for backends
  ///   that do not find it themselves.
  func submissions(proposingFolders proposesFolders: Bool = false) -> [Submission] {
    var urls: Set<String> = []
    return linkList.used.flatMap(\.files).compactMap { file in
      let url = file.reference.canonicalURL
      guard urls.insert(url).inserted else { return nil }
      let place = places[url]
      return Submission(
        url: url, tags: tagText.tags,
        folder: folderText.folder ?? place?.folder.flatMap { Folder($0) }
          ?? (proposesFolders ? file.folder?.folder : nil),
        userMetadata: metadataField.values, name: file.toldName, fileName: place?.name)
    }
  }

  /// The places of the lines that `submissions` leaves out although something stands there.
  var keptLines: [Int] {
    linkList.meanings.indices.filter { index in
      switch linkList.meanings[index] {
      case .blank: false
      case .wrong: true
      case .source: linkList.source(ofLine: index)?.files.isEmpty ?? false
      }
    }
  }

  /// Whether a page is still being looked at, so that nothing of it can be queued yet.
  var isLooking: Bool { linkList.used.contains(where: \.isWaiting) }

  mutating func moveCursor(to problem: Problem) {
    focus = problem.field
    self[problem.field].moveCursor(toEndOfLine: problem.line)
  }
}

extension LinkPreview.File {
  /// The name that its source has told; nil where nobody asked it or the link says the same.
  fileprivate var toldName: String? {
    name.isEmpty || name == reference.provisionalName ? nil : name
  }
}
