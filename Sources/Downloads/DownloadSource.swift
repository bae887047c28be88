/// The site that a download comes from.
public enum DownloadSource: Sendable, Hashable, CaseIterable {
  case huggingFace, civitai, other

  /// Three letters at the most.
  public var label: String {
    switch self {
    case .huggingFace: "HF"
    case .civitai: "CIV"
    case .other: ""
    }
  }

  /// Understands what people call the sites, from the name's beginning on.
  public init?(typed text: String) {
    let text = text.lowercased()
    guard !text.isEmpty,
      let source = Self.allCases.first(where: { $0.names.contains { $0.hasPrefix(text) } })
    else { return nil }
    self = source
  }

  private var names: [String] {
    switch self {
    case .huggingFace: ["hf", "huggingface", "hub"]
    case .civitai: ["civitai"]
    case .other: ["other", "none"]
    }
  }
}

/// Tells the source of a link fast enough for every row of a table.
///
/// One object, since it is handed on for each of them.
public final class DownloadSources: Sendable, Equatable {
  private let hosts: SourceHosts
  private let beginnings: [(text: String, source: DownloadSource)]

  public init(_ hosts: SourceHosts) {
    self.hosts = hosts
    beginnings = [
      (hosts.huggingFace.originText + "/", .huggingFace),
      (hosts.civitai.originText + "/", .civitai),
      ("https://huggingface.co/", .huggingFace), ("https://civitai.com/", .civitai),
    ]
  }

  public func source(of link: String) -> DownloadSource {
    if let known = beginnings.first(where: { link.hasPrefix($0.text) }) { return known.source }
    guard let url = HTTPURL(link) else { return .other }
    if hosts.isHuggingFace(url) { return .huggingFace }
    return hosts.isCivitai(url) ? .civitai : .other
  }

  public static func == (left: DownloadSources, right: DownloadSources) -> Bool {
    left === right || left.hosts == right.hosts
  }
}
