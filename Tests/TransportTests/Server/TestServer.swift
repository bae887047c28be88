import Foundation
import Synchronization

/// Answers each connection by a closure on a thread of its own, over loopback TCP or a Unix socket.
///
/// The closures write raw bytes, so that broken answers can be sent too.
final class TestServer: Sendable {
  typealias Handler = @Sendable (ServerConnection) -> Void

  struct SetupFailed: Error { let code: Int32 }

  private let listener: Int32
  private let socketPath: String?
  private let port: Int

  /// Listens on an ephemeral TCP port, or on the given path.
  init(socketPath: String? = nil, _ handler: @escaping Handler) throws {
    self.socketPath = socketPath
    listener = try ListeningSocket.open(at: socketPath)
    port = socketPath == nil ? try ListeningSocket.port(of: listener) : 0
    let listener = listener
    Thread.detachNewThread {
      while true {
        let descriptor = accept(listener, nil, nil)
        guard descriptor >= 0 else { return }
        Thread.detachNewThread {
          let connection = ServerConnection(descriptor)
          handler(connection)
          connection.close()
        }
      }
    }
  }

  deinit {
    // Wakes the thread in accept, which then ends.
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
    if let socketPath { unlink(socketPath) }
  }

  func url(_ path: String = "/") -> String {
    socketPath == nil ? "http://127.0.0.1:\(port)\(path)" : "http://localhost\(path)"
  }

  static func temporarySocketPath() -> String {
    NSTemporaryDirectory() + "/transport-\(UUID().uuidString.prefix(8)).sock"
  }
}

enum ListeningSocket {
  static func open(at path: String?) throws -> Int32 {
    let family = path == nil ? AF_INET : AF_UNIX
    let descriptor = socket(family, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw TestServer.SetupFailed(code: errno) }
    let bound = if let path { bindUnix(descriptor, path) } else { bindLoopback(descriptor) }
    guard bound == 0, listen(descriptor, 256) == 0 else {
      throw TestServer.SetupFailed(code: errno)
    }
    return descriptor
  }

  static func port(of descriptor: Int32) throws -> Int {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    guard result == 0 else { throw TestServer.SetupFailed(code: errno) }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  private static func bindLoopback(_ descriptor: Int32) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  private static func bindUnix(_ descriptor: Int32, _ path: String) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}
