import Downloads
import OriginLab
import Testing

@testable import Origins

@Suite struct ContentTests {
  /// Resolves a file with faults and asks for its content.
  private func content(
    from offset: Int64, size: Int = 1000, _ change: (inout LabFaults) -> Void
  ) async throws -> Result<(start: Int64, bytes: [UInt8]), OriginError> {
    let lab = try await OriginLab.start()
    var faults = LabFaults()
    change(&faults)
    lab.addHuggingFace(
      repo: "acme/model", path: "a.bin", file: LabFile(size: size, seed: 1, faults: faults))
    let resolver = try lab.resolver()
    let file = try await resolver.resolve(lab.hubReference("a.bin"))
    do throws(OriginError) {
      let stream = try await resolver.content(of: file, from: offset)
      let bytes = try? await stream.collected()
      await lab.stop()
      return .success((stream.start, bytes ?? []))
    } catch {
      await lab.stop()
      return .failure(error)
    }
  }

  private func failure(
    from offset: Int64 = 0, _ change: (inout LabFaults) -> Void
  ) async throws -> OriginError {
    guard case .failure(let error) = try await content(from: offset, change) else {
      throw NotRefused()
    }
    return error
  }

  @Test("Content begins where it was asked to", arguments: [0, 1, 999] as [Int64])
  func ranges(offset: Int64) async throws {
    let answer = try await content(from: offset) { _ in }.get()
    #expect(answer.start == offset)
    #expect(answer.bytes == LabFile(size: 1000, seed: 1).bytes(Int(offset)..<1000))
  }

  @Test("A range is asked for even from the beginning, and no compression")
  func alwaysARange() async throws {
    try await OriginLab.withRunning { lab in
      lab.addHuggingFace(repo: "acme/model", path: "a.bin", file: LabFile(size: 9, seed: 1))
      let resolver = try lab.resolver()
      let file = try await resolver.resolve(lab.hubReference("a.bin"))
      _ = try await resolver.content(of: file, from: 0).collected()
      let request = try #require(lab.requests(at: .content).last)
      #expect(request.headers["range"] == "bytes=0-")
      #expect(request.headers["accept-encoding"] == "identity")
    }
  }

  @Test("A server that ignores ranges is said to begin at 0")
  func ignoresRange() async throws {
    let answer = try await content(from: 500) { $0.ignoreRange = true }.get()
    #expect(answer.start == 0)
    #expect(answer.bytes.count == 1000)
  }

  @Test("Another total than announced is refused")
  func wrongTotal() async throws {
    let error = try await failure(from: 10) { $0.wrongContentRangeTotal = true }
    #expect(error.failure.code == "SIZE_MISMATCH")
  }

  @Test("A link that has run out is resolved again")
  func expired() async throws {
    let error = try await failure { $0.linkLifetimeInRequests = 0 }
    #expect(error.advice == .resolveAgain)
  }

  @Test("A web page in place of the file is refused")
  func webPage() async throws {
    let error = try await failure { $0.htmlInsteadOfFile = true }
    #expect(["SOURCE_SERVER_ERROR", "SIZE_MISMATCH"].contains(error.failure.code))
  }

  @Test("A server that is overloaded says how long to wait")
  func overloaded() async throws {
    let unavailable = try await failure { $0.unavailableTimes = 1 }
    #expect(unavailable.advice == .retry(after: 2))
    let limited = try await failure { $0.rateLimitedTimes = 1 }
    #expect(limited.failure.code == "RATE_LIMITED")
  }

  @Test("A range behind the end never counts as a finished file")
  func behindTheEnd() async throws {
    let error = try await failure(from: 1000) { _ in }
    #expect(error.advice == .resolveAgain)
  }
}
