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
    arguments: ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "x:y", ""])
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
    arguments: ["localhost", "LOCALHOST:9000", "127.0.0.1", "192.0.2.7:8189", "[::1]:8189"])
  func ownHost(host: String) async throws {
    try await RunningServer.onPort { server in
      let answer = try await server.send(
        "GET", "/api/features", headers: ["X-API-Key": RunningServer.key, "Host": host])
      #expect(answer.status == 200)
    }
  }

  @Test(
    "a page of another origin is refused",
    arguments: ["https://evil.example", "null", "http://localhost:1"])
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
