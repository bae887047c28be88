/// Which hosts count as Hugging Face and Civitai.
public struct SourceHosts: Sendable, Equatable {
  /// `https://huggingface.co`, or the mirror that `HF_ENDPOINT` names; without trailing slash.
  public let huggingFace: HTTPURL
  /// `https://civitai.com`, or what `CIVITAI_ENDPOINT` names; without trailing slash.
  public let civitai: HTTPURL

  public init(huggingFace: HTTPURL, civitai: HTTPURL) {
    self.huggingFace = huggingFace
    self.civitai = civitai
  }

  /// Reads `HF_ENDPOINT` and `CIVITAI_ENDPOINT`. An endpoint that is no URL is an error: falling
  /// back in silence would send a mirror's users to the public site.
  public init(environment: [String: String]) throws(DownloadFailure) {
    huggingFace = try Self.endpoint("HF_ENDPOINT", environment, usual: "https://huggingface.co")
    civitai = try Self.endpoint("CIVITAI_ENDPOINT", environment, usual: "https://civitai.com")
  }

  /// True when the URL's host is Hugging Face or its mirror. Names are compared whole.
  public func isHuggingFace(_ url: HTTPURL) -> Bool {
    url.origin == huggingFace.origin || (url.hasUsualPort && Self.hub.contains(url.host))
  }

  /// True when the URL's host is Civitai, one of its colour domains or the configured endpoint.
  public func isCivitai(_ url: HTTPURL) -> Bool {
    url.origin == civitai.origin
      || (url.hasUsualPort
        && Self.civitaiDomains.contains { url.host == $0 || url.host.hasSuffix("." + $0) })
  }

  /// True when both sites are the public ones: what they redirect to is then public as well. Whoever
  /// configured a mirror knows where it stands.
  public var isPublic: Bool {
    [huggingFace, civitai].allSatisfy {
      $0.scheme == "https" && (Self.hub.contains($0.host) || Self.civitaiDomains.contains($0.host))
    }
  }

  private static let hub: Set<String> = ["huggingface.co", "hf.co"]
  private static let civitaiDomains = [
    "civitai.com", "civitai.red", "civitai.green", "civitai.blue",
  ]

  private static func endpoint(
    _ name: String, _ environment: [String: String], usual: String
  ) throws(DownloadFailure) -> HTTPURL {
    var text = environment[name] ?? ""
    if text.isEmpty { text = usual }
    while text.hasSuffix("/") { text.removeLast() }
    guard let url = HTTPURL(text), url.query == nil else {
      throw DownloadFailure(
        code: "INVALID_ENDPOINT", message: "\(name) is not an http or https URL.",
        hint: "Set \(name) to something like \(usual), or unset it.")
    }
    return url
  }
}
