/// References on endpoints that are not, or no longer, in use.
extension ModelReference {
  /// Understands a link that was understood before, perhaps when `HF_ENDPOINT` or `CIVITAI_ENDPOINT` named
  /// another mirror, or none: what is meant is the file, not the way to it. Only for links of our own.
  ///
  /// - Throws: as for a pasted link, when its path is none of these sites' either.
  public init(stored link: String, hosts: SourceHosts) throws(DownloadFailure) {
    do throws(DownloadFailure) {
      try self.init(link, hosts: hosts)
    } catch {
      guard let moved = Self.moved(link, to: hosts),
        let reference = try? ModelReference(moved, hosts: hosts)
      else { throw error }
      self = reference
    }
  }

  /// The same file at the public sites: for those who do not have this mirror.
  public var atPublicSite: ModelReference {
    guard let hosts = try? SourceHosts(environment: [:]) else { return self }
    return (try? ModelReference(stored: canonicalURL, hosts: hosts)) ?? self
  }

  /// The link with the endpoint in use in front of the part that the sites have in common; nil where it
  /// has none.
  private static func moved(_ link: String, to hosts: SourceHosts) -> String? {
    guard let url = HTTPURL(link) else { return nil }
    let segments = url.path.split(separator: "/").map(String.init)
    if let start = downloadStart(segments) {
      let query = url.query.map { "?" + $0 } ?? ""
      return hosts.civitai.appending(segments[start...]) + query
    }
    return repositoryStart(segments).map { hosts.huggingFace.appending(segments[$0...]) }
  }

  /// Where `api/download/models/{version}` begins.
  private static func downloadStart(_ segments: [String]) -> Int? {
    segments.indices.first { segments[$0...].starts(with: ["api", "download", "models"]) }
  }

  /// Where `[{kind}/]{owner}/{name}/resolve` begins; a mirror may live under a prefix.
  private static func repositoryStart(_ segments: [String]) -> Int? {
    guard let action = segments.firstIndex(of: "resolve"), action >= 1 else { return nil }
    let owner = max(0, action - 2)
    let isKind =
      owner >= 1 && HuggingFaceRepository.Kind(segment: segments[owner - 1]) != nil
    return isKind ? owner - 1 : owner
  }
}

extension HTTPURL {
  fileprivate func appending(_ segments: ArraySlice<String>) -> String {
    ([originText + (path == "/" ? "" : path)] + segments).joined(separator: "/")
  }
}
