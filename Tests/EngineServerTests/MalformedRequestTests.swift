import ComfyClient
import Testing

@testable import EngineServer

@Suite("bytes that are no proper HTTP")
struct MalformedRequestTests {
  @Test(
    "garbage is answered with 400 and the connection closed",
    arguments: ["garbage\r\n\r\n", "\u{1}\u{2}\u{3}\r\n\r\n", "GET / HTTP/9.9x\r\n\r\n"])
  func garbage(text: String) async throws {
    try await RunningServer.onSocket { server in
      let answer = try await server.exchangeText(text)
      #expect(answer.hasPrefix("HTTP/1.1 400 "))
      #expect(answer.contains("MALFORMED_REQUEST"))
    }
  }

  @Test("garbage behind a good request is answered with 400 too")
  func laterGarbage() async throws {
    try await RunningServer.onSocket { server in
      let answer = try await server.exchangeText(
        "GET /api/features HTTP/1.1\r\nHost: localhost\r\n\r\ngarbage\r\n\r\n")
      #expect(answer.hasPrefix("HTTP/1.1 200 "))
      #expect(answer.contains("HTTP/1.1 400 "))
    }
  }

  @Test("a flood of headers is cut off with 400")
  func manyHeaders() async throws {
    try await RunningServer.onSocket { server in
      let flood = (0..<5000).map { "X-\($0): y\r\n" }.joined()
      let answer = try await server.exchangeText(
        "GET /api/features HTTP/1.1\r\n" + flood + "\r\n")
      #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 400 "))
      let features = try await server.client.features()
      #expect(features.winch != nil)
    }
  }

  @Test("an endless header is cut off")
  func longHeader() async throws {
    try await RunningServer.onSocket { server in
      let header = "X: " + String(repeating: "y", count: 1 << 20)
      let answer = try await server.exchangeText("GET /api/features HTTP/1.1\r\n" + header)
      #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 400 "))
    }
  }
}
