import ComfyAPI
import Foundation
import Testing

@testable import EngineServer

@Suite("a client of /ws")
struct FeedClientTests {
  @Test("is greeted with a session of its own")
  func greeting() async throws {
    try await RunningServer.onSocket { server in
      var sessions: Set<String> = []
      for _ in 0..<2 {
        let client = try await RawWebSocket(server)
        let greeting = try #require(await client.next())
        let object = try json(greeting)
        #expect(object["type"] as? String == "status")
        sessions.insert(try #require((object["data"] as? [String: Any])?["sid"] as? String))
      }
      #expect(sessions.count == 2)
    }
  }

  @Test("gets progress in the fields that the web client reads, none of them null")
  func progress() async throws {
    let engine = FakeEngine()
    try await RunningServer.onSocket(engine) { server in
      let client = try await RawWebSocket(server)
      _ = await client.next()
      await engine.announce(.fake(downloaded: 250))
      let object = try json(try #require(await client.next()))
      #expect(object["type"] as? String == "asset_download")
      let data = try #require(object["data"] as? [String: Any])
      #expect(
        Set(data.keys) == [
          "task_id", "asset_name", "bytes_total", "bytes_downloaded", "progress", "status",
        ])
      #expect(data["progress"] as? Double == 0.25)
      #expect(data["bytes_total"] as? Int == 1000)
      #expect(data["status"] as? String == "running")
    }
  }

  @Test("has its ping answered with the same bytes, and its flags with the server's")
  func answers() async throws {
    try await RunningServer.onSocket { server in
      let client = try await RawWebSocket(server)
      _ = await client.next()
      await client.send(.frame(0x89, [1, 2, 3]))
      #expect(await client.next() == RawWebSocket.Frame(head: 0x8A, data: [1, 2, 3]))
      let flags = Array(#"{"type":"feature_flags","data":{"x":true}}"#.utf8)
      // In two fragments with a ping between them, which is allowed (section 5.4).
      await client.send(.frame(0x01, Array(flags.prefix(10))) + .frame(0x89))
      await client.send(.frame(0x80, Array(flags.dropFirst(10))))
      #expect(await client.next()?.head == 0x8A)
      let object = try json(try #require(await client.next()))
      #expect(object["type"] as? String == "feature_flags")
    }
  }

  @Test("what it says that nobody knows is passed over")
  func unknownWords() async throws {
    try await RunningServer.onSocket { server in
      let client = try await RawWebSocket(server)
      _ = await client.next()
      for text in ["", "{}", "garbage", #"{"type":"future","data":7}"#] {
        await client.send(.frame(0x81, Array(text.utf8)))
      }
      await client.send(.frame(0x82, [0, 0, 0, 1]) + .frame(0x8A) + .frame(0x89, [9]))
      #expect(await client.next() == RawWebSocket.Frame(head: 0x8A, data: [9]))
    }
  }

  @Test(
    "leaves with the answer that RFC 6455 asks for",
    arguments: [
      ([0x03, 0xE8], 1000), ([0x0F, 0xA0, 0x62, 0x79, 0x65], 4000), ([], nil), ([0x03], 1002),
      ([0x03, 0xED], 1002), ([0x03, 0xE8, 0xFF], 1007),
    ] as [([UInt8], Int?)])
  func closing(data: [UInt8], code: Int?) async throws {
    try await RunningServer.onSocket { server in
      let client = try await RawWebSocket(server)
      _ = await client.next()
      await client.send(.frame(0x88, data))
      let frames = await client.rest()
      #expect(frames.count == 1)
      #expect(frames.last?.head == 0x88)
      #expect(frames.last?.closeCode == code)
    }
  }

  @Test(
    "is closed with the right code when it breaks the protocol, and nobody else is",
    arguments: [
      ("not masked", [0x81, 0x02, 0x7B, 0x7D], 1002),
      ("a reserved bit", .frame(0xC1, [0x7B, 0x7D]), 1002),
      ("an unknown opcode", .frame(0x83), 1002),
      ("an unknown control opcode", .frame(0x8B), 1002),
      ("a fragmented ping", .frame(0x09), 1002),
      ("a long ping", [0x89, 0xFE, 0x00, 0x7E, 0, 0, 0, 0], 1002),
      ("a continuation of nothing", .frame(0x80, [1]), 1002),
      ("a message inside another", .frame(0x01, [1]) + .frame(0x81, [1]), 1002),
      ("no UTF-8", .frame(0x81, [0xC3, 0x28]), 1007),
      ("a frame too large", [0x81, 0xFF, 0, 0, 0, 0, 0, 0x10, 0, 0, 0, 0, 0, 0], 1009),
      ("an absurd length", [0x81, 0xFF] + Array(repeating: 0xFF, count: 12), 1009),
      ("too many fragments", .frame(0x01, [1]) + .many(.frame(0x00, [1]), 100), 1009),
      ("empty fragments", .frame(0x01) + .many(.frame(0x00), 100), 1002),
    ] as [(String, [UInt8], Int)])
  func violations(what: String, bytes: [UInt8], code: Int) async throws {
    try await RunningServer.onSocket { server in
      let other = try await RawWebSocket(server)
      let client = try await RawWebSocket(server)
      _ = await client.next()
      await client.send(bytes)
      #expect(await client.rest().last?.closeCode == code, "\(what)")
      _ = await other.next()
      await other.send(.frame(0x89, [7]))
      #expect(await other.next()?.data == [7])
    }
  }

  @Test("is asked whether it is there when it is silent, and given up when it does not answer")
  func silent() async throws {
    let limits = ServerLimits(feedPatience: .milliseconds(100))
    try await RunningServer.onSocket(limits: limits) { server in
      let client = try await RawWebSocket(server)
      let frames = await client.rest()
      #expect(frames.dropFirst().map(\.isPing) == [true])
    }
  }

  @Test("stays as long as it answers")
  func alive() async throws {
    let limits = ServerLimits(feedPatience: .seconds(2))
    try await RunningServer.onSocket(limits: limits) { server in
      let client = try await RawWebSocket(server)
      _ = await client.next()
      #expect(await client.next()?.isPing == true)
      await client.send(.frame(0x8A))
      // It would have been given up before it is asked again.
      #expect(await client.next()?.isPing == true)
    }
  }

  @Test("is told that the server goes away")
  func serverEnds() async throws {
    let client = try await RunningServer.onSocket { server in
      let client = try await RawWebSocket(server)
      _ = await client.next()
      return client
    }
    let frames = await client.rest()
    #expect(frames.map(\.closeCode) == [1001])
  }

  private func json(_ frame: RawWebSocket.Frame) throws -> [String: Any] {
    #expect(frame.head == 0x81)
    return try #require(
      JSONSerialization.jsonObject(with: Data(frame.data)) as? [String: Any])
  }
}

extension [UInt8] {
  fileprivate static func many(_ bytes: [UInt8], _ count: Int) -> [UInt8] {
    Array(repeatElement(bytes, count: count).joined())
  }
}

@Suite("heartbeat")
struct HeartbeatTests {
  private let start = ContinuousClock.now

  @Test("a silent client is pinged once and then dropped")
  func silent() {
    var heartbeat = Heartbeat(patience: .seconds(30), now: start)
    let actions = [29, 30, 60].map { heartbeat.tick(at: start + .seconds($0)) }
    #expect(actions == [.wait, .ping, .drop])
  }

  @Test("whatever the client says counts as an answer")
  func answered() {
    var heartbeat = Heartbeat(patience: .seconds(30), now: start)
    #expect(heartbeat.tick(at: start + .seconds(30)) == .ping)
    heartbeat.heard(at: start + .seconds(31))
    #expect(heartbeat.tick(at: start + .seconds(60)) == .wait)
    #expect(heartbeat.tick(at: start + .seconds(90)) == .ping)
  }
}
