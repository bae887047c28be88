/// One file of a Hugging Face repository at one revision.
public struct HuggingFaceFile: Sendable, Hashable {
  public let repository: HuggingFaceRepository
  /// Path of the file inside the repository; decoded.
  public let path: String
  /// The download link on the endpoint in use, percent-encoded, without query.
  public let url: HTTPURL

  /// A file of a repository, on the endpoint in use.
  ///
  /// - Throws: a failure with code `UNSUPPORTED_SOURCE` for a path that leaves the repository.
  public init(
    _ repository: HuggingFaceRepository, path: String, hosts: SourceHosts
  ) throws(DownloadFailure) {
    let segments = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard !segments.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }),
      let url = repository.link("resolve", segments, at: hosts.huggingFace)
    else { throw HuggingFaceLink.noFile }
    self.repository = repository
    self.path = path
    self.url = url
  }

  /// The file as it is in a commit, which no later change of its branch touches; itself where the text
  /// is no commit.
  public func pinned(to commit: String, hosts: SourceHosts) -> HuggingFaceFile {
    guard let repository = repository.pinned(to: commit),
      let file = try? HuggingFaceFile(repository, path: path, hosts: hosts)
    else { return self }
    return file
  }
}

/// A repository of Hugging Face or a directory in it: files of which some are meant.
public struct HuggingFaceTree: Sendable, Hashable {
  public let repository: HuggingFaceRepository
  /// Path inside the repository, decoded; empty for its root.
  public let directory: String
  /// The page that lists it, on the endpoint in use.
  public let url: HTTPURL

  /// - Parameter directory: empty for the root.
  public init(
    _ repository: HuggingFaceRepository, directory: String, hosts: SourceHosts
  ) throws(DownloadFailure) {
    try self.init(
      repository, directory: directory.split(separator: "/").map(String.init), hosts: hosts)
  }

  init(
    _ repository: HuggingFaceRepository, directory: [String], hosts: SourceHosts
  ) throws(DownloadFailure) {
    guard let url = repository.link("tree", directory, at: hosts.huggingFace) else {
      throw HuggingFaceLink.noFile
    }
    self.repository = repository
    self.directory = directory.joined(separator: "/")
    self.url = url
  }
}
