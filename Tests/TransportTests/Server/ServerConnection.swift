import Foundation

/// The server's end of a connection. Every wait ends after ten seconds, so no test hangs on it.
struct ServerConnection: Sendable {
  private let descriptor: Int32

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  struct Request {
    var head: String
    var body: [UInt8]
  }

  /// Reads one request with its body; nil when the client has gone.
  func readRequest() -> Request? {
    var bytes: [UInt8] = []
    while true {
      if let end = Self.endOfHead(in: bytes) {
        let head = String(decoding: bytes[..<end], as: UTF8.self)
        let length = Self.contentLength(in: head)
        if bytes.count >= end + length {
          return Request(head: head, body: Array(bytes[end..<(end + length)]))
        }
      }
      guard let more = read(), !more.isEmpty else { return nil }
      bytes += more
    }
  }

  @discardableResult
  func write(_ text: String) -> Bool { write(Array(text.utf8)) }

  @discardableResult
  func write(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      guard isReady(Int16(POLLOUT), milliseconds: 10_000) else { return false }
      let count = writeSome(bytes[sent...])
      guard count >= 0 else { return false }
      sent += count
    }
    return true
  }

  /// Writes what goes without waiting; negative when the client has gone.
  func writeSome(_ bytes: ArraySlice<UInt8>) -> Int {
    let count = bytes.withUnsafeBytes {
      send(
        descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
    }
    return count < 0 && errno == EAGAIN ? 0 : count
  }

  /// A response with a length and a body.
  func respond(_ status: String = "200 OK", headers: [String] = [], body: String = "") {
    let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + headers
    write(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
  }

  /// True when the client closes its end.
  func waitForClose() -> Bool {
    while let bytes = read() {
      if bytes.isEmpty { return true }
    }
    // A reset is a close as well.
    return errno == ECONNRESET
  }

  /// Whether the client takes more bytes before the time is over.
  func isWritable(withinMilliseconds milliseconds: Int32) -> Bool {
    isReady(Int16(POLLOUT), milliseconds: milliseconds)
  }

  func close() { Foundation.close(descriptor) }

  private func read() -> [UInt8]? {
    guard isReady(Int16(POLLIN), milliseconds: 10_000) else { return nil }
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    return count < 0 ? nil : Array(buffer[..<count])
  }

  private func isReady(_ events: Int16, milliseconds: Int32) -> Bool {
    var entry = pollfd(fd: descriptor, events: events, revents: 0)
    return poll(&entry, 1, milliseconds) == 1
  }

  private static func endOfHead(in bytes: [UInt8]) -> Int? {
    let mark = Array("\r\n\r\n".utf8)
    guard bytes.count >= mark.count else { return nil }
    return (mark.count...bytes.count).first { bytes[($0 - mark.count)..<$0].elementsEqual(mark) }
  }

  private static func contentLength(in head: String) -> Int {
    for line in head.lowercased().split(whereSeparator: \.isNewline)
    where line.hasPrefix("content-length:") {
      return Int(line.dropFirst(15).trimmingCharacters(in: .whitespaces)) ?? 0
    }
    return 0
  }
}
