import ComfyAPI
import Downloads
import Foundation
import Testing

@testable import Interface

@Suite("Queue and speed")
struct QueueTests {
  private func engine(limit: Int64? = nil) -> BackendState {
    BackendState(
      name: "local", connection: .online, abilities: [.pause, .move, .limits], limit: limit)
  }

  private func task(_ number: Int, _ status: DownloadStatus, _ phase: TaskPhase? = nil) -> Download
  {
    var task = download(number, "\(number).bin", status, phase: phase)
    task.taskID = "\(number)"
    return task
  }

  @Test(
    "a backend that cannot says so", arguments: ["p", "P", "K", "}", "S", "+", "-", "T"])
  func unable(key: Character) throws {
    var state = try screen([task(1, .created)])
    #expect(state.tap(.character(key)) == [])
    #expect(state.message?.text.hasPrefix("local cannot ") == true)
  }

  @Test("p pauses what goes, and lets go on what is paused")
  func pauses() throws {
    var state = try screen([task(1, .running), task(2, .created, .paused)], backend: engine())
    #expect(state.tap(.character("p")) == [.resume([identifier(2)])])
    #expect(state.tap(.character("k"), .character("p")) == [.pause([identifier(1)])])
    #expect(state.tap(.character("P")) == [.pause([identifier(1)])])
    #expect(picture(of: state.frame()).contains("‖ paused"))
  }

  @Test("the header counts what is held back apart from what waits for its turn")
  func counted() throws {
    let tasks = [task(1, .running), task(2, .created, .paused), task(3, .created)]
    let state = try screen(tasks, columns: 60, rows: 8, backend: engine())
    #expect(state.frame().text(0).hasSuffix("1 active  1 queued  1 paused"))
  }

  @Test("what has ended cannot be paused, and what flows cannot be moved")
  func reasons() throws {
    var state = try screen([task(1, .completed), task(2, .running)], backend: engine())
    state.tap(.character("K"))
    #expect(state.message?.text == "It is running: only what waits is moved.")
    state.tap(.character("g"), .character("p"))
    #expect(state.message?.text == "It is completed: nothing to pause.")
  }

  @Test(
    "rows that wait stand in the backend's order, the cursor on its own, others where they were")
  func order() throws {
    var downloads = [task(1, .created), task(2, .running), task(3, .created), task(4, .created)]
    downloads[0].queueOrder = 10
    downloads[2].queueOrder = 30
    downloads[3].queueOrder = 40
    var state = try screen(downloads, backend: engine())
    func names() -> [String] { state.list.visible.map { state.list.downloads[$0].name } }
    #expect(names() == ["1.bin", "2.bin", "3.bin", "4.bin"])
    downloads[3].queueOrder = 5
    _ = state.apply(.snapshot(BoardSnapshot(downloads: downloads, backend: engine())))
    #expect(names() == ["4.bin", "2.bin", "1.bin", "3.bin"])
    #expect(state.list.selected?.name == "4.bin")
  }

  @Test("K moves up, and u moves back")
  func moves() throws {
    var state = try screen([task(1, .created), task(2, .created)], backend: engine())
    #expect(state.tap(.character("K")) == [.move([identifier(2)], to: .up)])
    #expect(state.tap(.character("u")) == [.move([identifier(2)], to: .down)])
    #expect(state.tap(.character("}")) == [.move([identifier(2)], to: .end)])
  }

  @Test("what has stopped is moved like what has not begun, what waits for its site is not")
  func movesStopped() throws {
    var tasks = [task(1, .created), task(2, .running, .waiting)]
    tasks[1].isMovable = true
    var state = try screen(tasks, backend: engine())
    #expect(state.tap(.character("K")) == [.move([identifier(2)], to: .up)])
    tasks[1].isMovable = false
    state = try screen(tasks, backend: engine())
    #expect(state.tap(.character("K")) == [])
    #expect(state.message?.text == "It is under way, and waits to go on: pause it first.")
  }

  /// Downloads that wait, in the order of their numbers.
  private func queue(_ numbers: Int...) -> [Download] {
    numbers.enumerated().map { place, number in
      var download = task(number, .created)
      download.queueOrder = Int64(place)
      return download
    }.sorted { $0.id.uuidString < $1.id.uuidString }
  }

  private func ids(_ numbers: Int...) -> [Download.ID] { numbers.map(identifier) }

  @Test(
    "u brings what was moved back to where it was, by the shorter way",
    arguments: [
      ("{", 4, [4, 1, 2, 3, 5], Command.move([identifier(4), identifier(5)], to: .end)),
      ("}", 2, [1, 3, 4, 5, 2], .move([identifier(1), identifier(2)], to: .top)),
      ("K", 2, [2, 1, 3, 4, 5], .move([identifier(1)], to: .top)),
      ("J", 4, [1, 2, 3, 5, 4], .move([identifier(5)], to: .end)),
    ] as [(Character, Int, [Int], Command)])
  func movedBack(key: Character, number: Int, moved: [Int], expected: Command) throws {
    var state = try screen(queue(1, 2, 3, 4, 5), backend: engine())
    state.list.select(identifier(number))
    state.tap(.character(key))
    var after: [Download] = []
    for (place, number) in moved.enumerated() {
      var download = task(number, .created)
      download.queueOrder = Int64(place)
      after.append(download)
    }
    after.sort { $0.id.uuidString < $1.id.uuidString }
    _ = state.apply(.snapshot(BoardSnapshot(downloads: after, backend: engine())))
    #expect(state.tap(.character("u")) == [expected])
  }

  @Test("what stands at the end already is not moved, and nothing is there to take back")
  func atTheEnd() throws {
    var state = try screen(queue(1, 2, 3), backend: engine())
    #expect(state.tap(.character("g"), .character("K")) == [])
    #expect(state.message?.text == "1.bin: at the top already.")
    #expect(state.tap(.character("G"), .character("}")) == [])
    #expect(state.undos.isEmpty)
  }

  @Test("u leaves alone what has begun meanwhile, and puts what is new behind the rest")
  func movedBackLater() throws {
    var state = try screen(queue(1, 2, 3), backend: engine())
    state.list.select(identifier(3))
    state.tap(.character("{"))
    var later = queue(3, 2, 4)
    later.insert(task(1, .running), at: 0)
    _ = state.apply(.snapshot(BoardSnapshot(downloads: later, backend: engine())))
    #expect(state.tap(.character("u")) == [.move(ids(2), to: .top)])
  }

  @Test("S lets the others go first, and u puts it at the top of the queue")
  func skips() throws {
    var state = try screen([task(1, .running)] + queue(2, 3), backend: engine())
    state.tap(.character("g"))
    #expect(state.tap(.character("S")) == [.skip(ids(1))])
    let skipped = [task(2, .running)] + queue(3, 1)
    _ = state.apply(
      .snapshot(
        BoardSnapshot(
          downloads: skipped.sorted { $0.id.uuidString < $1.id.uuidString }, backend: engine())))
    #expect(state.tap(.character("u")) == [.move(ids(1), to: .top)])
  }

  @Test("S says why it would be of no use")
  func skipsNothing() throws {
    var state = try screen([task(1, .running), task(2, .completed)], backend: engine())
    #expect(state.tap(.character("S")) == [])
    #expect(state.message?.text == "It is completed: it holds up no other download.")
    #expect(state.tap(.character("k"), .character("S")) == [])
    #expect(state.message?.text == "Nothing else waits: it would begin again at once.")
  }

  @Test(
    "a limit is typed as people write speeds",
    arguments: [
      ("5M", 5_000_000), ("800k", 800_000), ("2.5MB/s", 2_500_000), ("123456", 123_456),
      ("1G", 1_000_000_000),
    ])
  func limits(text: String, speed: Int64) throws {
    var state = try screen([], backend: engine())
    state.tap(.character("="))
    _ = state.type(text)
    #expect(state.tap(.enter).last == .setLimit(speed))
  }

  @Test("what is no speed is refused", arguments: ["fast", "-5M", "5", "1e99", "nan", "inf", "k"])
  func notASpeed(text: String) throws {
    var state = try screen([], backend: engine())
    _ = state.type(":limit \(text)")
    #expect(!state.tap(.enter).contains { if case .setLimit = $0 { true } else { false } })
    #expect(state.message?.kind == .problem)
  }

  @Test("+ and - go by steps, beyond the highest there is no limit")
  func steps() throws {
    var state = try screen([], backend: engine(limit: 3_000_000))
    #expect(state.tap(.character("+")) == [.setLimit(5_000_000)])
    #expect(state.tap(.character("-")) == [.setLimit(2_000_000)])
    var fast = try screen([], backend: engine(limit: 1_000_000_000))
    #expect(fast.tap(.character("+")) == [.setLimit(nil)])
    #expect(fast.frame().text(0).contains("at most 1.0 GB/s"))
  }

  @Test("T slows down, and again brings the limit of before back")
  func turtle() throws {
    var state = try screen([], backend: engine(limit: 20_000_000))
    #expect(state.tap(.character("T")) == [.setLimit(1_000_000)])
    #expect(state.tap(.character("T")) == [.setLimit(20_000_000)])
  }

  @Test("a host that asked to be left alone is shown with the time that is left")
  func waitingHost() throws {
    var backend = engine()
    backend.waitingHosts = [
      WaitingHost(host: "huggingface.co", until: noon.addingTimeInterval(42), reason: "429")
    ]
    let header = try screen([], columns: 100, backend: backend).frame().text(0)
    #expect(header.contains("huggingface.co waits 42s"))
  }
}
