import Downloads
import Testing

@testable import winch

@Suite("The status of several things together")
struct ExitStatusTests {
  /// Swift Testing has a type of that name, too.
  typealias Status = winch.ExitStatus

  static let others: [(Status, Status, Status)] = [
    (.done, .done, .done), (.done, .cannotWrite, .cannotWrite),
    (.cannotWrite, .done, .cannotWrite), (.cannotWrite, .cannotWrite, .cannotWrite),
    (.cannotWrite, .downloadFailed, .downloadFailed),
    (.downloadFailed, .cannotWrite, .downloadFailed), (.done, .unavailable, .downloadFailed),
  ]

  @Test("is 73 only where nothing else is wrong", arguments: others)
  func joined(first: Status, second: Status, both: Status) {
    #expect(first.joined(with: second) == both)
  }

  @Test("goes by the code of a failure, and is 1 where there is none")
  func failures() {
    let full = DownloadFailure(code: "CANNOT_WRITE", message: "")
    #expect(Status.done.joined(with: full) == .cannotWrite)
    #expect(
      Status.done.joined(with: DownloadFailure(code: "DISK_FULL", message: ""))
        == .downloadFailed)
    #expect(Status.done.joined(with: Optional<DownloadFailure>.none) == .downloadFailed)
  }
}
