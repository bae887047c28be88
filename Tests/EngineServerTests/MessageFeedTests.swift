import ComfyAPI
import ComfyClient
import Testing
import Transport

@testable import EngineServer

@Suite("the feed of /ws")
struct MessageFeedTests {
  @Test("the greeting comes first, then the feature flags and what the engine says")
  func order() async throws {
    let engine = FakeEngine()
    try await RunningServer.onSocket(engine) { server in
      var iterator = server.client.messages().makeAsyncIterator()
      guard case .status(let sessionID?) = try await iterator.next() else {
        Issue.record("the first message is no greeting")
        return
      }
      #expect(!sessionID.isEmpty)
      guard case .featureFlags(let flags) = try await iterator.next() else {
        Issue.record("the client's feature flags were not answered")
        return
      }
      #expect(flags["supports_model_type_tags"] == true)
      await engine.announce(.fake(downloaded: 10))
      #expect(try await iterator.next() == .assetDownload(.fake(downloaded: 10)))
    }
  }

  @Test("every client hears every message")
  func severalClients() async throws {
    let engine = FakeEngine()
    try await RunningServer.onSocket(engine) { server in
      var first = server.client.messages().makeAsyncIterator()
      var second = server.client.messages().makeAsyncIterator()
      for _ in 0..<2 {
        _ = try await first.next()
        _ = try await second.next()
      }
      await engine.announce(.fake(downloaded: 20))
      #expect(try await first.next() == .assetDownload(.fake(downloaded: 20)))
      #expect(try await second.next() == .assetDownload(.fake(downloaded: 20)))
    }
  }

  @Test("a plain request is told to upgrade")
  func plainRequest() async throws {
    try await RunningServer.onSocket { server in
      let answer = try await server.send("GET", "/ws")
      #expect(answer.status == 426)
      #expect(answer.error?.code == "UPGRADE_REQUIRED")
    }
  }

  @Test(
    "a request that only resembles a handshake is answered as a plain one",
    arguments: [
      ("/ws", "websocket", "8", 426), ("/ws", "h2c", "13", 426),
      ("/api/features", "websocket", "13", 200), ("/api/features", "h2c", "13", 200),
    ])
  func notAHandshake(path: String, upgrade: String, version: String, status: Int) async throws {
    try await RunningServer.onSocket { server in
      let answer = try await server.send(
        "GET", path,
        headers: [
          "Connection": "Upgrade", "Upgrade": upgrade, "Sec-WebSocket-Version": version,
          "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        ])
      #expect(answer.status == status)
    }
  }

  @Test("the feed ends with the server")
  func serverEnds() async throws {
    var iterator = try await RunningServer.onSocket { server in
      var iterator = server.client.messages().makeAsyncIterator()
      _ = try await iterator.next()
      return iterator
    }
    await #expect(throws: ClientError.self) {
      while try await iterator.next() != nil {}
    }
  }
}
