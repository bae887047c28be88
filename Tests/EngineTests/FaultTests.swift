import ComfyAPI
import Downloads
import Foundation
import OriginLab
import Testing

@testable import Engine

/// What goes wrong between a server and a disk, over real connections: the file is right every time.
@Suite("Over a bad line", .serialized) struct FaultTests {
  private static let size = 40 << 20

  private func file(seed: UInt64 = 5, _ faults: (inout LabFaults) -> Void = { _ in }) -> LabFile {
    var file = LabFile.safetensors(size: Self.size, seed: seed)
    faults(&file.faults)
    return file
  }

  /// Downloads and expects the file to be right.
  @discardableResult
  private func expectRight(_ file: LabFile, _ bench: LabBench) async throws -> TaskResponse {
    let task = try await bench.download(file)
    #expect(task.status == .completed, "\(task.errorMessage ?? "")")
    #expect(task.result?.verified == true)
    #expect(task.result?.sha256 == file.sha256)
    let isRight = bench.placed == file.bytes(0..<file.size)
    #expect(isRight)
    return task
  }

  @Test("several connections fetch one file, and none of its bytes twice") func several()
    async throws
  {
    try await LabBench.with { bench in
      let file = file { $0.bytesPerSecond = 8 << 20 }
      try await expectRight(file, bench)
      #expect(bench.lab.contentRangesAsked.count > 2)
      #expect(bench.lab.bytesSentByContentHost < Self.size + Self.size / 4)
    }
  }

  @Test("a connection that drops after every two mebibytes costs none of them") func drops()
    async throws
  {
    try await LabBench.with { bench in
      let file = file { $0.dropAfterBytes = 2 << 20 }
      try await expectRight(file, bench)
      // What is on the way when a line breaks may be lost.
      #expect(bench.lab.bytesSentByContentHost < Self.size * 3 / 2)
    }
  }

  @Test("a server that knows no ranges sends the file over one connection") func noRanges()
    async throws
  {
    try await LabBench.with { bench in
      try await expectRight(file { $0.ignoreRange = true }, bench)
      #expect(bench.lab.contentRangesAsked.count == 1)
    }
  }

  @Test("a server that forgets about ranges loses no byte that is there") func forgetsRanges()
    async throws
  {
    try await LabBench.with { bench in
      let file = file {
        $0.ignoresLaterRanges = true
        $0.bytesPerSecond = 16 << 20
      }
      try await expectRight(file, bench)
    }
  }

  @Test("a server that answers with another range than asked for is not believed")
  func shiftedRange() async throws {
    try await LabBench.with { bench in
      let task = try await bench.download(file { $0.rangeShift = 1 })
      #expect(task.status == .failed)
      #expect(bench.placed == nil)
    }
  }

  @Test("a server that wants fewer connections gets fewer", arguments: [429, 403, 503])
  func crowded(status: Int) async throws {
    try await LabBench.with { bench in
      let file = file {
        $0.mostAtOnce = 1
        $0.crowdedStatus = status
        $0.bytesPerSecond = 20 << 20
      }
      try await expectRight(file, bench)
    }
  }

  @Test("a link that runs out in the middle is replaced") func expiring() async throws {
    try await LabBench.with { bench in
      let file = file {
        $0.linkLifetimeInRequests = 2
        $0.bytesPerSecond = 16 << 20
        $0.dropAfterBytes = 6 << 20
      }
      try await expectRight(file, bench)
    }
  }

  @Test("a link that says when it runs out is replaced before") func replacedInTime() async throws {
    try await LabBench.with { bench in
      let file = file {
        $0.linkLifetime = 1.5
        $0.bytesPerSecond = 6 << 20
        $0.dropAfterBytes = 3 << 20
      }
      try await expectRight(file, bench)
    }
  }

  @Test("a window without requests is waited for") func rateLimited() async throws {
    try await LabBench.with { bench in
      let file = file {
        $0.rateLimitedTimes = 2
        $0.rateLimitWindow = 2
      }
      try await expectRight(file, bench)
    }
  }

  @Test("a server that is down five times is asked a sixth time") func unavailable() async throws {
    try await LabBench.with { bench in
      try await expectRight(file { $0.unavailableTimes = 5 }, bench)
    }
  }

  @Test("a slow connection beside fast ones does not decide how long it takes") func slowOne()
    async throws
  {
    try await LabBench.with { bench in
      let file = file {
        $0.bytesPerSecond = 10 << 20
        $0.slowRequests = [2: 50_000]
      }
      let start = ContinuousClock.now
      try await expectRight(file, bench)
      // A quarter of the file at that speed would take minutes.
      #expect(ContinuousClock.now - start < .seconds(100))
    }
  }

  @Test("a connection that says nothing is passed over") func silentOne() async throws {
    try await LabBench.with { bench in
      let file = file {
        $0.bytesPerSecond = 10 << 20
        $0.silentRequests = [2]
      }
      let start = ContinuousClock.now
      try await expectRight(file, bench)
      #expect(ContinuousClock.now - start < .seconds(100))
    }
  }

  @Test("a tag that changes in the middle makes the source be asked again") func otherTag()
    async throws
  {
    try await LabBench.with { bench in
      let file = file {
        $0.tagChangesAt = 2
        $0.bytesPerSecond = 16 << 20
      }
      try await expectRight(file, bench)
      let questions = bench.lab.requests(at: .hub).filter { $0.path.contains("resolve") }
      #expect(questions.count >= 2)
    }
  }

  @Test("compressed answers are never asked for") func compressed() async throws {
    try await LabBench.with { bench in
      try await expectRight(file { $0.compressesWhereAllowed = true }, bench)
    }
  }

  @Test("a login page in place of the file is not taken for it") func loginPage() async throws {
    try await LabBench.with { bench in
      let task = try await bench.download(file { $0.htmlInsteadOfFile = true })
      #expect(task.status == .failed)
      #expect(task.errorMessage?.contains("web page") == true)
      #expect(bench.placed == nil)
    }
  }
}
