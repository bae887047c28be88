import CloudLab
import ComfyClient
import Downloads
import Foundation
import Testing
import Transport

@testable import Model

@Suite("The list of a board")
struct ListTests {
  private let hosts: SourceHosts

  init() throws { hosts = try SourceHosts(environment: [:]) }

  private func board(_ journal: Journal) throws -> Board {
    let backend = Backend(name: "local", address: .http(base: "http://127.0.0.1:9", key: nil))
    return try Board(
      journal: journal, client: ComfyClient(backend: backend, transport: HTTPTransport()))
  }

  /// A board with three downloads queued a minute apart, of which the first two are cancelled.
  private func filled(_ journal: Journal) async throws -> (Board, [Download]) {
    let board = try board(journal)
    var made: [Download] = []
    for number in 0..<3 {
      made += try await board.submit(
        [Submission(url: "https://huggingface.co/o/n/resolve/main/\(number).bin")], hosts: hosts,
        now: Date(timeIntervalSince1970: Double(60 * number)))
    }
    for download in made.prefix(2) { try await board.cancel(download.id) }
    return (board, await board.snapshot.downloads)
  }

  @Test("what ended can be taken off, here and in the journal")
  func forgets() async throws {
    let journal = try Journal()
    let (board, all) = try await filled(journal)
    try await board.forget([all[0].id])
    #expect(await board.snapshot.downloads.map(\.id) == [all[1].id, all[2].id])
    #expect(try journal.downloads(of: "local").map(\.id) == [all[1].id, all[2].id])
  }

  @Test("what is still wanted stays on it")
  func keeps() async throws {
    let (board, all) = try await filled(Journal())
    try await board.forget(all.map(\.id))
    #expect(await board.snapshot.downloads.map(\.id) == [all[2].id])
  }

  @Test("what was taken off comes back at its place, once, also after a restart")
  func restores() async throws {
    let journal = try Journal()
    let (board, all) = try await filled(journal)
    try await board.forget([all[0].id, all[1].id])
    try await board.restore([all[1]])
    try await board.restore([all[0], all[1]])
    #expect(await board.snapshot.downloads == all)
    #expect(try await self.board(journal).snapshot.downloads.map(\.id) == all.map(\.id))
  }
}
