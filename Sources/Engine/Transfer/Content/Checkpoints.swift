import Downloads
import Foundation
import Synchronization

/// Keeps the database informed of which bytes are there, so that no end, however sudden, costs many.
///
/// Two maps are kept. What was synced is safe from everything, but a disk may need seconds for that. What
/// is only written is safe from the end of the process: the system still has it until the machine goes
/// down, so it counts as long as the machine has not been started again.
final class Checkpoints: Sendable {
  private let taskID: String
  private let file: PartialFile
  private let board: SegmentBoard
  private let store: Store
  private let environment: EngineEnvironment
  private let due = Signal()
  private let state: Mutex<(unrecorded: Int64, synced: ByteRanges)>
  private let loss = Atomic(false)

  /// Bytes that may be written before the database knows of them.
  private static let bytes: Int64 = 16 << 20
  private static let interval = Duration.seconds(1)

  /// - Parameter synced: the bytes of earlier runs that are on the disk.
  init(
    taskID: String, file: PartialFile, board: SegmentBoard, synced: ByteRanges, store: Store,
    environment: EngineEnvironment
  ) {
    self.taskID = taskID
    self.file = file
    self.board = board
    self.store = store
    self.environment = environment
    state = Mutex((0, synced))
  }

  /// Hears that bytes were written; cheap enough for each piece.
  func wrote(_ count: Int) {
    let isDue = state.withLock { state in
      state.unrecorded += Int64(count)
      return state.unrecorded >= Self.bytes
    }
    if isDue { due.send() }
  }

  /// Records until the task is cancelled.
  func run() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for await _ in self.due.listen() { try await self.record() }
      }
      group.addTask {
        // Little came, but a sudden end should not cost even that.
        while !Task.isCancelled {
          try? await Task.sleep(for: Self.interval / 4)
          let isNew = self.state.withLock { $0.unrecorded > 0 }
          if isNew, !Task.isCancelled { try await self.record() }
        }
      }
      group.addTask {
        while !Task.isCancelled {
          try? await Task.sleep(for: Self.interval)
          if !Task.isCancelled { try await self.sync() }
        }
      }
      try await group.waitForAll()
    }
  }

  /// Brings everything that is written onto the disk and then into the database.
  func sync() async throws {
    let written = board.finished
    guard written != state.withLock(\.synced) else { return }
    do {
      try await Disk.run { [file] in try file.sync() }
    } catch {
      await forgetUnsynced()
      throw error
    }
    state.withLock { $0.synced = written }
    try await keep(board.finished, synced: written, countsForTask: true)
  }

  /// Whether the system could not bring onto the disk what it had taken for written. Nobody can say
  /// which bytes that were, and it tells only once (fsync(2)).
  var hasLostBytes: Bool { loss.load(ordering: .relaxed) }

  /// From now on only what was synced counts.
  func forgetUnsynced() async {
    loss.store(true, ordering: .relaxed)
    let synced = state.withLock(\.synced)
    // The next look at the file finds out where this cannot be said.
    try? await keep(synced, synced: synced, countsForTask: true)
  }

  /// Tells the database what is written, in a moment. The task counts it when this is the last word of a
  /// run.
  func record(isLast: Bool = false) async throws {
    let synced = state.withLock { state in
      state.unrecorded = 0
      return state.synced
    }
    try await keep(board.finished, synced: synced, countsForTask: isLast)
  }

  private func keep(
    _ written: ByteRanges, synced: ByteRanges, countsForTask: Bool
  ) async throws {
    try await store.keep(
      TransferRanges(written: written, synced: synced, boot: Boot.current), of: taskID,
      countsForTask: countsForTask, now: environment.now())
  }
}
