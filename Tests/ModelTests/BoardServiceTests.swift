import ComfyClient
import Downloads
import Foundation
import Testing
import Transport

@testable import Model

@Suite("A backend that cannot be reached")
struct BoardServiceTests {
  /// What the board says of the connection after the way to the backend has failed.
  private func connection(
    after failure: DownloadFailure
  ) async throws -> BackendState.Connection {
    let client = ComfyClient(
      backend: Backend(name: "local", address: .http(base: "http://127.0.0.1:9", key: nil)),
      transport: HTTPTransport())
    let board = try Board(journal: Journal(), client: client)
    let service = BoardService(
      board: board, intervals: .brisk,
      reachBackend: { () throws(DownloadFailure) in throw failure })
    let running = Task { await service.run() }
    #expect(await eventually { await board.snapshot.backend.connection != .connecting })
    running.cancel()
    await running.value
    return await board.snapshot.backend.connection
  }

  @Test("because nothing can be written refuses, so that who waits for it ends")
  func cannotWrite() async throws {
    let failure = DownloadFailure(
      code: "CANNOT_WRITE", message: "/models is a file.", hint: "Choose another folder.")
    #expect(try await connection(after: failure) == .refused(failure))
  }

  @Test("because the engine has ended with a reason refuses, too")
  func notStarted() async throws {
    let failure = DownloadFailure(
      code: "ENGINE_NOT_STARTED", message: "It did not start: its database is damaged.")
    #expect(try await connection(after: failure) == .refused(failure))
  }

  @Test(
    "for another reason is away, and waited for",
    arguments: [
      "ENGINE_SILENT", "ENGINE_ALREADY_RUNNING", "BACKEND_UNREACHABLE", "JOURNAL_UNAVAILABLE",
    ])
  func away(code: String) async throws {
    let failure = DownloadFailure(code: code, message: "It does not answer.")
    #expect(try await connection(after: failure) == .offline("It does not answer."))
  }
}
