/// One file of a Hugging Face repository at one revision.
public struct HuggingFaceFile: Sendable, Hashable {
  public enum RepositoryKind: String, Sendable {
    case model = ""
    case dataset = "datasets"
    case space = "spaces"
  }

  public let kind: RepositoryKind
  /// `owner/name`, or the single name of a legacy repository.
  public let repository: String
  /// Branch, tag, commit or `refs/pr/N`; decoded.
  public let revision: String
  /// Path of the file inside the repository; decoded.
  public let path: String
  /// The download link on the endpoint in use, percent-encoded, without query.
  public let url: HTTPURL

  /// Reads `/{owner}/{name}/{resolve|blob|raw|blame}/{revision}/{path}`.
  ///
  /// The viewer's pages mean the file they show, so each becomes the download link. Segments are
  /// decoded one by one: an encoded slash belongs to its segment (huggingface_hub's URL rules).
  public init(_ url: HTTPURL, hosts: SourceHosts) throws(DownloadFailure) {
    var segments = url.path.dropPrefix(of: hosts.huggingFace, for: url)
      .split(separator: "/").map(String.init)
    let kind = segments.first.flatMap(RepositoryKind.init(rawValue:)) ?? .model
    if kind != .model || segments.first == "models" { segments.removeFirst() }
    guard let action = segments.firstIndex(where: Self.actions.contains), (1...2).contains(action)
    else { throw Self.noFile }
    var rest = segments[(action + 1)...].map { PercentEncoding.decode($0) ?? "" }
    guard let revision = Self.takeRevision(&rest), !rest.isEmpty,
      !rest.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }),
      segments[..<action].allSatisfy(Self.isName), !revision.isEmpty,
      (rest + [revision]).allSatisfy({ !$0.unicodeScalars.contains(where: PlainText.isControl) })
    else { throw Self.noFile }
    self.kind = kind
    self.repository = segments[..<action].joined(separator: "/")
    self.revision = revision
    self.path = rest.joined(separator: "/")
    let base = hosts.huggingFace
    let prefix = base.path == "/" ? "" : base.path
    let kindPath = kind == .model ? "" : "/" + kind.rawValue
    let text =
      base.originText + prefix + kindPath + "/" + repository + "/resolve/"
      + PercentEncoding.encode(revision) + "/"
      + rest.map { PercentEncoding.encode($0) }.joined(separator: "/")
    guard let canonical = HTTPURL(text) else { throw Self.noFile }
    self.url = canonical
  }

  private static let actions: Set<String> = ["resolve", "blob", "raw", "blame"]

  /// `refs/pr/N` and `refs/convert/NAME` keep their literal slashes; else it is one segment.
  private static func takeRevision(_ segments: inout [String]) -> String? {
    guard let first = segments.first else { return nil }
    if first == "refs", segments.count > 3, ["pr", "convert"].contains(segments[1]) {
      defer { segments.removeFirst(3) }
      return segments[..<3].joined(separator: "/")
    }
    segments.removeFirst()
    return first
  }

  private static func isName(_ segment: String) -> Bool {
    !segment.isEmpty && segment.utf8.count <= 96
      && segment.allSatisfy { ($0.isASCII && ($0.isLetter || $0.isNumber)) || "._-".contains($0) }
      && segment != "." && segment != ".."
  }

  private static let noFile = DownloadFailure(
    code: "UNSUPPORTED_SOURCE", message: "This Hugging Face link names no file.",
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
