/// What a pasted text means: one file at Hugging Face or one at Civitai.
public enum ModelReference: Sendable, Hashable {
  case huggingFace(HuggingFaceFile)
  case civitai(CivitaiFile)

  /// Understands a pasted line.
  ///
  /// - Throws: a failure with code `INVALID_URL` when it is no URL, `UNSUPPORTED_SOURCE` when it is
  ///   one of another site or names no file.
  public init(_ text: String, hosts: SourceHosts) throws(DownloadFailure) {
    let trimmed = text.trimmingSpaces()
    guard !trimmed.isEmpty, let url = HTTPURL(PercentEncoding.encodeNonASCII(trimmed)) else {
      throw DownloadFailure(
        code: "INVALID_URL", message: "This is not a URL.",
        hint: "Paste a link that begins with https://huggingface.co/ or https://civitai.com/.")
    }
    if hosts.isHuggingFace(url) {
      self = .huggingFace(try HuggingFaceFile(url, hosts: hosts))
    } else if hosts.isCivitai(url) {
      self = .civitai(try CivitaiFile(url, hosts: hosts))
    } else {
      throw DownloadFailure(
        code: "UNSUPPORTED_SOURCE",
        message: "\(url.host) is neither Hugging Face nor Civitai.",
        hint: "Only links to huggingface.co and civitai.com can be downloaded.")
    }
  }

  /// The one spelling of the reference: what is stored, sent and compared. It holds no token.
  public var canonicalURL: String {
    switch self {
    case .huggingFace(let file): file.url.description
    case .civitai(let file): file.url.description
    }
  }

  /// A name to show before the source has told the real one.
  public var provisionalName: String {
    switch self {
    case .huggingFace(let file): FileName.sanitized(file.path) ?? "file"
    case .civitai(let file): "civitai-\(file.versionID)"
    }
  }
}

extension String {
  /// The text without white space and line ends at both sides.
  public func trimmingSpaces() -> String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
