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

  @Test("a client that does not read is dropped instead of kept waiting for")
  func slowReader() async throws {
    let engine = FakeEngine()
    try await RunningServer.onSocket(engine) { server in
      let socket = try RawSocket(unixSocket: try #require(server.socketPath))
      defer { socket.close() }
      await socket.write(handshake)
      while await engine.subscriberCount == 0 { await Task.yield() }
      var message = AssetDownloadMessage.fake(downloaded: 1)
      message.assetName = String(repeating: "n", count: 10_000)
      // Ends when the server has given up on the client; it would go on forever otherwise.
      while await engine.subscriberCount > 0 {
        await engine.announce(message)
        await Task.yield()
      }
    }
  }

  @Test("a closing frame is answered with its code")
  func closing() async throws {
    try await RunningServer.onSocket { server in
      let socket = try RawSocket(unixSocket: try #require(server.socketPath))
      defer { socket.close() }
      await socket.write(handshake)
      // A final close frame (0x88) of two bytes, masked with zeroes: status 1000.
      await socket.write([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xE8])
      let answer = await socket.readToEnd()
      #expect(answer.starts(with: "HTTP/1.1 101 ".utf8))
      #expect(answer.suffix(4) == [0x88, 0x02, 0x03, 0xE8])
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

  /// The key and its meaning are the example of RFC 6455, section 1.3.
  private let handshake = [
    "GET /ws HTTP/1.1", "Host: localhost", "Upgrade: websocket", "Connection: Upgrade",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13", "", "",
  ].joined(separator: "\r\n")
}
