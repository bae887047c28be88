import Foundation

/// A client of `/ws` that sends whatever frames a test wants.
final class RawWebSocket {
  struct Frame: Equatable {
    /// The first byte: the final bit, reserved bits and the opcode.
    var head: UInt8
    var data: [UInt8]

    var text: String { String(decoding: data, as: UTF8.self) }
    var isPing: Bool { head == 0x89 }

    /// The status code of a close frame; nil for others.
    var closeCode: Int? {
      guard head == 0x88, data.count >= 2 else { return nil }
      return Int(data[0]) << 8 | Int(data[1])
    }
  }

  let socket: RawSocket
  private var received: [UInt8] = []

  /// Connects and shakes hands.
  init(_ server: RunningServer) async throws {
    socket = try server.connect()
    await socket.write(Self.handshake)
    let end = Array("\r\n\r\n".utf8)
    while received.firstRange(of: end) == nil, await fill() {}
    guard received.starts(with: "HTTP/1.1 101 ".utf8), let range = received.firstRange(of: end)
    else { throw POSIXError(.ECONNREFUSED) }
    received.removeFirst(range.upperBound)
  }

  deinit { socket.close() }

  /// The key is the example of RFC 6455, section 1.3.
  static let handshake = [
    "GET /ws HTTP/1.1", "Host: localhost", "Upgrade: websocket", "Connection: Upgrade",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13", "", "",
  ].joined(separator: "\r\n")

  func send(_ bytes: [UInt8]) async { await socket.write(bytes) }

  /// The next frame of the server, whose frames are short and unmasked; nil at the end.
  func next() async -> Frame? {
    while true {
      if let frame = takeFrame() { return frame }
      guard await fill() else { return nil }
    }
  }

  /// All frames until the server closes the connection.
  func rest() async -> [Frame] {
    var frames: [Frame] = []
    while let frame = await next() { frames.append(frame) }
    return frames
  }

  private func takeFrame() -> Frame? {
    guard received.count >= 2 else { return nil }
    var start = 2
    var length = Int(received[1])
    if length == 126 {
      guard received.count >= 4 else { return nil }
      length = Int(received[2]) << 8 | Int(received[3])
      start = 4
    }
    guard received.count >= start + length else { return nil }
    let frame = Frame(head: received[0], data: Array(received[start..<(start + length)]))
    received.removeFirst(start + length)
    return frame
  }

  private func fill() async -> Bool {
    let bytes = await socket.read()
    received += bytes
    return !bytes.isEmpty
  }
}

extension [UInt8] {
  /// A client's frame of at most 125 bytes; the mask is zeroes, which changes nothing.
  static func frame(_ head: UInt8, _ data: [UInt8] = []) -> [UInt8] {
    [head, 0x80 | UInt8(data.count), 0, 0, 0, 0] + data
  }
}
