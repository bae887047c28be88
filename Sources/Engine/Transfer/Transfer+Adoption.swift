import ComfyAPI
import Downloads
import Foundation
import Origins

/// Bytes that other downloaders have left of the file.
extension Transfer {
  /// Takes over what aria2 or comfy-cli has left, as bytes of this transfer. Only a published hash can tell
  /// whether they are right, so without one nothing is taken. What goes wrong costs no more than the bytes.
  ///
  /// - Returns: files that are of no use any more once the download is verified.
  func adoptForeignBytes(_ file: ResolvedFile) async throws -> [String] {
    guard file.hashes.sha256 != nil || file.hashes.blake3 != nil, let size = file.size, size > 0
    else { return [] }
    let task = try record()
    let partial = library.workPath(task.partialName)
    guard task.checkpoint == 0, try store.ranges(of: id) == nil else { return [] }
    let wanted = try foreignFile(task, size: size)
    let found = try await Disk.run { ForeignPartials(wanted).all() }
    for foreign in found {
      do {
        try await take(foreign, of: size, into: partial)
        try await tell(of: foreign)
        return foreign.leftovers
      } catch {
        if error is CancellationError { throw error }
        logger.warning(
          "cannot take over bytes", metadata: ["path": "\(foreign.path)", "cause": "\(error)"])
        try? await Disk.run { try Disk.remove(partial) }
      }
    }
    return []
  }

  private func foreignFile(_ task: TaskRecord, size: Int64) throws -> ForeignPartials.Wanted {
    let reference = try ModelReference(stored: task.url, hosts: hosts)
    let (hosts, library, places) = (hosts, library, finder.places.all)
    let trees = [library.root] + places.filter { $0.folder == nil }.map(\.path)
    let directories = Folder(task.targetFolder).map { folder in
      folder.directories.map(library.absolute) + places.flatMap { $0.directories(of: folder) }
    }
    return ForeignPartials.Wanted(
      name: task.name, size: size, directories: directories ?? [],
      // comfy-cli's workspace is the folder that holds the tree.
      records: trees.map { Disk.parent(of: $0) + "/.comfy-downloads" }
    ) { url in
      (try? ModelReference(url, hosts: hosts)) == reference
    }
  }

  /// Copies what is there, and writes down that it is once the disk has it.
  private func take(_ foreign: ForeignPartial, of size: Int64, into partial: String) async throws {
    let gate = WorkGate()
    let (library, live, id) = (library, live, id)
    let reserve = configuration.reservedBytes
    try await withTaskCancellationHandler {
      try await Disk.run {
        try library.enter()
        if let free = library.freeBytes, free < foreign.finished.count + reserve {
          throw DiskError("write", partial, ENOSPC)
        }
        try Disk.makeDirectory(library.workFolder)
        // Of a copy that was broken off nobody knows how far it came.
        try Disk.remove(partial)
        try FileCopy.copy(foreign.finished, of: foreign.path, to: partial) { copied in
          try gate.pass()
          live.enter(
            .resolving, id,
            message: "Takes over what \(foreign.owner) has: \(copied * 100 / size) %.")
        }
      }
    } onCancel: {
      gate.stop()
    }
    let ranges = TransferRanges(
      written: foreign.finished, synced: foreign.finished, boot: Boot.current)
    try await store.keep(ranges, of: id, countsForTask: true, now: environment.now())
  }

  private func tell(of foreign: ForeignPartial) async throws {
    let bytes = ByteCount.text(foreign.finished.count)
    let note =
      "Took over \(bytes) that \(foreign.owner) has in \(PlainText.sanitized(foreign.path))."
    logger.notice("\(note)")
    try await store.update(id, now: environment.now()) { $0.note = note }
  }

  /// Says which files are of no use any more, now that the verified one has its name.
  ///
  /// - Parameter aside: what was put aside for it.
  func tellOfLeftovers(_ aside: [String], placed path: String) async throws {
    let taken = library.absolute(path)
    let files = aside.isEmpty ? leftovers.filter { $0 != taken && $0 != taken + ".aria2" } : aside
    guard !files.isEmpty else { return }
    let names = files.map(PlainText.sanitized).joined(separator: " and ")
    let note = "What another downloader has left of it may be deleted: \(names)."
    logger.notice("\(note)")
    try await store.update(id, now: environment.now()) { $0.note = note }
  }
}
