/// The parts of a Hugging Face link: a repository, and what of it is meant.
///
/// The rules are those of huggingface_hub's parser: each segment is percent-decoded alone, so that an
/// encoded slash belongs to its segment, and a revision is one segment except for `refs/pr/N` and
/// `refs/convert/NAME`.
struct HuggingFaceLink {
  var kind = HuggingFaceRepository.Kind.model
  /// Owner and name, or the single name of a legacy repository.
  var repository: [String]
  var revision = "main"
  /// Decoded segments below the root of the repository; empty for the repository itself.
  var path: [String]
  /// Whether the path names a file rather than a directory.
  var isFile: Bool

  /// Reads `/{owner}/{name}[/{resolve|blob|raw|blame|tree}/{revision}[/{path}]]` with an optional kind
  /// in front.
  init(_ url: HTTPURL, hosts: SourceHosts) throws(DownloadFailure) {
    let path = url.path.dropPrefix(of: hosts.huggingFace, for: url)
    try self.init(segments: path.split(separator: "/").map { PercentEncoding.decode(String($0)) })
  }

  /// Reads `hf://[{kind}/]{owner}/{name}[@{revision}][/{path}]`, and the form that people make up by
  /// putting `hf://` before a link's path.
  init(uri: Substring) throws(DownloadFailure) {
    var segments = uri.split(separator: "/").map(String.init)
    guard let mark = segments.firstIndex(where: { $0.contains("@") }), (1...2).contains(mark) else {
      try self.init(uriSegments: segments)
      return
    }
    let parts = segments[mark].split(separator: "@", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { throw Self.noFile }
    segments[mark] = parts[0]
    segments.insert(parts[1], at: mark + 1)
    segments.insert(Self.actionOfPath(in: segments, from: mark + 1), at: mark + 1)
    try self.init(segments: segments.map { PercentEncoding.decode($0) })
  }

  private init(uriSegments: [String]) throws(DownloadFailure) {
    var segments = uriSegments
    let start = HuggingFaceRepository.Kind(segment: segments.first) == nil ? 2 : 3
    if segments.count > start, !Self.actions.contains(segments[start]) {
      segments.insert("main", at: start)
      segments.insert(Self.actionOfPath(in: segments, from: start), at: start)
    }
    try self.init(segments: segments.map { PercentEncoding.decode($0) })
  }

  private init(segments: [String?]) throws(DownloadFailure) {
    var segments = segments.compactMap(\.self)
    if let kind = HuggingFaceRepository.Kind(segment: segments.first) {
      self.kind = kind
      segments.removeFirst()
    }
    if let first = segments.first, Self.otherPages.contains(first) { throw Self.noFile }
    guard let action = Self.action(in: segments) else {
      guard segments.count == 2 else { throw Self.noFile }
      repository = segments
      path = []
      isFile = false
      try check()
      return
    }
    repository = Array(segments[..<action])
    var rest = Array(segments[(action + 1)...])
    guard let revision = Self.takeRevision(&rest) else { throw Self.noFile }
    self.revision = revision
    path = rest
    isFile = segments[action] != "tree"
    guard !isFile || !path.isEmpty else { throw Self.noFile }
    try check()
  }

  private func check() throws(DownloadFailure) {
    guard HuggingFaceRepository.isValid(repository), !revision.isEmpty,
      path.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." && !$0.contains("/") }),
      !(path + [revision]).joined().unicodeScalars.contains(where: PlainText.isControl)
    else { throw Self.noFile }
  }

  private static let actions: Set<String> = ["resolve", "blob", "raw", "blame", "tree"]

  /// Pages of the site whose paths look like a repository's.
  private static let otherPages: Set<String> = [
    "api", "blog", "buckets", "chat", "collections", "docs", "enterprise", "inference", "join",
    "kernels", "learn", "login", "new", "organizations", "papers", "posts", "pricing", "settings",
    "tasks",
  ]

  /// A repository may be called like an action, so the place behind owner and name comes first.
  private static func action(in segments: [String]) -> Int? {
    [2, 1].first { segments.indices.contains($0) && actions.contains(segments[$0]) }
  }

  private static func takeRevision(_ segments: inout [String]) -> String? {
    guard let first = segments.first else { return nil }
    if first == "refs", segments.count >= 3, ["pr", "convert"].contains(segments[1]) {
      defer { segments.removeFirst(3) }
      return segments[..<3].joined(separator: "/")
    }
    segments.removeFirst()
    return first
  }

  /// A URI does not tell files from directories: a name with a dot is taken for a file.
  private static func actionOfPath(in segments: [String], from start: Int) -> String {
    guard segments.count > start, let last = segments.last else { return "tree" }
    let isRevision = segments.count == start + 1 && start > 0
    return !isRevision && last.contains(".") ? "resolve" : "tree"
  }

  static let noFile = DownloadFailure(
    code: "UNSUPPORTED_SOURCE", message: "This Hugging Face link names no file or repository.",
    hint: "Open the file on the site and copy its download link (.../resolve/main/file).")
}

extension String {
  /// The path below the endpoint's own path when the URL is on that endpoint (a mirror may live
  /// under a prefix).
  fileprivate func dropPrefix(of endpoint: HTTPURL, for url: HTTPURL) -> String {
    guard url.origin == endpoint.origin, endpoint.path != "/", hasPrefix(endpoint.path + "/") else {
      return self
    }
    return String(dropFirst(endpoint.path.count))
  }
}
