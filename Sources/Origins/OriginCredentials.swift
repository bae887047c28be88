import Downloads

/// The user's tokens for Hugging Face and Civitai, and the rule which URL may see which.
///
/// Printing it shows no token.
public struct OriginCredentials: Sendable {
  public var huggingFaceToken: String?
  public var civitaiKey: String?

  public init(huggingFaceToken: String? = nil, civitaiKey: String? = nil) {
    self.huggingFaceToken = huggingFaceToken
    self.civitaiKey = civitaiKey
  }

  /// The variables with a token of Hugging Face, the first one that is set before the others: those of
  /// its own programs, then comfy-cli's.
  public static let huggingFaceVariables = [
    "HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HF_API_TOKEN",
  ]

  /// Looks where the ecosystem's own tools look: `huggingFaceVariables`, then the
  /// file `HF_TOKEN_PATH`, by default `$HF_HOME/token` (huggingface_hub, `constants.py` and
  /// `_auth.py`), unless `HF_HUB_DISABLE_IMPLICIT_TOKEN` says not to; `CIVITAI_API_TOKEN`.
  ///
  /// - Parameter readFile: the text of a file; nil when it cannot be read.
  public init(environment: [String: String], readFile: (String) -> String?) {
    let isImplicit = !Self.isOn(environment["HF_HUB_DISABLE_IMPLICIT_TOKEN"])
    huggingFaceToken =
      !isImplicit
      ? nil
      : Self.huggingFaceVariables.lazy.compactMap { Self.token(environment[$0]) }.first
        ?? Self.tokenPath(environment).flatMap(readFile).flatMap(Self.token)
    civitaiKey = Self.token(environment["CIVITAI_API_TOKEN"])
  }

  /// The `Authorization` for a URL; nil for every URL that is not the site itself.
  ///
  /// Origins are compared whole, and public sites must be asked over TLS. Storage hosts under
  /// civitai.com carry their own signature and get nothing.
  func authorization(for url: HTTPURL, hosts: SourceHosts) -> String? {
    if url.origin == hosts.huggingFace.origin || Self.isPublicSite(url, Self.hubHosts) {
      return huggingFaceToken.map { "Bearer " + $0 }
    }
    if url.origin == hosts.civitai.origin || Self.isPublicSite(url, Self.civitaiHosts) {
      return civitaiKey.map { "Bearer " + $0 }
    }
    return nil
  }

  private static let hubHosts: Set<String> = ["huggingface.co", "hf.co"]
  private static let civitaiHosts: Set<String> = [
    "civitai.com", "www.civitai.com", "civitai.red", "civitai.green", "civitai.blue",
  ]

  private static func isPublicSite(_ url: HTTPURL, _ names: Set<String>) -> Bool {
    url.scheme == "https" && url.port == 443 && names.contains(url.host)
  }

  private static func tokenPath(_ environment: [String: String]) -> String? {
    if let path = named("HF_TOKEN_PATH", environment) { return path }
    if let home = named("HF_HOME", environment) { return home + "/token" }
    if let cache = named("XDG_CACHE_HOME", environment) { return cache + "/huggingface/token" }
    return named("HOME", environment).map { $0 + "/.cache/huggingface/token" }
  }

  /// How huggingface_hub reads a switch.
  private static func isOn(_ text: String?) -> Bool {
    ["1", "on", "yes", "true"].contains(text?.lowercased() ?? "")
  }

  private static func named(_ name: String, _ environment: [String: String]) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// A token without the line end of its file. What cannot stand in a header is no token.
  private static func token(_ text: String?) -> String? {
    guard let token = text?.trimmingSpaces(), !token.isEmpty,
      token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { return nil }
    return token
  }
}

extension OriginCredentials: CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  public var description: String {
    let names = [
      huggingFaceToken.map { _ in "Hugging Face" }, civitaiKey.map { _ in "Civitai" },
    ].compactMap { $0 }
    return names.isEmpty ? "no tokens" : "tokens for " + names.joined(separator: " and ")
  }

  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
