/// Variables that decide how other machines are reached.
public struct NetworkHealth: Sendable, Equatable {
  /// Proxy variables that are set, by name.
  public var proxies: [String: String]
  /// Variables that name files or folders of certificates, with whether those can be read.
  public var certificates: [String: (path: String, isReadable: Bool)]

  public init(
    proxies: [String: String], certificates: [String: (path: String, isReadable: Bool)]
  ) {
    self.proxies = proxies
    self.certificates = certificates
  }

  public static func == (left: Self, right: Self) -> Bool {
    left.proxies == right.proxies
      && left.certificates.mapValues(\.path) == right.certificates.mapValues(\.path)
      && left.certificates.mapValues(\.isReadable) == right.certificates.mapValues(\.isReadable)
  }

  /// As libcurl reads them: `http_proxy` counts in small letters alone.
  public static let proxyNames = [
    "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY",
  ]
  public static let certificateNames = ["SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE"]

  public var checks: [HealthCheck] { [proxyCheck, certificateCheck] }

  private var proxyCheck: HealthCheck {
    guard !proxies.isEmpty else { return HealthCheck("proxy", .ok, "none") }
    let wrong = proxies.filter { name, value in
      !name.lowercased().hasPrefix("no_") && !Self.isProxy(value)
    }
    if let first = wrong.keys.min() {
      return HealthCheck(
        "proxy", .failed, "\(first) is no address of a proxy.",
        remedy: "Set it to something like http://host:3128, or unset it.")
    }
    let shown = proxies.sorted { $0.key < $1.key }.map {
      "\($0.key)=\(SecretRedaction.withoutUserInfo($0.value))"
    }
    return HealthCheck("proxy", .ok, shown.joined(separator: ", "))
  }

  /// A host is enough for libcurl; what it calls a scheme is a short list.
  private static func isProxy(_ text: String) -> Bool {
    guard !text.contains(where: \.isWhitespace) else { return false }
    guard let colon = text.firstRange(of: "://") else { return !text.isEmpty }
    let schemes = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"]
    return schemes.contains(text[..<colon.lowerBound].lowercased())
      && colon.upperBound != text.endIndex
  }

  private var certificateCheck: HealthCheck {
    guard !certificates.isEmpty else {
      return HealthCheck("certificates", .ok, "those of the system")
    }
    let all = certificates.sorted { $0.key < $1.key }
    if let (name, value) = all.first(where: { !$0.value.isReadable }) {
      return HealthCheck(
        "certificates", .failed, "\(name) names \(value.path), which cannot be read.",
        remedy: "Correct \(name), or unset it to use the system's.")
    }
    return HealthCheck(
      "certificates", .ok, all.map { "\($0.key)=\($0.value.path)" }.joined(separator: ", "))
  }
}
