import Downloads

/// What a link leads to: what its source says, what the user chose of it, and so what is queued.
struct LinkSource: Sendable {
  let reference: PastedReference
  /// Nil until somebody is asked.
  var look: LinkLook? { didSet { files = chosenFiles } }
  /// Canonical URLs of the files that were chosen; nil while nobody has chosen.
  var choice: [String]? { didSet { files = chosenFiles } }
  /// The files that are queued.
  private(set) var files: [LinkPreview.File] = []
  private let hosts: SourceHosts

  init(_ reference: PastedReference, choice: [String]?, hosts: SourceHosts) {
    self.reference = reference
    self.hosts = hosts
    self.choice = choice
    files = chosenFiles
  }

  var preview: LinkPreview? {
    guard case .found(let preview)? = look else { return nil }
    return preview
  }

  /// Whether nothing of it can be queued before its source has answered.
  var isWaiting: Bool { reference.isPage && choice == nil && (look == nil || look == .asked) }

  private var chosenFiles: [LinkPreview.File] {
    if case .refused? = look { return [] }
    if let choice { return files(of: choice) }
    if let preview { return preview.meant }
    guard case .file(let file) = reference else { return [] }
    return [LinkPreview.File(reference: file, name: "")]
  }

  /// What was chosen may be known by its URLs alone, as after a restart.
  private func files(of choice: [String]) -> [LinkPreview.File] {
    let listed = Dictionary(
      (preview?.files ?? []).map { ($0.reference.canonicalURL, $0) }, uniquingKeysWith: { $1 })
    return choice.compactMap { url in
      if let file = listed[url] { return file }
      guard let reference = try? ModelReference(url, hosts: hosts) else { return nil }
      return LinkPreview.File(reference: reference, name: reference.provisionalName)
    }
  }
}
