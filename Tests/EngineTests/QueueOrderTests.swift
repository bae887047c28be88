import ComfyAPI
import Foundation
import Testing

@testable import Engine

@Suite("The queue's order") struct QueueOrderTests {
  private static func url(_ number: Int) -> String {
    "https://huggingface.co/acme/model/resolve/main/\(number).safetensors"
  }

  /// Two files that hold up both transfers, and three that wait.
  private func with(
    _ body: @Sendable (Bench, Engine, [String]) async throws -> Void
  ) async throws {
    let bench = try Bench()
    for number in 1...5 {
      var file = ScriptedFile(size: 100_000, seed: UInt8(number), name: "\(number).safetensors")
      if number < 3 { file.holdsAt = 40_000 }
      bench.source.offer(file, at: Self.url(number))
    }
    try await bench.withEngine { engine in
      var ids: [String] = []
      for number in 1...5 { ids.append(try await engine.queue(Self.url(number))) }
      for id in ids.prefix(2) { try await engine.reached(40_000, id) }
      try await body(bench, engine, ids)
    }
  }

  private func order(_ engine: Engine) throws -> [String] {
    let page = try engine.tasks(TaskQuery(limit: 100))
    return page.tasks.filter { $0.progress?.queueOrder != nil }
      .sorted { ($0.progress?.queueOrder ?? 0) < ($1.progress?.queueOrder ?? 0) }.map(\.id)
  }

  @Test("is that of arrival until somebody changes it") func arrival() async throws {
    try await with { _, engine, ids in
      let order = try order(engine)
      #expect(order == ids)
    }
  }

  @Test(
    "puts a waiting task up, down, first or last among those that wait",
    arguments: [
      (TaskMove.Place.top, [0, 1, 3, 2, 4]), (.up, [0, 1, 3, 2, 4]), (.down, [0, 1, 2, 4, 3]),
      (.end, [0, 1, 2, 4, 3]),
    ])
  func moves(place: TaskMove.Place, expected: [Int]) async throws {
    try await with { _, engine, ids in
      try await engine.move(ids[3], to: place)
      let places = try order(engine).filter { ids.prefix(2).contains($0) == false }
      #expect(places == expected.dropFirst(2).map { ids[$0] })
    }
  }

  @Test("does not change at its ends") func ends() async throws {
    try await with { _, engine, ids in
      try await engine.move(ids[2], to: .up)
      try await engine.move(ids[2], to: .top)
      try await engine.move(ids[4], to: .down)
      try await engine.move(ids[4], to: .end)
      #expect(try order(engine) == ids)
    }
  }

  @Test("decides which task begins next") func begins() async throws {
    try await with { bench, engine, ids in
      try await engine.move(ids[4], to: .top)
      bench.source.change(Self.url(5)) { $0?.holdsAt = 40_000 }
      try await engine.cancel(ids[0])
      try await engine.reached(40_000, ids[4])
      #expect(try await engine.task(ids[2]).status == .created)
    }
  }

  @Test("says no to a task that is under way, or has ended") func refuses() async throws {
    try await with { _, engine, ids in
      let movable = try await engine.task(ids[0]).progress?.isMovable
      #expect(movable == false)
      await #expect(throws: EngineError.self) { try await engine.move(ids[0], to: .end) }
      #expect(try await engine.task(ids[4]).progress?.isMovable == true)
      try await engine.cancel(ids[4])
      await #expect(throws: EngineError.self) { try await engine.move(ids[4], to: .top) }
    }
  }
}

@Suite("A queue of small files first") struct SmallFilesFirstTests {
  private static func url(_ number: Int) -> String {
    "https://huggingface.co/acme/model/resolve/main/\(number).safetensors"
  }

  /// Two files that hold up both transfers; behind them some that wait, of so many bytes each, or of an
  /// unknown size.
  private func with(
    _ sizes: [Int?], isWished: Bool = true,
    _ body: @Sendable (Bench, Engine, [String]) async throws -> Void
  ) async throws {
    let bench = try Bench()
    for (number, size) in ([100_000, 100_000] + sizes).enumerated() {
      var file = ScriptedFile(
        size: size ?? 400, seed: UInt8(number), name: "\(number).safetensors")
      file.knowsSize = size != nil
      if number < 2 { file.holdsAt = 40_000 }
      bench.source.offer(file, at: Self.url(number))
    }
    try await bench.withEngine(smallFilesFirst: isWished) { engine in
      for number in 0..<2 {
        try await engine.reached(40_000, try await engine.queue(Self.url(number)))
      }
      var ids: [String] = []
      for number in 2..<(2 + sizes.count) { ids.append(try await engine.queue(Self.url(number))) }
      try await body(bench, engine, ids)
    }
  }

  /// The numbers of the waiting tasks in the queue's order.
  private func order(_ engine: Engine, _ ids: [String]) throws -> [Int] {
    let tasks = try engine.tasks(TaskQuery(limit: 100)).tasks
    return tasks.filter { ids.contains($0.id) }
      .sorted { ($0.progress?.queueOrder ?? 0) < ($1.progress?.queueOrder ?? 0) }
      .compactMap { ids.firstIndex(of: $0.id) }
  }

  @Test("begins the smaller first, and of two of one size the earlier") func bySize() async throws {
    try await with([500, 300, 900, 300]) { _, engine, ids in
      let order = try order(engine, ids)
      #expect(order == [1, 3, 0, 2])
    }
  }

  @Test("begins what has no known size last, in the order of the queue") func unknown() async throws
  {
    try await with([nil, 500, nil, 300]) { _, engine, ids in
      let order = try order(engine, ids)
      #expect(order == [3, 1, 0, 2])
    }
  }

  @Test("leaves what somebody has moved in its place") func moved() async throws {
    try await with([500, 300, 900]) { _, engine, ids in
      try await engine.move(ids[2], to: .top)
      try await engine.cancel(ids[1])
      try await engine.retry(ids[1])
      let order = try order(engine, ids)
      #expect(order == [2, 1, 0])
    }
  }

  @Test("leaves what has begun in its place") func begun() async throws {
    let bench = try Bench()
    bench.offerHeldFile()
    bench.offerOtherFile(size: 500)
    let id = try await bench.withEngine { engine in
      let id = try await engine.queueUntilHeld()
      try await engine.pause(id)
      return id
    }
    try await bench.withEngine(smallFilesFirst: true) { engine in
      let other = try await engine.queue(Bench.otherURL)
      #expect(try order(engine, [id, other]) == [0, 1])
    }
  }

  @Test("is made where nobody wished it before") func laterWish() async throws {
    let bench = try Bench()
    var ids: [String] = []
    for (number, size) in [900, 300].enumerated() {
      let file = ScriptedFile(size: size, seed: UInt8(number), name: "\(number).safetensors")
      bench.source.offer(file, at: Self.url(number))
    }
    // An engine that only takes requests.
    do {
      let engine = try bench.engine()
      for number in 0..<2 {
        ids.append(try await engine.queue(Self.url(number)))
        try await engine.pause(ids[number])
      }
      #expect(try order(engine, ids) == [0, 1])
    }
    let queued = ids
    try await bench.withEngine(smallFilesFirst: true) { engine in
      _ = try await eventually("the queue is ordered") {
        let order = try order(engine, queued)
        return order == [1, 0] ? true : nil
      }
    }
  }

  @Test("is not made unless it is wished") func notWished() async throws {
    try await with([500, 300], isWished: false) { _, engine, ids in
      let order = try order(engine, ids)
      #expect(order == [0, 1])
    }
  }

  @Test("is the order in which they begin") func begins() async throws {
    try await with([100_000, 500]) { bench, engine, ids in
      bench.source.change(Self.url(2)) { $0?.holdsAt = 40_000 }
      let holder = try engine.tasks(TaskQuery(limit: 100)).tasks.first { !ids.contains($0.id) }
      try await engine.cancel(try #require(holder).id)
      try await engine.reached(40_000, ids[0])
      let large = try #require(try await engine.task(ids[0]).startedAt)
      let small = try #require(try await engine.task(ids[1]).startedAt)
      #expect(small <= large)
    }
  }
}

@Suite("A paused task") struct PauseTests {
  @Test("keeps its bytes, lets the next one begin, and goes on where it was")
  func goesOn() async throws {
    let bench = try Bench()
    let file = bench.offerHeldFile()
    let task = try await bench.withEngine { engine in
      let id = try await engine.queueUntilHeld()
      try await engine.pause(id)
      let paused = try await engine.task(id)
      #expect(paused.status == .created)
      #expect(paused.progress?.phase == .paused)
      #expect(paused.progress?.bytesDownloaded == 40_000)
      bench.releaseFile()
      try await engine.resume(id)
      return try await engine.ended(id)
    }
    #expect(task.status == .completed)
    #expect(bench.source.offsets == [0, 40_000])
    #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
  }

  @Test("stays paused over a new start of the engine") func restart() async throws {
    let bench = try Bench()
    bench.offerHeldFile()
    bench.offerOtherFile(size: 10)
    let id = try await bench.withEngine { engine in
      let id = try await engine.queueUntilHeld()
      try await engine.pause(id)
      return id
    }
    try await bench.withEngine { engine in
      let other = try await engine.queue(Bench.otherURL)
      _ = try await engine.ended(other)
      #expect(try await engine.task(id).progress?.phase == .paused)
      #expect(bench.source.offsets == [0, 0])
      #expect(try await engine.task(id).progress?.bytesDownloaded == 40_000)
    }
  }

  @Test("can be cancelled, and retried from the queue") func cancelled() async throws {
    let bench = try Bench()
    bench.offerHeldFile()
    try await bench.withEngine { engine in
      let id = try await engine.queueUntilHeld()
      try await engine.pause(id)
      try await engine.cancel(id)
      await #expect(throws: EngineError.self) { try await engine.resume(id) }
      bench.releaseFile()
      try await engine.retry(id)
      #expect(try await engine.ended(id).status == .completed)
    }
    #expect(bench.source.offsets == [0, 40_000])
  }

  @Test("that has ended cannot be paused") func ended() async throws {
    let bench = try Bench()
    bench.source.offer(ScriptedFile(size: 10), at: Bench.url)
    try await bench.withEngine { engine in
      let id = try await engine.queue()
      _ = try await engine.ended(id)
      await #expect(throws: EngineError.self) { try await engine.pause(id) }
    }
  }

  @Test("cancelled with its partial file leaves nothing, and a retry begins anew")
  func partialDeleted() async throws {
    let bench = try Bench()
    bench.offerHeldFile()
    try await bench.withEngine { engine in
      let id = try await engine.queueUntilHeld()
      try await engine.cancel(id, deletesPartial: true)
      #expect(bench.workFiles == [])
      #expect(try await engine.task(id).progress?.bytesDownloaded == 0)
      bench.releaseFile()
      try await engine.retry(id)
      #expect(try await engine.ended(id).status == .completed)
    }
    #expect(bench.source.offsets == [0, 0])
  }

  @Test("that failed gives its partial file up when it is asked to, and stays failed")
  func partialOfFailedDeleted() async throws {
    let bench = try Bench()
    bench.offerHeldFile()
    let id = try await bench.withEngine { try await $0.queueUntilHeld() }
    bench.source.change(Bench.url) { $0?.resolveErrors = [.refusal("GONE", .giveUp)] }
    try await bench.withEngine { engine in
      #expect(try await engine.ended(id).status == .failed)
      await #expect(throws: EngineError.self) { try await engine.cancel(id) }
      #expect(bench.read(".winch/\(id).part") != nil)
      try await engine.cancel(id, deletesPartial: true)
      #expect(bench.read(".winch/\(id).part") == nil)
      #expect(try await engine.task(id).status == .failed)
    }
  }
}
