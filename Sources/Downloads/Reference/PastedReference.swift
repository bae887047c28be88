/// What a pasted line means: one file, or a page with files of which some are meant.
public enum PastedReference: Sendable, Hashable {
  case file(ModelReference)
  case repository(HuggingFaceTree)
  case civitaiModel(CivitaiModel)

  /// Understands a link of Hugging Face or Civitai with or without `https://`, an `hf://` address or an
  /// AIR. A secret in it is not kept.
  ///
  /// - Throws: a failure with code `INVALID_URL` when it is none of these, `UNSUPPORTED_SOURCE` when it
  ///   is of another site or names no file.
  public init(_ text: String, hosts: SourceHosts) throws(DownloadFailure) {
    let text = LinkToken.removed(from: text.trimmingSpaces()).link
    if let uri = text.dropPrefix("hf://") {
      try self.init(HuggingFaceLink(uri: uri), hosts: hosts)
    } else if let name = ResourceName(text), let reference = try Self(name, hosts: hosts) {
      self = reference
    } else {
      try self.init(Self.url(text, hosts: hosts), hosts: hosts)
    }
  }

  private init(_ url: HTTPURL, hosts: SourceHosts) throws(DownloadFailure) {
    if SignedLink.matches(url) { throw SignedLink.failure }
    if hosts.isHuggingFace(url) {
      try self.init(HuggingFaceLink(url, hosts: hosts), hosts: hosts)
    } else if hosts.isCivitai(url) {
      try self.init(CivitaiLink(url, hosts: hosts))
    } else {
      throw DownloadFailure(
        code: "UNSUPPORTED_SOURCE",
        message: "\(url.host) is neither Hugging Face nor Civitai.",
        hint: "Only links to huggingface.co and civitai.com can be downloaded.")
    }
  }

  private init(_ link: HuggingFaceLink, hosts: SourceHosts) throws(DownloadFailure) {
    let repository = HuggingFaceRepository(
      kind: link.kind, name: link.repository.joined(separator: "/"), revision: link.revision)
    if link.isFile {
      let path = link.path.joined(separator: "/")
      self = .file(.huggingFace(try HuggingFaceFile(repository, path: path, hosts: hosts)))
    } else {
      self = .repository(try HuggingFaceTree(repository, directory: link.path, hosts: hosts))
    }
  }

  private init(_ link: CivitaiLink) throws(DownloadFailure) {
    if let version = link.versionID {
      let file = try CivitaiFile(
        versionID: version, base: link.base, selectors: link.selectors)
      self = .file(.civitai(file))
    } else {
      self = .civitaiModel(try CivitaiModel(modelID: link.modelID ?? 0, base: link.base))
    }
  }

  /// Nil for a name whose source or numbers mean nothing here.
  private init?(_ name: ResourceName, hosts: SourceHosts) throws(DownloadFailure) {
    switch name.source {
    case "civitai":
      guard let model = CivitaiLink.id(name.id) else { return nil }
      let version = name.version.map(CivitaiLink.id)
      guard version != .some(nil) else { return nil }
      try self.init(
        CivitaiLink(
          modelID: model, versionID: version ?? nil, fileID: name.fileID, hosts: hosts))
    case "huggingface":
      let revision = name.version.map { "@" + PercentEncoding.encode($0) } ?? ""
      try self.init(HuggingFaceLink(uri: Substring(name.id + revision)), hosts: hosts)
    default:
      return nil
    }
  }

  /// People leave out `https://`, as browsers show links without it.
  private static func url(_ text: String, hosts: SourceHosts) throws(DownloadFailure) -> HTTPURL {
    let encoded = PercentEncoding.encodeNonASCII(text)
    if let url = HTTPURL(encoded) { return url }
    if !text.hasASCII("://"), let url = HTTPURL("https://" + encoded),
      hosts.isHuggingFace(url) || hosts.isCivitai(url)
    {
      return url
    }
    throw ModelReference.noURL
  }

  /// The one spelling of the reference: what is shown and compared. It holds no token.
  public var canonicalURL: String {
    switch self {
    case .file(let reference): reference.canonicalURL
    case .repository(let tree): tree.url.description
    case .civitaiModel(let model): model.url.description
    }
  }
}

extension String {
  /// What follows a prefix in any case; nil without it.
  fileprivate func dropPrefix(_ prefix: String) -> Substring? {
    guard count >= prefix.count, self.prefix(prefix.count).lowercased() == prefix else {
      return nil
    }
    return dropFirst(prefix.count)
  }
}
