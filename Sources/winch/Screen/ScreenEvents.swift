import Downloads
import Foundation
import Interface
import Model

/// All events of the screen, in one stream: none of the keys is lost, and of the backend's news
/// only the newest is drawn.
struct ScreenEvents: Sendable {
  /// At most so often is news of the backend drawn.
  private static let newsInterval = Duration.milliseconds(100)

  let stream: AsyncStream<Event>
  private let continuation: AsyncStream<Event>.Continuation

  init() {
    (stream, continuation) = AsyncStream.makeStream(of: Event.self)
  }

  func send(_ event: Event) { continuation.yield(event) }

  /// Passes the board's snapshots on. The board keeps only the newest while this sleeps.
  func forward(_ board: Board) async {
    for await snapshot in await board.snapshots() {
      send(.snapshot(snapshot))
      try? await Task.sleep(for: Self.newsInterval)
    }
  }

  /// Passes on what the backend has stored.
  func forward(_ library: Library) async {
    for await snapshot in await library.snapshots() {
      send(.library(snapshot))
      try? await Task.sleep(for: Self.newsInterval)
    }
  }

  /// Tells the time once a second.
  func tick() async {
    while !Task.isCancelled {
      send(.clock(Date()))
      try? await Task.sleep(for: .seconds(1))
    }
  }
}
