import Engine
import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Synchronization

/// Serves the contract over an engine: HTTP and `/ws` on one address.
public struct EngineServer: Sendable {
  /// Where to listen.
  public enum Address: Sendable {
    /// A socket file of mode 0600; whoever may open it may do everything. At most 107 bytes.
    case unixSocket(path: String)
    /// A socket that somebody else made, and takes away or keeps; whoever may open it may do everything.
    case inherited(InheritedSocket)
    /// A TCP port, 0 for any free one. Every request must carry the key, which is not empty.
    /// With a certificate by TLS alone.
    case tcp(host: String, port: Int, key: String, certificate: ServerCertificate? = nil)
  }

  private let engine: any ServedEngine
  private let address: Address
  private let logger: Logger
  private let limits: ServerLimits
  private let onShutdown: @Sendable () -> Void

  /// - Parameter onShutdown: called once a client that asked for the end has had its answer; is
  ///   expected to cancel the task of `run`.
  public init(
    engine: Engine, address: Address, logger: Logger, onShutdown: @escaping @Sendable () -> Void
  ) {
    self.init(serving: engine, address: address, logger: logger, onShutdown: onShutdown)
  }

  package init(
    serving engine: any ServedEngine, address: Address, logger: Logger,
    onShutdown: @escaping @Sendable () -> Void
  ) {
    self.init(
      serving: engine, address: address, logger: logger, limits: ServerLimits(),
      onShutdown: onShutdown)
  }

  init(
    serving engine: any ServedEngine, address: Address, logger: Logger, limits: ServerLimits,
    onShutdown: @escaping @Sendable () -> Void
  ) {
    self.engine = engine
    self.address = address
    self.logger = logger
    self.limits = limits
    self.onShutdown = onShutdown
  }

  /// Serves until the task is cancelled, and then takes its socket file away.
  ///
  /// - Parameter onListening: called once, when clients can connect; has the TCP port, or nil on a
  ///   Unix socket.
  /// - Throws: `EngineServerError` when it cannot listen, for example because another engine does.
  public func run(onListening: @escaping @Sendable (Int?) -> Void) async throws {
    switch address {
    case .unixSocket(let path):
      try await serve(at: path) { onListening(nil) }
    case .inherited(let socket):
      try await serve(on: socket) { onListening(nil) }
    case .tcp(let host, let port, let key, let certificate):
      let policy = AccessPolicy(host: host, key: key, isSecure: certificate != nil)
      guard let policy else { throw EngineServerError.noKey }
      let access = AccessGuard(policy: policy, logger: logger)
      try await serve(.hostname(host, port: port), access: access, certificate: certificate) {
        onListening($0.localAddress?.port)
      }
    }
  }

  private func serve(
    at path: String, onListening: @escaping @Sendable () -> Void
  ) async throws {
    let socket = try SocketFile(claiming: path)
    defer { socket.withdraw() }
    let (channels, published) = AsyncStream.makeStream(of: (any Channel).self)
    defer { published.finish() }
    let keeper = SocketKeeper(logger: logger, limits: limits)
    async let _ = {
      for await channel in channels { await keeper.keep(socket, of: channel) }
    }()
    try await serve(.unixDomainSocket(path: socket.stagingPath), access: nil) { channel in
      try socket.publish()
      published.yield(channel)
      onListening()
    }
  }

  /// The library's own socket has a name only until it listens, and nobody else ever reaches it.
  private func serve(
    on socket: InheritedSocket, onListening: @escaping @Sendable () -> Void
  ) async throws {
    let directory = (socket.path as NSString).deletingLastPathComponent
    let staging = try SocketFile.makeStagingDirectory(in: directory)
    let path = staging + "/s"
    @Sendable func removeStaging() {
      unlink(path)
      rmdir(staging)
    }
    defer { removeStaging() }
    try await serve(.unixDomainSocket(path: path), access: nil) { channel in
      removeStaging()
      try await socket.feed(channel, connections: limits.connections)
      onListening()
    }
  }

  /// The library reports every connection that ends with the server as an error, and names socket
  /// files that are only passing. What matters to people is logged by the routes and the engine.
  private var libraryLogger: Logger { Logger(label: "http") { _ in SwiftLogNoOpLogHandler() } }

  private func serve(
    _ address: BindAddress, access: AccessGuard?, certificate: ServerCertificate? = nil,
    onListening: @escaping @Sendable (any Channel) async throws -> Void
  ) async throws {
    let startup = Startup()
    let feed = MessageFeed(capacity: limits.feedClients, patience: limits.feedPatience)
    // Listened to before anybody can be greeted.
    let messages = await engine.messages()
    async let _ = feed.pass(on: messages)
    let application = Application(
      router: Routes(
        engine: engine, logger: logger, onShutdown: onShutdown
      ).router,
      server: .http1AndWebSocket(
        feed: feed, access: access, certificate: certificate, limits: limits),
      configuration: ApplicationConfiguration(
        address: address, serverName: "winch",
        availableConnectionsDelegate: MaximumAvailableConnections(limits.connections)),
      onServerRunning: { channel in
        do {
          try await onListening(channel)
        } catch {
          startup.fail(error)
          channel.close(promise: nil)
        }
      },
      logger: libraryLogger)
    do {
      try await application.run()
    } catch {
      if let failure = startup.error { throw failure }
      // A cancelled server ends with an error of its library.
      guard !Task.isCancelled else { return }
      throw EngineServerError(listening: error)
    }
  }
}

/// Carries an error out of the callback that says that the server listens.
private final class Startup: Sendable {
  private let failure = Mutex<(any Error)?>(nil)

  func fail(_ error: any Error) { failure.withLock { $0 = error } }

  var error: (any Error)? { failure.withLock { $0 } }
}
