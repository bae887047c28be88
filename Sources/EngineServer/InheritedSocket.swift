import Foundation
import NIOCore
import NIOPosix

/// A listening Unix socket that another program made and keeps, as systemd does for `winch.socket`:
/// clients that come before the server wait in it, and it outlives the server.
public struct InheritedSocket: Sendable {
  /// Where clients find it.
  public let path: String
  /// Owned by the server once that has begun to listen.
  let descriptor: Int32

  /// The number of the first descriptor that is passed, by sd_listen_fds(3).
  private static let firstDescriptor: Int32 = 3

  /// Takes the socket that was passed to this process by the protocol of sd_listen_fds(3).
  ///
  /// - Returns: nil when none was.
  /// - Throws: `EngineServerError` when it is not one private Unix socket that listens.
  public init?(environment: [String: String]) throws(EngineServerError) {
    // What was passed to a parent is none of ours.
    guard environment["LISTEN_PID"] == "\(getpid())", let count = environment["LISTEN_FDS"],
      count != "0"
    else { return nil }
    guard count == "1" else {
      throw .cannotListen("The engine takes one socket, and \(count) were passed to it.")
    }
    try self.init(descriptor: Self.firstDescriptor)
  }

  init(descriptor: Int32) throws(EngineServerError) {
    guard Self.option(SO_ACCEPTCONN, of: descriptor) == 1,
      let path = Self.path(of: descriptor)
    else {
      throw .cannotListen("What was passed to the engine is no Unix socket that listens.")
    }
    self.path = path
    self.descriptor = descriptor
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else {
      throw .cannotListen("The socket that was passed to the engine is no longer at \(path).")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw .cannotListen("\(path) is open to others: its mode must be 0600 (SocketMode=0600).")
    }
    // No program that the engine starts may take requests.
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  private static func option(_ name: Int32, of descriptor: Int32) -> Int32? {
    var value: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    return getsockopt(descriptor, SOL_SOCKET, name, &value, &size) == 0 ? value : nil
  }

  /// Nil for sockets of other kinds, and for those without a file, which anybody could open.
  private static func path(of descriptor: Int32) -> String? {
    var address = sockaddr_un()
    var size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(descriptor, $0, &size)
      }
    }
    guard result == 0, address.sun_family == sa_family_t(AF_UNIX) else { return nil }
    let path = withUnsafeBytes(of: &address.sun_path) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return path.hasPrefix("/") ? path : nil
  }
}

extension InheritedSocket {
  /// Hands the connections that come over this socket to a server that listens elsewhere; ends with it.
  func feed(_ server: any Channel, connections: Int) async throws {
    let own = try await ServerBootstrap(relayingTo: server, connections: connections)
      .withBoundSocket(descriptor).get()
    server.closeFuture.whenComplete { _ in own.close(promise: nil) }
  }
}
