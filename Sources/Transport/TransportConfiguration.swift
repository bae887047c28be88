#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What holds for every request of a transport.
public struct TransportConfiguration: Sendable {
  /// Sent unless a request has its own `User-Agent`.
  public var userAgent: String
  /// A PEM file of certificate authorities; nil for the system's.
  public var certificateFile: String?
  /// A directory of hashed certificates; nil for the system's.
  public var certificateDirectory: String?
  /// Whether libcurl looks at `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`. Unix sockets
  /// never go through a proxy.
  public var usesEnvironmentProxies = true

  /// Whether the environment names a proxy, which then opens the connections.
  let hasEnvironmentProxy: Bool

  /// Takes the certificate variables that the `curl` command takes: `CURL_CA_BUNDLE`, then
  /// `SSL_CERT_DIR` and `SSL_CERT_FILE` (curl(1), section ENVIRONMENT); libcurl alone ignores them.
  public init(
    userAgent: String = "winch/0.1",
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    hasEnvironmentProxy = ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
      .contains { environment[$0]?.isEmpty == false }
    let value = { (name: String) in environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    self.userAgent = userAgent
    certificateFile = value("CURL_CA_BUNDLE") ?? value("SSL_CERT_FILE")
    certificateDirectory = value("CURL_CA_BUNDLE") == nil ? value("SSL_CERT_DIR") : nil
  }
}
