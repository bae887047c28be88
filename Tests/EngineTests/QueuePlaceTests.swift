import ComfyAPI
import Foundation
import HostileInput
import Testing

@testable import Engine

@Suite("The place of a link in its sender's list") struct QueuePlaceTests {
  private let queue = UUID()

  private static func url(_ number: Int) -> String {
    "https://huggingface.co/acme/model/resolve/main/\(number).safetensors"
  }

  private func place(_ number: Int, after unanswered: Range<Int> = 0..<0) -> QueuePlace {
    QueuePlace(queue: queue, number: Int64(number), unanswered: unanswered.map(Int64.init))
  }

  /// Offers so many files of which only the beginning comes.
  private func bench(
    of count: Int, _ change: (Int, inout ScriptedFile) -> Void = { _, _ in }
  ) throws -> Bench {
    let bench = try Bench()
    for number in 0..<count {
      var file = ScriptedFile(
        size: 100_000, seed: UInt8(number), name: "\(number).safetensors")
      file.holdsAt = 40_000
      change(number, &file)
      bench.source.offer(file, at: Self.url(number))
    }
    return bench
  }

  private func order(_ engine: Engine) throws -> [String] {
    try engine.tasks(TaskQuery(limit: 100)).tasks
      .sorted { ($0.progress?.queueOrder ?? 0) < ($1.progress?.queueOrder ?? 0) }.map(\.id)
  }

  @Test(
    "is that of its task, in whatever order requests come and sources answer", arguments: 0..<8)
  func order(seed: UInt64) async throws {
    var random = HostileInput(seed: seed)
    let count = 12
    let bench = try bench(of: count) { _, file in
      file.resolveDelay = .milliseconds(Int.random(in: 0...40, using: &random))
    }
    let arrivals = (0..<count).shuffled(using: &random)
    // All that a request tells of do come: none is given up.
    bench.holdPauses(true)
    try await bench.withEngine { engine in
      let ids = try await withThrowingTaskGroup(of: (number: Int, id: String).self) { group in
        for number in arrivals {
          group.addTask {
            let place = place(number, after: 0..<number)
            return (number, try await engine.queue(Self.url(number), at: place))
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
          .sorted { $0.number < $1.number }.map(\.id)
      }
      #expect(try order(engine) == ids)
      // Two at one time.
      for id in ids.prefix(2) { try await engine.reached(40_000, id) }
      for id in ids.dropFirst(2) { #expect(try await engine.task(id).status == .created) }
      try await engine.cancel(ids[0])
      try await engine.reached(40_000, ids[2])
      #expect(try await engine.task(ids[3]).status == .created)
    }
  }

  @Test("is kept for a request that was lost and comes again, behind the link in front of it")
  func lost() async throws {
    let bench = try bench(of: 7)
    try await bench.withEngine { engine in
      var ids: [String] = []
      for number in [0, 1, 2, 4, 5] {
        ids.append(try await engine.queue(Self.url(number), at: place(number)))
      }
      for id in ids.prefix(2) { try await engine.reached(40_000, id) }
      let stranger = try await engine.queue(Self.url(6))
      try await engine.move(ids[4], to: .top)
      let late = try await engine.queue(Self.url(3), at: place(3))
      #expect(
        try order(engine).filter { !ids.prefix(2).contains($0) }
          == [ids[4], ids[2], late, ids[3], stranger])
    }
  }

  @Test("is not that of another sender's list")
  func strangers() async throws {
    let bench = try bench(of: 3)
    try await bench.withEngine { engine in
      let first = try await engine.queue(Self.url(0), at: place(8, after: 0..<0))
      let other = QueuePlace(queue: UUID(), number: 2)
      let second = try await engine.queue(Self.url(1), at: other)
      #expect(try order(engine) == [first, second])
    }
  }

  @Test("lets those behind it begin when its request is refused")
  func refused() async throws {
    let bench = try bench(of: 3) { number, file in
      guard number < 2 else { return }
      file.resolveErrors = [.refusal("GONE", .giveUp)]
      file.resolveDelay = .milliseconds(50)
    }
    bench.holdPauses(true)
    try await bench.withEngine { engine in
      let last = try await engine.queue(Self.url(2), at: place(2, after: 0..<2))
      for number in 0..<2 {
        #expect(try await engine.task(last).status == .created)
        await #expect(throws: EngineError.self) {
          _ = try await engine.queue(Self.url(number), at: place(number))
        }
      }
      try await engine.reached(40_000, last)
    }
  }

  @Test("is not held for ever for a request that never comes")
  func neverComes() async throws {
    let bench = try bench(of: 3)
    bench.holdPauses(true)
    try await bench.withEngine { engine in
      let last = try await engine.queue(Self.url(2), at: place(2, after: 0..<2))
      // What has no place before it waits for nobody.
      let other = try await engine.queue(
        Self.url(1), at: QueuePlace(queue: UUID(), number: 3))
      #expect(try await engine.task(last).status == .created)
      bench.holdPauses(false)
      try await engine.reached(40_000, last)
      try await engine.reached(40_000, other)
      #expect(bench.pausesAsked == [QueueArrivals.patience])
    }
  }
}
