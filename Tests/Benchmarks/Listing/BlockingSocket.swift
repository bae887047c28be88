import Foundation

/// A kept-alive connection that costs as little as possible beside what it measures.
final class BlockingSocket {
  struct Answer {
    let status: Int
    /// Bytes of the body.
    let bytes: Int
  }

  private let descriptor: Int32
  private var buffer = [UInt8](repeating: 0, count: 256 << 10)
  private static let streamType = Int32(SOCK_STREAM.rawValue)

  init(_ place: LoadProcess.Place, _ address: String) throws {
    switch place {
    case .socket:
      descriptor = socket(AF_UNIX, Self.streamType, 0)
      var name = sockaddr_un()
      name.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: address.utf8) }
      try connect(to: name)
    case .tcp:
      descriptor = socket(AF_INET, Self.streamType, 0)
      var name = sockaddr_in()
      name.sin_family = sa_family_t(AF_INET)
      name.sin_port = in_port_t(UInt16(address) ?? 0).bigEndian
      name.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
      try connect(to: name)
    }
  }

  deinit { close(descriptor) }

  private func connect<Address>(to name: Address) throws {
    let result = withUnsafeBytes(of: name) { bytes in
      // A socket address of any family is a valid `sockaddr`.
      Glibc.connect(
        descriptor, bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self),
        socklen_t(bytes.count))
    }
    guard result == 0 else {
      throw BenchmarkError(description: "No connection: \(String(cString: strerror(errno)))")
    }
  }

  func send(_ bytes: [UInt8]) -> Bool {
    Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
  }

  /// Nil when the connection ended.
  func readAnswer() -> Answer? {
    var count = 0
    while true {
      let got = buffer.withUnsafeMutableBytes {
        recv(descriptor, $0.baseAddress?.advanced(by: count), $0.count - count, 0)
      }
      guard got > 0 else { return nil }
      count += got
      if let head = head(in: count), count >= head.length + head.bodyLength {
        return Answer(status: head.status, bytes: head.bodyLength)
      }
    }
  }

  private func head(in count: Int) -> (length: Int, bodyLength: Int, status: Int)? {
    let end = Array("\r\n\r\n".utf8)
    guard let range = buffer[..<min(count, 2048)].firstRange(of: end) else { return nil }
    let lines = String(decoding: buffer[..<range.lowerBound], as: UTF8.self)
      .split(separator: "\r\n")
    let status = lines.first.flatMap { Int($0.split(separator: " ").dropFirst().first ?? "") }
    let length = lines.first { $0.lowercased().hasPrefix("content-length:") }
      .flatMap { Int($0.split(separator: " ").last ?? "") }
    return (range.upperBound, length ?? 0, status ?? 0)
  }
}
