import NIOCore
import NIOPosix
import NIOSSL
import Transport

/// TLS for one line to a backend: whom to trust, and which name its certificate must bear.
struct LineEncryption: Sendable {
  private let context: NIOSSLContext
  /// Nil for a backend named by its address: the certificate must then be for that address.
  private let hostName: String?

  /// How long the other side may take to confirm the end of a line.
  private static let shutdownTimeout = TimeAmount.seconds(1)

  /// Reads the authorities from where libcurl does, on a thread that may wait for the disk.
  init(for url: BackendURL, _ configuration: TransportConfiguration) async throws {
    context = try await NIOThreadPool.singleton.runIfActive {
      try NIOSSLContext(configuration: Self.settings(configuration))
    }
    hostName = url.isAddress ? nil : url.host
  }

  func handler() throws -> NIOSSLClientHandler {
    try NIOSSLClientHandler(context: context, serverHostname: hostName)
  }

  private static func settings(_ configuration: TransportConfiguration) -> TLSConfiguration {
    var settings = TLSConfiguration.makeClientConfiguration()
    // A proxy in front of a backend may otherwise choose HTTP/2, over which there is no upgrade.
    settings.applicationProtocols = ["http/1.1"]
    settings.shutdownTimeout = shutdownTimeout
    if let file = configuration.certificateFile { settings.trustRoots = .file(file) }
    if let directory = configuration.certificateDirectory {
      settings.additionalTrustRoots = [.file(directory)]
    }
    return settings
  }
}
