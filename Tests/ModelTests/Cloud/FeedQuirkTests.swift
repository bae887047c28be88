import CloudLab
import Downloads
import Foundation
import Synchronization
import Testing

@testable import Model

@Suite("The cloud's feed at its worst", .serialized)
struct FeedQuirkTests {
  private static let quirks: [(String, @Sendable (inout CloudFeed.Quirks) -> Void)] = [
    ("muted", { $0.isMuted = true }),
    ("lossy", { $0.dropsEvery = 2 }),
    ("repeating", { $0.copies = 3 }),
    ("swapping", { $0.swapsPairs = true }),
    ("late", { $0.delay = .milliseconds(300) }),
    ("refused", { $0.refusal = 403 }),
  ]

  @Test(
    "whatever it does, the board ends with what the cloud knows, and no bar goes back",
    arguments: quirks.indices)
  func truth(index: Int) async throws {
    try await CloudLab.withRunning { lab in
      var quirks = CloudFeed.Quirks()
      Self.quirks[index].1(&quirks)
      lab.feed.quirks = quirks
      try await LiveBoard.withRunning(lab, speed: 1) { live in
        let watch = Task { await Self.backwardSteps(of: live.board) }
        let tasks = try await live.start(4)
        for step in 1...5 {
          for task in tasks { lab.progress(task.id, step * 100, of: 1000) }
          try await Task.sleep(for: .milliseconds(20))
        }
        lab.complete(tasks[0].id)
        lab.move(tasks[1].id, to: "failed", error: "The site hung up.")
        lab.feed.cut()
        lab.move(tasks[2].id, to: "cancelled")
        lab.progress(tasks[3].id, 700, of: 1000)
        #expect(await live.isTrue(), "\(Self.quirks[index].0)")
        watch.cancel()
        #expect(await watch.value == 0)
      }
    }
  }

  /// How often a download had fewer bytes than before.
  private static func backwardSteps(of board: Board) async -> Int {
    var most: [UUID: Int64] = [:]
    var steps = 0
    for await snapshot in await board.snapshots() {
      for download in snapshot.downloads {
        let bytes = download.bytesDownloaded ?? 0
        if bytes < most[download.id, default: 0] { steps += 1 }
        most[download.id] = max(bytes, most[download.id, default: 0])
      }
      if Task.isCancelled { break }
    }
    return steps
  }

  @Test("a line that dies is made anew")
  func reconnects() async throws {
    try await LiveBoard.withRunning { live in
      #expect(await eventually { live.lab.feed.listeners == 1 })
      live.lab.feed.cut()
      #expect(await eventually { live.lab.feed.connections == 2 })
    }
  }

  @Test("a line that is refused is tried less and less often")
  func backsOff() async throws {
    try await CloudLab.withRunning { lab in
      lab.feed.quirks.refusal = 503
      try await LiveBoard.withRunning(lab, intervals: .init()) { _ in
        #expect(await eventually { lab.requests("GET /ws").count == 3 })
      }
      let times = lab.requests("GET /ws").map(\.time)
      #expect(times[1] - times[0] >= .milliseconds(450))
      #expect(times[2] - times[1] >= .milliseconds(950))
    }
  }

  @Test("an end that is told again and again is not asked for each time")
  func repeatedEnd() async throws {
    try await LiveBoard.withRunning { live in
      let tasks = try await live.start()
      #expect(await eventually { live.lab.feed.listeners == 1 })
      live.lab.complete(tasks[0].id)
      #expect(await live.isTrue())
      live.lab.forgetRequests()
      for _ in 0..<20 { live.lab.repeatMessage(tasks[0].id) }
      try await Task.sleep(for: .milliseconds(200))
      #expect(live.lab.requests("GET /api/tasks/").count < 3)
    }
  }

  @Test("a task that was started elsewhere is shown once, and not asked for at each message")
  func stranger() async throws {
    try await CloudLab.withRunning { lab in
      try await LiveBoard.withRunning(lab, speed: 1) { live in
        #expect(await eventually { lab.feed.listeners == 1 })
        try await Task.sleep(for: .milliseconds(200))
        lab.forgetRequests()
        let task = lab.startElsewhere(LiveBoard.links(1)[0])
        for step in 1...20 { lab.progress(task.id, step, of: 100) }
        #expect(await live.isTrue())
        // The list may find it at the same time.
        #expect((1...2).contains(lab.requests("GET /api/tasks/").count))
      }
    }
  }
}
