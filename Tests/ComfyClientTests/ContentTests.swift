import ComfyClient
import Testing

@Suite("the bytes of an asset")
struct ContentTests {
  @Test("they are asked for with the key, and come as they are")
  func bytes() async throws {
    try await ScriptedServer.answering("200 OK", body: "picture") { server in
      let bytes = try await server.client(key: APIKey("k-1")).content(of: "a/b", limit: 7)
      #expect(bytes == Array("picture".utf8))
      let sent = server.requests.first
      #expect(sent.hasPrefix("GET /api/assets/a%2Fb/content?disposition=inline HTTP/1.1\r\n"))
      #expect(sent.contains("X-API-Key: k-1\r\n"))
    }
  }

  @Test("more than the limit are not taken")
  func limit() async throws {
    try await ScriptedServer.answering("200 OK", body: "picture") { server in
      _ = await #expect(throws: ClientError.self) {
        try await server.client().content(of: "a", limit: 6)
      }
    }
  }

  @Test(
    "a redirect without TLS, into this network or to nothing is not followed",
    arguments: [
      "http://example.com/x", "https://127.0.0.1:1/x", "/elsewhere", "file:///etc/passwd",
    ])
  func redirects(location: String) async throws {
    try await ScriptedServer.answering("302 Found", headers: ["Location: \(location)"]) { server in
      await #expect(throws: ClientError.self) {
        try await server.client(key: APIKey("k-1")).content(of: "a", limit: 6)
      }
      #expect(server.requests.all.count == 1)
    }
  }
}
