import ComfyAPI
import Downloads
import Engine
import Foundation
import Origins
import Transport

/// What a site said when it was asked who the user's token is.
struct SiteLook: Sendable {
  let health: SiteHealth
  /// Seconds that this machine's clock is ahead of the site's; nil where it did not tell the time.
  let skew: Double?

  /// - Parameter path: what to ask, below the site's address.
  init(
    site: String, base: HTTPURL, path: String, variable: String, token: SiteTokens.Token?,
    transport: HTTPTransport
  ) async {
    var request = HTTPRequest(url: base.withoutTrailingSlash + path)
    request.connectTimeout = .seconds(5)
    request.totalTimeout = .seconds(9)
    if let token { request.headers.append("Authorization", "Bearer " + token.value) }
    var answer: SiteHealth.Answer
    var skew: Double?
    do {
      let response = try await transport.send(request)
      answer = .status(response.status, account: Self.account(response.body))
      skew = response.headers["Date"].flatMap(Self.date).map { Date().timeIntervalSince($0) }
    } catch {
      answer = .none(error.message)
    }
    health = SiteHealth(
      site: site, host: base.authority, variable: variable, tokenSource: token?.source,
      answer: answer)
    self.skew = skew
  }

  /// Hugging Face calls it `name`, Civitai `username`.
  private static func account(_ body: [UInt8]) -> String? {
    guard let object = try? WireFormat.decode([String: JSONValue].self, from: body),
      let name = object["name"]?.string ?? object["username"]?.string
    else { return nil }
    return String(PlainText.sanitized(name).prefix(40))
  }

  /// RFC 9110's preferred form, which is what servers send.
  private static func date(_ text: String) -> Date? {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(secondsFromGMT: 0)
    formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
    return formatter.date(from: text)
  }
}

extension HTTPURL {
  fileprivate var withoutTrailingSlash: String {
    var text = withoutQuery
    while text.hasSuffix("/") { text.removeLast() }
    return text
  }
}

/// The user's tokens for the sites, and where each is from.
struct SiteTokens: Sendable {
  struct Token: Sendable {
    let value: String
    let source: String
  }

  private(set) var huggingFace: Token?
  private(set) var civitai: Token?

  init(_ settings: Settings) {
    let secrets = SecretStore(path: settings.secretsPath)
    let environment = settings.environment
    let hub = OriginCredentials(environment: environment) { Self.text(of: $0) }.huggingFaceToken
    if let hub {
      huggingFace = Token(value: hub, source: Self.source(of: hub, environment))
    } else if let value = secrets.value(provider: "huggingface") {
      huggingFace = Token(value: value, source: "the engine's secrets")
    }
    let key = OriginCredentials(environment: environment) { _ in nil }.civitaiKey
    if let key {
      civitai = Token(value: key, source: "CIVITAI_API_TOKEN")
    } else if let value = secrets.value(provider: "civitai") {
      civitai = Token(value: value, source: "the engine's secrets")
    }
  }

  private static func source(of token: String, _ environment: [String: String]) -> String {
    let names = OriginCredentials.huggingFaceVariables
    let name = names.first { environment[$0]?.trimmingSpaces() == token }
    if let name { return name }
    var path = "a file"
    _ = OriginCredentials(environment: environment.filter { !names.contains($0.key) }) {
      path = $0
      return nil
    }
    return path
  }

  private static func text(of path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }
}
