import ComfyAPI
import ComfyClient
import Foundation
import Logging
import Transport

@testable import EngineServer

/// A real server over a fake engine, and the ways to talk to it.
struct RunningServer: Sendable {
  let backend: Backend
  let socketPath: String?
  let port: Int?
  let transport = HTTPTransport()
  /// Finished once the server was asked to end.
  let shutdown: AsyncStream<Void>

  var client: ComfyClient { ComfyClient(backend: backend, transport: transport) }

  static let key = "test-key"

  /// Runs a server on a Unix socket in a directory of its own.
  static func onSocket<R>(
    _ engine: any ServedEngine = FakeEngine(), limits: ServerLimits = ServerLimits(),
    _ use: (RunningServer) async throws -> R
  ) async throws -> R {
    try await withTemporaryDirectory { directory in
      let path = directory + "/e.sock"
      return try await running(engine, .unixSocket(path: path), limits: limits) { _, shutdown in
        try await use(
          RunningServer(
            backend: Backend(name: "local", address: .unixSocket(path: path)), socketPath: path,
            port: nil, shutdown: shutdown))
      }
    }
  }

  /// Runs a server on a free port of 127.0.0.1.
  static func onPort<R>(
    _ engine: any ServedEngine = FakeEngine(), logger: Logger = .silent,
    _ use: (RunningServer) async throws -> R
  ) async throws -> R {
    let address = EngineServer.Address.tcp(host: "127.0.0.1", port: 0, key: key)
    return try await running(engine, address, logger: logger) { port, shutdown in
      let base = "http://127.0.0.1:\(port ?? 0)"
      return try await use(
        RunningServer(
          backend: Backend(name: "remote", address: .http(base: base, key: APIKey(key))),
          socketPath: nil, port: port, shutdown: shutdown))
    }
  }

  static func running<R>(
    _ engine: any ServedEngine, _ address: EngineServer.Address, logger: Logger = .silent,
    limits: ServerLimits = ServerLimits(), _ use: (Int?, AsyncStream<Void>) async throws -> R
  ) async throws -> R {
    let (shutdown, isShutDown) = AsyncStream.makeStream(of: Void.self)
    let (ready, isReady) = AsyncThrowingStream.makeStream(of: Int?.self)
    let server = EngineServer(
      serving: engine, address: address, logger: logger, limits: limits
    ) { isShutDown.finish() }
    let running = Task {
      do {
        try await server.run { isReady.yield($0) }
        isReady.finish()
      } catch {
        isReady.finish(throwing: error)
        throw error
      }
    }
    let result: Result<R, any Error>
    do {
      var iterator = ready.makeAsyncIterator()
      let port = try await iterator.next() ?? nil
      result = .success(try await use(port, shutdown))
    } catch {
      result = .failure(error)
    }
    running.cancel()
    let end = await running.result
    let value = try result.get()
    try end.get()
    return value
  }

  /// A request the client would never make.
  func send(
    _ method: String, _ path: String, headers: HTTPHeaders = HTTPHeaders(), body: String? = nil
  ) async throws -> HTTPResponse {
    var request = HTTPRequest(
      method: method, url: "http://\(port.map { "127.0.0.1:\($0)" } ?? "localhost")\(path)",
      headers: headers, body: body.map { Array($0.utf8) })
    request.unixSocketPath = socketPath
    request.totalTimeout = .seconds(300)
    return try await transport.send(request)
  }
}

extension RunningServer {
  /// A connection that no HTTP client would make.
  func connect() throws -> RawSocket {
    if let socketPath { return try RawSocket(unixSocket: socketPath) }
    return try RawSocket(port: port ?? 0)
  }

  /// Sends the text and reads until the server closes, or is silent for a minute.
  func exchangeText(_ text: String) async throws -> String {
    String(decoding: try await rawExchange(text.utf8), as: UTF8.self)
  }

  /// Sends bytes over a connection of their own and reads what comes back.
  ///
  /// - Parameter closing: ends the client's side first, for requests that announce more than comes.
  func rawExchange(_ bytes: some Sequence<UInt8>, closing: Bool = false) async throws -> [UInt8] {
    let socket = try connect()
    defer { socket.close() }
    await socket.write(Array(bytes))
    if closing { socket.finishWriting() }
    return await socket.readToEnd()
  }
}

extension HTTPResponse {
  var error: ErrorResponse? { try? WireFormat.decode(ErrorResponse.self, from: body) }
}

extension Logger {
  static var silent: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}

/// Gives the body a directory that is removed afterwards. Its path is short: a socket's path may
/// have no more than 107 bytes.
func withTemporaryDirectory<R>(_ use: (String) async throws -> R) async throws -> R {
  let path = "/tmp/winch-\(UUID().uuidString.prefix(8))"
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try await use(path)
}
