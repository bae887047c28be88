/// A repository of Hugging Face at one revision.
public struct HuggingFaceRepository: Sendable, Hashable {
  public enum Kind: String, Sendable {
    case model = "models"
    case dataset = "datasets"
    case space = "spaces"

    /// Nil for a segment of a path that is no kind.
    init?(segment: String?) {
      guard let segment, let kind = Kind(rawValue: segment) else { return nil }
      self = kind
    }

    /// What stands before the repository in links of the site: nothing for models.
    var prefix: String { self == .model ? "" : rawValue + "/" }
  }

  public let kind: Kind
  /// `owner/name`, or the single name of a legacy repository.
  public let name: String
  /// Branch, tag, commit or `refs/pr/N`; decoded.
  public let revision: String

  /// Nil where the text is no commit.
  func pinned(to commit: String) -> HuggingFaceRepository? {
    guard commit.utf8.count == 40, commit.allSatisfy(\.isHexDigit) else { return nil }
    return HuggingFaceRepository(kind: kind, name: name, revision: commit.lowercased())
  }

  /// The page of the repository on an endpoint.
  public func page(at endpoint: HTTPURL) -> String {
    let prefix = endpoint.path == "/" ? "" : endpoint.path
    return endpoint.originText + prefix + "/" + kind.prefix + name
  }

  /// A link into the repository. The slash of a revision is encoded, those of the path are not.
  func link(_ action: String, _ path: [String], at endpoint: HTTPURL) -> HTTPURL? {
    let parts = [page(at: endpoint), action, PercentEncoding.encode(revision)]
    return HTTPURL((parts + path.map { PercentEncoding.encode($0) }).joined(separator: "/"))
  }

  /// The rules of huggingface_hub for repository names.
  static func isValid(_ parts: [String]) -> Bool {
    (1...2).contains(parts.count) && parts.joined(separator: "/").utf8.count <= 96
      && parts.allSatisfy(isValid)
  }

  private static func isValid(_ part: String) -> Bool {
    !part.isEmpty && !part.hasASCII("--") && !part.hasASCII("..") && !part.hasSuffix(".git")
      && part.allSatisfy { ($0.isASCII && ($0.isLetter || $0.isNumber)) || "._-".contains($0) }
      && !"-.".contains(part.first ?? "-") && !"-.".contains(part.last ?? "-")
  }
}
