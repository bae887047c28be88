import Downloads
import Foundation
import Interface
import Model
import Synchronization

/// All events of the screen, in one stream: none of the keys is lost, and of the backend's news
/// only the newest is drawn.
final class ScreenEvents: Sendable {
  /// At most so often is news of the backend drawn: nobody reads figures that change more often, and
  /// each picture costs bytes on the line.
  private static let newsInterval = Duration.milliseconds(500)
  /// So often while something is awaited that the user has just done.
  private static let awaitedInterval = Duration.milliseconds(100)
  /// For how long after that.
  private static let awaiting = Duration.seconds(2)

  let stream: AsyncStream<Event>
  private let continuation: AsyncStream<Event>.Continuation
  private let awaitedUntil = Mutex(ContinuousClock.now)

  init() {
    (stream, continuation) = AsyncStream.makeStream(of: Event.self)
  }

  func send(_ event: Event) { continuation.yield(event) }

  /// The user has done something: what comes of it should be seen soon.
  func awaitNews() { awaitedUntil.withLock { $0 = .now + Self.awaiting } }

  /// Passes the board's snapshots on. The board keeps only the newest while this sleeps.
  func forward(_ board: Board) async {
    for await snapshot in await board.snapshots() {
      send(.snapshot(snapshot))
      await pause()
    }
  }

  private func pause() async {
    let end = ContinuousClock.now + Self.newsInterval
    repeat {
      try? await Task.sleep(for: Self.awaitedInterval)
    } while !isAwaited && ContinuousClock.now < end && !Task.isCancelled
  }

  private var isAwaited: Bool { awaitedUntil.withLock { $0 > .now } }

  /// Passes on what the backend has stored.
  func forward(_ library: Library) async {
    for await snapshot in await library.snapshots() {
      send(.library(snapshot))
      try? await Task.sleep(for: Self.newsInterval)
    }
  }

  /// Tells what the user's file says of the screen after each change that concerns it, and gives the log
  /// its level; a wrong file changes nothing.
  func followConfig(of settings: Settings, log: ProgramLog) async {
    var known = settings.config
    await ConfigWatch(path: settings.configPath).run {
      do throws(DownloadFailure) {
        let new = try settings.reread()
        log.level = try new.logLevel.value
        let config = new.config
        defer { known = config }
        guard !config.screenEquals(known) else { return }
        send(.configuration(config.screen))
      } catch {
        send(.outcome(.problem("\(error.sentence) What held before goes on.")))
      }
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
