import CloudLab
import ComfyAPI
import Foundation
import TestTerminal
import Testing

/// The real binary queues many links at a cloud that takes its time.
@Suite("Many links to the cloud", .serialized)
struct CloudQueueTests {
  @Test("a thousand links are accepted in order, each once")
  func thousand() async throws {
    try await CloudBench.withRunning { bench in
      let links = CloudBench.links(1000)
      bench.lab.set(\.latency, .milliseconds(50))
      let start = ContinuousClock.now
      let added = try await bench.sandbox.run(["add", "--from", try bench.list(of: links)])
      #expect(added.status == 0, "\(added.errors)")
      #expect(ContinuousClock.now - start < .seconds(600))
      #expect(added.output.split(separator: "\n").count == 1000)
      expectInOrder(bench.lab.sentURLs, links)
      let shown = try await bench.listed()
      #expect(shown.map { $0["url"]?.string } == links)
      #expect(Set(shown.compactMap { $0["task_id"]?.string }) == Set(bench.lab.tasks.map(\.id)))
    }
  }

  @Test("Control-C keeps all of them, and what was not sent is sent later, none twice")
  func interrupted() async throws {
    try await CloudBench.withRunning { bench in
      let links = CloudBench.links(300)
      bench.lab.set(\.latency, .milliseconds(50))
      let running = try bench.sandbox.start(["add", "--from", try bench.list(of: links)])
      #expect(await eventually { bench.lab.tasks.count > 40 })
      kill(running.processID, SIGINT)
      #expect(await running.status() == 130)
      #expect(bench.lab.tasks.count < 300)
      #expect(try await settled(bench, links))
    }
  }

  @Test("twenty kill -9 at any moment lose no link and send none twice")
  func killed() async throws {
    try await CloudBench.withRunning { bench in
      let links = CloudBench.links(200)
      bench.lab.set(\.latency, .milliseconds(50))
      let list = try bench.list(of: links)
      var moments = SystemRandomNumberGenerator()
      var isQueued = false
      for _ in 0..<20 {
        let running = try bench.sandbox.start(isQueued ? ["ls"] : ["add", "--from", list])
        let asked = bench.lab.requests.count
        // Some die before their first request, most while several are under way.
        let most = Int.random(in: 0...12, using: &moments)
        _ = await eventually(within: .seconds(2)) { bench.lab.requests.count >= asked + most }
        try await Task.sleep(for: .milliseconds(Int.random(in: 0...30, using: &moments)))
        kill(running.processID, SIGKILL)
        _ = await running.status()
        // All links are queued in one go, or none of them.
        if !isQueued { isQueued = try await !bench.kept().isEmpty }
      }
      if !isQueued { _ = try await bench.sandbox.run(["add", "--from", list]) }
      #expect(try await settled(bench, links))
    }
  }

  /// Waits until the cloud has one task for each link and the program shows just those.
  private func settled(_ bench: CloudBench, _ links: [String]) async throws -> Bool {
    let isDone = try await eventually {
      try await bench.listed().allSatisfy { $0["task_id"]?.string != nil }
    }
    let tasks = bench.lab.tasks
    #expect(tasks.map(\.url).sorted() == links)
    let shown = try await bench.listed()
    #expect(shown.map { $0["url"]?.string } == links)
    #expect(shown.map { $0["task_id"]?.string }.sorted() == tasks.map(\.id).sorted())
    return isDone
  }

  /// A few are under way at a time, and some of these arrive late: each is near its own place.
  private func expectInOrder(_ sent: [String], _ links: [String]) {
    #expect(sent.sorted() == links)
    let places = Dictionary(sent.enumerated().map { ($1, $0) }) { first, _ in first }
    for (place, link) in links.enumerated() {
      #expect(abs((places[link] ?? .max / 2) - place) <= 50, "\(link)")
    }
  }
}

extension [String?] {
  fileprivate func sorted() -> [String] { compactMap(\.self).sorted() }
}
