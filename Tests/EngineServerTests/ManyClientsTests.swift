import ComfyAPI
import Testing

@testable import EngineServer

@Suite("many clients of /ws")
struct ManyClientsTests {
  @Test(
    "two hundred get every message, and requests are answered meanwhile", .timeLimit(.minutes(10)))
  func twoHundred() async throws {
    let engine = FakeEngine()
    try await RunningServer.onSocket(engine) { server in
      let (greetings, greeted) = AsyncStream.makeStream(of: Void.self)
      try await withThrowingTaskGroup(of: [String].self) { group in
        for _ in 0..<200 {
          group.addTask {
            let client = try await RawWebSocket(server)
            var texts: [String] = []
            while texts.count < 6, let frame = await client.next() {
              texts.append(frame.text)
              if texts.count == 1 { greeted.yield() }
            }
            return texts
          }
        }
        var waiting = greetings.makeAsyncIterator()
        for _ in 0..<200 { await waiting.next() }
        for number in 1...5 {
          await engine.announce(.fake(downloaded: Int64(number)))
          _ = try await server.client.features()
        }
        for try await texts in group {
          #expect(texts.first?.contains(#""type":"status""#) == true)
          let bytes = texts.dropFirst().compactMap { text in
            text.firstMatch(of: /"bytes_downloaded":(\d+),/).flatMap { Int($0.1) }
          }
          #expect(bytes == [1, 2, 3, 4, 5])
        }
      }
    }
  }

  @Test("they leave room for requests, and one too many is told to try again later")
  func full() async throws {
    let limits = ServerLimits(connections: 6, feedClients: 3)
    try await RunningServer.onSocket(limits: limits) { server in
      var clients: [RawWebSocket] = []
      for _ in 0..<3 {
        let client = try await RawWebSocket(server)
        _ = await client.next()
        clients.append(client)
      }
      for _ in 0..<5 {
        let late = try await RawWebSocket(server)
        #expect(await late.rest().map(\.closeCode) == [1013])
      }
      let features = try await server.client.features()
      #expect(features.winch != nil)
      await clients.removeLast().send(.frame(0x88, [0x03, 0xE8]))
      // The place is free again once the server has seen that.
      while true {
        let next = try await RawWebSocket(server)
        if await next.next()?.head == 0x81 { break }
      }
    }
  }

  @Test("one that does not read is dropped before much is kept for it", .timeLimit(.minutes(10)))
  func slowReader() async throws {
    let engine = FakeEngine()
    try await RunningServer.onSocket(engine) { server in
      let slow = try await RawWebSocket(server)
      _ = await slow.next()
      var message = AssetDownloadMessage.fake(downloaded: 1)
      message.assetName = String(repeating: "n", count: 10_000)
      // Four times what the server keeps in the program and in the kernel.
      for _ in 0..<(4 * 2 * FeedClient.backlog / 10_000) {
        await engine.announce(message)
        try await Task.sleep(for: .milliseconds(1))
      }
      let kept = await slow.rest().reduce(0) { $0 + $1.data.count }
      #expect(kept < 4 * FeedClient.backlog)
    }
  }
}
