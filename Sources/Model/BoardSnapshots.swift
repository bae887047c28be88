import Downloads

/// The newest snapshot now and after each change, at the reader's own pace.
public struct BoardSnapshots: AsyncSequence, Sendable {
  let board: Board
  let changes: AsyncStream<Void>

  public struct AsyncIterator: AsyncIteratorProtocol {
    let board: Board
    var changes: AsyncStream<Void>.Iterator

    public mutating func next() async -> BoardSnapshot? {
      guard await changes.next() != nil else { return nil }
      return await board.snapshot
    }
  }

  public func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(board: board, changes: changes.makeAsyncIterator())
  }
}
