import ComfyAPI
import ComfyClient
import Testing
import Transport

@testable import EngineServer

@Suite("access over TCP")
struct AccessTests {
  @Test("the client gets in with the key")
  func withKey() async throws {
    try await RunningServer.onPort { server in
      let features = try await server.client.features()
      #expect(features.winch != nil)
    }
  }

  @Test(
    "without the right key every path is 401 as JSON",
    arguments: [
      [:], ["X-API-Key": "wrong-key"], ["X-API-Key": "test-ke"], ["X-API-Key": "test-keyy"],
      ["Authorization": "test-key"], ["Authorization": "Bearer wrong"],
    ] as [[String: String]])
  func withoutKey(fields: [String: String]) async throws {
    let engine = FakeEngine()
    try await RunningServer.onPort(engine) { server in
      for path in ["/api/tasks", "/api/features", "/ws", "/nowhere", "/api/tasks?token=test-key"] {
        let answer = try await server.send("GET", path, headers: headers(fields))
        #expect(answer.status == 401)
        #expect(answer.error?.code == "UNAUTHORIZED")
      }
    }
    #expect(await engine.queries.isEmpty)
  }

  @Test("a bearer key is as good")
  func bearer() async throws {
    try await RunningServer.onPort { server in
      let answer = try await server.send(
        "GET", "/api/features", headers: ["Authorization": "bearer test-key"])
      #expect(answer.status == 200)
    }
  }

  @Test(
    "a foreign Host header is refused, key or not",
    arguments: [
      "evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "x:y", "",
      "evil.example.", "localhost@evil.example", "user@localhost", "localhost:80@evil.example",
      "localhost:", "localhost:+80", "localhost:65536", "+127.0.0.1", "127.0.0.1/x", "[::1",
      "[evil.example]", "[::1]x", "localhost evil.example", "xn--localhost",
    ])
  func foreignHost(host: String) async throws {
    try await RunningServer.onPort { server in
      let answer = try await server.send(
        "GET", "/api/features", headers: ["X-API-Key": RunningServer.key, "Host": host])
      #expect(answer.status == 403)
      #expect(answer.error?.code == "FORBIDDEN_HOST")
    }
  }

  @Test(
    "localhost and addresses are own hosts, whatever the port of a tunnel",
    arguments: [
      "localhost", "LOCALHOST:9000", "LocalHost.", "localhost.:80", "127.0.0.1", "192.0.2.7:8189",
      "[::1]:8189", "[FE80::1]", "[::ffff:127.0.0.1]:1",
    ])
  func ownHost(host: String) async throws {
    try await RunningServer.onPort { server in
      let answer = try await server.send(
        "GET", "/api/features", headers: ["X-API-Key": RunningServer.key, "Host": host])
      #expect(answer.status == 200)
    }
  }

  @Test(
    "a page of another origin is refused",
    arguments: [
      "https://evil.example", "null", "", "http://localhost:1", "http://localhost", "//localhost",
      "file://", "http://user@localhost", "ws://localhost", "http://localhost.evil.example",
    ])
  func foreignOrigin(origin: String) async throws {
    try await RunningServer.onPort { server in
      let answer = try await server.send(
        "GET", "/api/features", headers: ["X-API-Key": RunningServer.key, "Origin": origin])
      #expect(answer.status == 403)
      #expect(answer.error?.code == "FORBIDDEN_ORIGIN")
    }
  }

  @Test("a page of the own origin may use it")
  func ownOrigin() async throws {
    try await RunningServer.onPort { server in
      let origin = "http://127.0.0.1:\(server.port ?? 0)"
      let answer = try await server.send(
        "GET", "/api/features", headers: ["X-API-Key": RunningServer.key, "Origin": origin])
      #expect(answer.status == 200)
    }
  }

  @Test(
    "an origin is the own one whatever its case, with its scheme's port written or not",
    arguments: [
      ("localhost", "http://localhost"), ("localhost:80", "http://LOCALHOST"),
      ("Localhost", "http://localhost:80"), ("localhost:443", "https://localhost"),
      ("[::1]:8189", "http://[::1]:8189"), ("localhost:8189", "http://localhost.:8189"),
    ])
  func sameOrigin(host: String, origin: String) async throws {
    try await RunningServer.onPort { server in
      let answer = try await server.send(
        "GET", "/api/features",
        headers: ["X-API-Key": RunningServer.key, "Host": host, "Origin": origin])
      #expect(answer.status == 200)
    }
  }

  @Test(
    "a page's request without an origin is told by its relation to the page",
    arguments: [("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200)])
  func fetchMetadata(site: String, status: Int) async throws {
    try await RunningServer.onPort { server in
      let answer = try await server.send(
        "GET", "/api/features",
        headers: ["X-API-Key": RunningServer.key, "Sec-Fetch-Site": site])
      #expect(answer.status == status)
    }
  }

  @Test(
    "a host said twice, or not at all, is refused",
    arguments: [
      "GET /api/features HTTP/1.1\r\nHost: localhost\r\nHost: evil.example",
      "GET /api/features HTTP/1.1\r\nHost: evil.example\r\nHost: localhost",
      "GET http://evil.example/api/features HTTP/1.1\r\nHost: localhost",
      "GET http://localhost@evil.example/api/features HTTP/1.1\r\nHost: localhost",
      "GET http://evil.example?x=http://localhost/ HTTP/1.1\r\nHost: localhost",
      "GET http://localhost/api/features HTTP/1.1\r\nHost: localhost\r\nHost: localhost",
      "GET /api/features HTTP/1.0",
    ])
  func ambiguousHost(head: String) async throws {
    try await RunningServer.onPort { server in
      let answer = try await server.exchangeText(
        head + "\r\nX-API-Key: \(RunningServer.key)\r\nConnection: close\r\n\r\n")
      #expect(answer.contains(" 403 Forbidden\r\n"), "\(answer)")
    }
  }

  @Test("a target in absolute form counts before the Host header")
  func absoluteForm() async throws {
    try await RunningServer.onPort { server in
      let answer = try await server.exchangeText(
        "GET http://localhost:1/api/features HTTP/1.1\r\nHost: other.example\r\n"
          + "X-API-Key: \(RunningServer.key)\r\nConnection: close\r\n\r\n")
      #expect(answer.hasPrefix("HTTP/1.1 200 "))
    }
  }

  @Test("two values of one header are not two attempts")
  func keyTwice() async throws {
    try await RunningServer.onPort { server in
      let answer = try await server.exchangeText(
        "GET /api/features HTTP/1.1\r\nHost: localhost\r\nX-API-Key: wrong\r\n"
          + "X-API-Key: \(RunningServer.key)\r\nConnection: close\r\n\r\n")
      #expect(answer.hasPrefix("HTTP/1.1 401 "))
    }
  }

  @Test("many wrong keys are put off with 429, and the right one is let in all the same")
  func guessing() async throws {
    try await RunningServer.onPort { server in
      let statuses = try await withThrowingTaskGroup(of: HTTPResponse.self) { group in
        for number in 0..<40 {
          group.addTask {
            try await server.send("GET", "/api/tasks", headers: ["X-API-Key": "guess-\(number)"])
          }
        }
        return try await group.reduce(into: [HTTPResponse]()) { $0.append($1) }
      }
      let refused = statuses.filter { $0.status == 429 }
      #expect(!refused.isEmpty)
      #expect(refused.allSatisfy { $0.error?.code == "TOO_MANY_ATTEMPTS" })
      #expect(refused.allSatisfy { $0.headers["Retry-After"].flatMap(Int.init) ?? 0 > 0 })
      #expect(statuses.allSatisfy { $0.status == 401 || $0.status == 429 })
      let features = try await server.client.features()
      #expect(features.winch != nil)
    }
  }

  @Test("/ws takes the key as token and refuses a wrong one")
  func webSocketToken() async throws {
    try await RunningServer.onPort { server in
      for try await message in server.client.messages() {
        guard case .status = message else { continue }
        break
      }
      let wrong = ComfyClient(
        backend: Backend(
          name: "wrong",
          address: .http(base: "http://127.0.0.1:\(server.port ?? 0)", key: APIKey("wrong"))),
        transport: server.transport)
      let error = try await #require(throws: ClientError.self) {
        for try await _ in wrong.messages() {}
      }
      #expect(error.kind == .unauthorized)
    }
  }

  @Test("a port without a key is not opened")
  func emptyKey() async throws {
    let error = try await #require(throws: EngineServerError.self) {
      try await RunningServer.running(
        FakeEngine(), .tcp(host: "127.0.0.1", port: 0, key: "")
      ) { _, _ in }
    }
    #expect(error.kind == .cannotListen)
  }

  @Test("a port in use is refused with words")
  func portInUse() async throws {
    try await RunningServer.onPort { server in
      let address = EngineServer.Address.tcp(
        host: "127.0.0.1", port: server.port ?? 0, key: "k")
      let error = try await #require(throws: EngineServerError.self) {
        try await RunningServer.running(FakeEngine(), address) { _, _ in }
      }
      #expect(error.kind == .cannotListen)
    }
  }

  private func headers(_ fields: [String: String]) -> HTTPHeaders {
    var headers = HTTPHeaders()
    for (name, value) in fields { headers.append(name, value) }
    return headers
  }
}
