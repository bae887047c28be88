import Synchronization

/// The bytes just written that the hasher wants next, so that it need not read them from the file
/// again. Little is kept, and nothing depends on it: what is not here is read.
final class RecentPieces: Sendable {
  /// Bytes from the hasher's position on that are worth keeping.
  private static let reach: Int64 = 1 << 20

  private struct State {
    var pieces: [Int64: [UInt8]] = [:]
    /// Where the hasher is.
    var position: Int64 = 0
  }

  private let state = Mutex(State())

  /// Keeps a piece if the hasher will soon be there.
  func keep(_ piece: [UInt8], at position: Int64) {
    state.withLock { state in
      guard position >= state.position, position < state.position + Self.reach else { return }
      state.pieces[position] = piece
    }
  }

  /// The piece that begins at a position, which the hasher has reached; nil when it is not here.
  func take(at position: Int64) -> [UInt8]? {
    state.withLock { state in
      state.position = position
      let piece = state.pieces.removeValue(forKey: position)
      if piece == nil, !state.pieces.isEmpty {
        state.pieces = state.pieces.filter { $0.key > position }
      }
      return piece
    }
  }
}
