import Testing

@testable import EngineServer

@Suite("the server's log")
struct SecretLogTests {
  @Test(
    "has no lines of the library's, whose names of passing files and ends mean nothing to people")
  func noLibrary() async throws {
    let lines = LogLines()
    try await withTemporaryDirectory { directory in
      let address = EngineServer.Address.unixSocket(path: directory + "/e.sock")
      try await RunningServer.running(FakeEngine(), address, logger: lines.logger) { _, _ in }
    }
    #expect(lines.text == "")
  }

  @Test("never holds a key, right or wrong, wherever a request carries it")
  func noKeys() async throws {
    let lines = LogLines()
    let key = RunningServer.key
    let heads = [
      "GET /api/features HTTP/1.1\r\nHost: localhost\r\nX-API-Key: \(key)",
      "GET /api/features HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(key)",
      "GET /api/features HTTP/1.1\r\nHost: localhost\r\nX-API-Key: wrong-key",
      "GET /ws?token=\(key) HTTP/1.1\r\nHost: localhost",
      "GET /ws?token=wrong-key HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket",
      "GET /ws?token=\(key) HTTP/1.1\r\nHost: evil.example",
      "GET /api/tasks?limit=%zz&token=\(key) HTTP/1.1\r\nHost: localhost\r\nX-API-Key: \(key)",
      "POST /api/assets/download HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n"
        + "X-API-Key: \(key)\r\n\r\n{\"x",
      "GET /ws?token=\(key) HTTP/9.9x\r\nHost: localhost",
      "GET /ws?token=\(key)\u{1}\r\nX-API-Key: \(key)",
      "X-API-Key: \(key)",
      "GET / HTTP/1.1\r\nX-API-Key\u{1}: \(key)",
    ]
    try await RunningServer.onPort(logger: lines.logger) { server in
      for head in heads + Array(repeating: heads[2], count: 4) {
        _ = try await server.exchangeText(head + "\r\nConnection: close\r\n\r\n")
      }
    }
    #expect(lines.text.contains("wrong keys are being tried"))
    #expect(!lines.text.contains(key))
    #expect(!lines.text.contains("wrong-key"))
  }
}
