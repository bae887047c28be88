import Foundation

/// A plain client socket, for bytes that no HTTP client would send.
struct RawSocket: Sendable {
  private let descriptor: Int32
  /// Seconds for which the other side may be silent; many tests run at one time.
  private static let patience = 60

  init(unixSocket path: String) throws {
    self.init(family: AF_UNIX)
    let result = withSocketAddress(path) { connect(descriptor, $0, $1) }
    guard result == 0 else { throw POSIXError(.ECONNREFUSED) }
  }

  /// Connects to a port of 127.0.0.1.
  init(port: Int) throws {
    self.init(family: AF_INET)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
    let result = withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw POSIXError(.ECONNREFUSED) }
  }

  private init(family: Int32) {
    descriptor = socket(family, Int32(SOCK_STREAM.rawValue), 0)
    var timeout = timeval(tv_sec: Self.patience, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
  }

  func write(_ text: String) async { await write(Array(text.utf8)) }

  func write(_ bytes: [UInt8]) async {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        writeBlocking(bytes)
        continuation.resume()
      }
    }
  }

  private func writeBlocking(_ bytes: [UInt8]) {
    var bytes = bytes[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }

  /// What comes next, at least one byte; empty when the other side closes or is silent for a
  /// minute.
  func read() async -> [UInt8] {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        continuation.resume(returning: Array(buffer.prefix(max(0, count))))
      }
    }
  }

  /// All that comes until the other side closes or is silent for a minute.
  ///
  /// Waits on a thread of its own: the few that tasks share must stay free for the server.
  func readToEnd() async -> [UInt8] {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: readBlocking()) }
    }
  }

  private func readBlocking() -> [UInt8] {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      all += buffer[..<count]
    }
    return all
  }

  /// Tells the other side that no more will come.
  func finishWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

  func close() { _ = Glibc.close(descriptor) }
}

/// A socket file made by hand.
struct BoundSocket {
  let descriptor: Int32

  init(_ path: String, isListening: Bool) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard withSocketAddress(path, { bind(descriptor, $0, $1) }) == 0 else {
      throw POSIXError(.EADDRINUSE)
    }
    if isListening { listen(descriptor, 4) }
  }

  func close() { _ = Glibc.close(descriptor) }
}

private func withSocketAddress<R>(
  _ path: String, _ use: (UnsafePointer<sockaddr>, socklen_t) -> R
) -> R {
  var address = sockaddr_un()
  address.sun_family = sa_family_t(AF_UNIX)
  withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
  return withUnsafePointer(to: address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      use($0, socklen_t(MemoryLayout<sockaddr_un>.size))
    }
  }
}
