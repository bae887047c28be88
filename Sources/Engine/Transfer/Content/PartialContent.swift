import Downloads
import Foundation

/// What there is of a file that is being received, and those who work on it.
final class PartialContent: Sendable {
  let file: PartialFile
  let board: SegmentBoard
  let writer: ContentWriter
  let hasher: ContentHasher
  let checkpoints: Checkpoints
  /// Bytes were written.
  let written = Signal()

  /// Opens the partial file and counts what is there. What nobody knows of is cut off: after a power cut
  /// it may not be what was received. Blocks on the disk.
  init(
    task: TaskRecord, size: Int64?, known: TransferRanges?, path: String, store: Store,
    environment: EngineEnvironment
  ) throws(DiskError) {
    file = try PartialFile(path: path)
    let trusted = known?.trusted(in: Boot.current) ?? ByteRanges()
    let length = try file.length()
    let kept = trusted.prefix(length)
    // Cutting nothing off would still give back the room that was taken ahead.
    if length > kept.end { try file.truncate(to: kept.end) }
    board = SegmentBoard(size: size, finished: kept)
    let tree = size.map(TreeProgress.init)
    let recent = RecentPieces()
    hasher = ContentHasher(
      file: file, tree: tree, recent: recent, watch: HeaderWatch(name: task.name, size: size))
    checkpoints = Checkpoints(
      taskID: task.id, file: file, board: board,
      synced: known?.synced.prefix(length) ?? ByteRanges(), store: store, environment: environment)
    writer = ContentWriter(file: file, board: board, tree: tree, recent: recent) {
      [written, checkpoints] count in
      checkpoints.wrote(count)
      written.send()
    }
  }
}
