/// Pieces of a file in their order, whatever sequence they really come from. Read them once.
struct ContentPieces: AsyncSequence, Sendable {
  private let makeNext: @Sendable () -> () async throws -> [UInt8]?

  init<Base: AsyncSequence & Sendable>(_ base: Base) where Base.Element == [UInt8] {
    makeNext = {
      var iterator = base.makeAsyncIterator()
      return { try await iterator.next() }
    }
  }

  func makeAsyncIterator() -> Iterator { Iterator(nextPiece: makeNext()) }

  struct Iterator: AsyncIteratorProtocol {
    fileprivate let nextPiece: () async throws -> [UInt8]?

    mutating func next() async throws -> [UInt8]? { try await nextPiece() }
  }
}
