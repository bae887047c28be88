import Downloads
import Foundation
import Origins

/// Bytes that another task has received of the same content before it was stopped.
extension Transfer {
  /// Takes over what the furthest of them has, so that a link from elsewhere goes on where the first one
  /// ended. Only a published hash tells that it is the same content, and that the whole is right in the end.
  /// Who fetches the content has it alone (`ContentClaims`), so nobody else writes to that file.
  func inheritBytes(of file: ResolvedFile) async throws {
    guard let sha256 = file.hashes.sha256, let size = file.size,
      try store.ranges(of: id)?.written.isEmpty ?? true,
      let other = try store.unfinishedTask(sha256: sha256, size: size, besides: id)
    else { return }
    do {
      try await takePartial(of: other)
      try await store.moveBytes(from: other, to: id, now: environment.now())
    } catch let error as DiskError {
      logger.warning(
        "cannot take over bytes", metadata: ["task": "\(other.id)", "cause": "\(error)"])
    }
  }

  /// Renames the partial file of another task. A crash may come between that and the database: then the
  /// file has the new name already, and the bytes are the other's still.
  private func takePartial(of other: TaskRecord) async throws {
    let source = library.workPath(other.partialName)
    let target = library.workPath(TaskRecord.partialName(of: id))
    try await Disk.run {
      guard Disk.status(source) == nil, Disk.status(target) != nil else {
        return try Disk.rename(source, to: target)
      }
    }
  }
}
