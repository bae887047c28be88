/// One file at Hugging Face or at Civitai.
public enum ModelReference: Sendable, Hashable {
  case huggingFace(HuggingFaceFile)
  case civitai(CivitaiFile)

  /// Understands a line that means one file; `PastedReference` says what is understood.
  ///
  /// - Throws: a failure with code `INVALID_URL` when it is no link, `UNSUPPORTED_SOURCE` when it is one
  ///   of another site or names no single file.
  public init(_ text: String, hosts: SourceHosts) throws(DownloadFailure) {
    switch try PastedReference(text, hosts: hosts) {
    case .file(let reference): self = reference
    case .repository(let tree):
      throw DownloadFailure(
        code: "UNSUPPORTED_SOURCE",
        message: "\(tree.repository.name) is a repository, not a file.",
        hint: "Choose a file of it: winch inspect lists them.")
    case .civitaiModel:
      throw DownloadFailure(
        code: "UNSUPPORTED_SOURCE",
        message: "This is the page of a Civitai model, whose versions have files.",
        hint: "Choose a file of it: winch inspect lists them.")
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
    case .civitai(let file): "\(Self.provisionalPrefix)\(file.versionID)"
    }
  }

  /// Whether a name only stands for one that nobody has told yet.
  public static func isProvisional(_ name: String) -> Bool {
    guard name.hasPrefix(provisionalPrefix) else { return false }
    let rest = name.utf8.dropFirst(provisionalPrefix.utf8.count)
    return !rest.isEmpty && rest.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
  }

  private static let provisionalPrefix = "civitai-"

  public static let noURL = DownloadFailure(
    code: "INVALID_URL", message: "This is not a URL.",
    hint: "Paste a link that begins with https://huggingface.co/ or https://civitai.com/.")
}
