import ComfyAPI
import Downloads
import Foundation
import Testing

@testable import Interface

@Suite("What a transfer has met")
struct TraceTests {
  private let engine = BackendState(name: "local", connection: .online, abilities: [.trace])

  private func task() -> Download {
    var task = download(1, "a.bin", total: 1000, bytes: 500, speed: 100)
    task.taskID = "t1"
    return task
  }

  private func trace() -> TransferTrace {
    var trace = TransferTrace(taskID: "t1")
    trace.size = 1000
    trace.finished = [.init(start: 0, end: 500)]
    trace.connections = [.init(host: "cdn.example", start: 500, end: 1000, position: 500)]
    trace.resume = .init(keptBytes: 400, ofBytes: 400, reason: "The file is the same.")
    trace.hashes = [.init(kind: "sha256", expected: "00ff", found: nil)]
    trace.source.license = "apache-2.0"
    trace.source.triggerWords = ["one", "two"]
    var attempt = TransferTrace.Attempt(number: 1, startedAt: noon)
    attempt.host = "cdn.example"
    attempt.status = 503
    attempt.reason = "The server is busy."
    attempt.code = "HTTP_503"
    attempt.nextAt = noon.addingTimeInterval(30)
    trace.attempts = [attempt]
    trace.redirects = [.init(status: 302, from: "huggingface.co/o/n", to: "cdn.example/x")]
    return trace
  }

  @Test("it is asked for when the details open and once a second, and shown when it comes")
  func shown() throws {
    var state = try screen(
      [task()], columns: 70, rows: 40, backend: engine,
      settings: withoutPictures)
    #expect(state.tap(.enter) == [.trace(identifier(1))])
    #expect(state.apply(.clock(noon.addingTimeInterval(1))) == [.trace(identifier(1))])
    _ = state.apply(.outcome(.traced(trace())))
    let picture = picture(of: state.frame())
    for line in [
      "Map          ████████████████████████████▶···", "Kept         400 B of 400 B. The file is",
      "Expected     sha256 00ff", "Found        sha256 –", "Licence      apache-2.0",
      "Trigger      one, two", "Try 1        15:06:40 cdn.example HTTP 503 0 B The server is busy.",
      "next in 29s", "Redirect     302 huggingface.co/o/n → cdn.example/x",
    ] {
      #expect(picture.contains(line), "\(line)\n\(picture)")
    }
  }

  @Test("what has ended is asked about a few times only")
  func endedTask() throws {
    var ended = task()
    ended.status = .completed
    var state = try screen(
      [ended], columns: 70, rows: 40, backend: engine,
      settings: withoutPictures)
    var commands = state.tap(.enter)
    for second in 1...60 {
      commands += state.apply(.clock(noon.addingTimeInterval(Double(second))))
    }
    #expect(commands == Array(repeating: .trace(identifier(1)), count: 5))
  }

  @Test("the trace of another download is not taken for this one's")
  func otherTask() throws {
    var state = try screen(
      [task()], columns: 70, rows: 40, backend: engine,
      settings: withoutPictures)
    state.tap(.enter)
    var other = trace()
    other.taskID = "t2"
    _ = state.apply(.outcome(.traced(other)))
    #expect(!picture(of: state.frame()).contains("apache"))
  }

  @Test("a backend without traces is not asked")
  func notAsked() throws {
    var state = try screen([task()], settings: withoutPictures)
    #expect(state.tap(.enter) == [])
  }

  @Test("the speed is a graph of dots, the newest at the right")
  func graph() {
    #expect(BrailleGraph.lines([0, 4, 8], width: 10, height: 1) == ["⢠⡇"])
    #expect(BrailleGraph.lines([8, 8], width: 1, height: 2) == ["⣿", "⣿"])
    #expect(BrailleGraph.lines([8, 4], width: 1, height: 2) == ["⡇", "⣿"])
    #expect(BrailleGraph.lines([0, 0], width: 5, height: 2) == [])
    #expect(BrailleGraph.lines([8], width: -3, height: 2) == [])
    #expect(BrailleGraph.lines([.max, 1, .min], width: 5, height: 1) == ["⣇⠀"])
  }

  @Test("the map of sizes that make no sense is drawn or left out", arguments: [-1, 0, 1, .max])
  func nonsense(size: Int64) {
    var trace = trace()
    trace.size = size
    trace.finished = [.init(start: .min, end: .max), .init(start: 5, end: 1)]
    let text = ConnectionMap(trace: trace, isUnicode: false).text(width: 10)
    #expect(text == nil || text?.count == 10)
  }

  @Test("w shows the download as programs get it")
  func json() throws {
    var state = try screen([task()], columns: 70, rows: 40)
    state.tap(.enter, .character("w"))
    #expect(picture(of: state.frame()).contains(#"JSON         {"asset_id":null"#))
  }
}
