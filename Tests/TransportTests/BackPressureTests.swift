import Foundation
import Testing
import Transport

@Suite("Back-pressure", .timeLimit(.minutes(10)))
struct BackPressureTests {
  @Test("a reader that waits makes the server wait, and loses no byte")
  func waitingReader() async throws {
    let size = 50 << 20
    let acceptedBeforeWaiting = Signal<Int>()
    let path = TestServer.temporarySocketPath()
    // A Unix socket, because the kernel's buffers for TCP grow to tens of megabytes.
    let server = try TestServer(socketPath: path) { connection in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n")
      let block = (0..<(64 << 10)).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      var sent = 0
      while sent < size, connection.isWritable(withinMilliseconds: 200) {
        sent += max(0, connection.writeSome(block[(sent % block.count)...]))
      }
      acceptedBeforeWaiting.send(sent)
      while sent < size, connection.isWritable(withinMilliseconds: 10_000) {
        let rest = block[(sent % block.count)...].prefix(size - sent)
        sent += max(0, connection.writeSome(rest))
      }
    }
    var request = HTTPRequest(url: server.url())
    request.unixSocketPath = path
    let stream = try await HTTPTransport.forTests().stream(request)
    let accepted = try #require(await acceptedBeforeWaiting.value())
    #expect(accepted < 3 << 20)

    var received = 0
    var isIntact = true
    for try await chunk in stream.body {
      for byte in stride(from: 0, to: chunk.count, by: 997) {
        let position = (received + byte) % (64 << 10)
        isIntact = isIntact && chunk[byte] == UInt8(truncatingIfNeeded: position &* 31)
      }
      received += chunk.count
    }
    #expect(received == size)
    #expect(isIntact)
  }
}
