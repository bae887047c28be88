import ComfyAPI
import Downloads
import Foundation
import Logging
import Origins

/// Looks on this machine for the content of a file before its transfer fetches it: among the files of
/// its size in the models tree that nobody has hashed, then in the other places where ComfyUI has models,
/// then in the hub's cache.
///
/// What it finds is an asset afterwards, where the transfer looks anyway. Whatever goes wrong here is
/// logged and costs no more than the download.
struct ContentFinder: Sendable {
  let store: Store
  let library: Library
  let index: LibraryIndex
  let places: Places
  let cache: HubCache?
  /// Bytes that a copy leaves free on the models' filesystem.
  let reservedBytes: Int64
  let live: LiveProgress
  let now: @Sendable () -> Date
  let logger: Logger

  /// Only content whose SHA-256 and size are published can be told from other.
  func look(for file: ResolvedFile, of id: String) async {
    guard let sha256 = file.hashes.sha256, let size = file.size, size > 0 else { return }
    do {
      guard var task = try store.task(id) else { return }
      task.adopt(file)
      let wanted = Wanted(sha256: sha256, size: size, task: task)
      if task.repairs != nil {
        // What is found is taken over from there; it gets no name of its own.
        _ = try await isInTree(wanted)
      } else if try await isInTree(wanted) {
        try await claim(file, for: task)
      } else if try await !takeFromPlaces(wanted) {
        try await importFromCache(wanted)
      }
    } catch is CancellationError {
      return
    } catch {
      logger.warning(
        "cannot look for the content", metadata: ["task": "\(id)", "cause": "\(error)"])
    }
    live.enter(.resolving, id)
  }

  private struct Wanted: Sendable {
    let sha256: String
    /// In bytes.
    let size: Int64
    let task: TaskRecord
  }

  private var shelf: Shelf { Shelf(store: store, library: library, now: now()) }

  /// Whether the content is known to be in the tree, or is now that files of its size were hashed.
  private func isInTree(_ wanted: Wanted) async throws -> Bool {
    let folder = wanted.task.targetFolder
    if try await shelf.find(sha256: wanted.sha256, folder: folder) != nil { return true }
    for candidate in try store.unhashedFiles(size: wanted.size) {
      do {
        let hashes = try await reading(for: wanted) { [library] report in
          try candidate.readHashes(in: library) { try report("Compares \(candidate.path)", $0) }
        }
        guard let hashes else { continue }
        try await store.settle(candidate, hashes, now: now())
        if hashes.sha256 == wanted.sha256 { return true }
      } catch let error as FileReadError {
        logger.warning("cannot read a found file", metadata: ["cause": "\(error)"])
      }
    }
    return false
  }

  /// Gives what somebody else put into the tree the name that the task asks for.
  private func claim(_ file: ResolvedFile, for task: TaskRecord) async throws {
    let folder = Folder(tags: task.tags)?.name
    guard let found = try await shelf.find(file, folder: folder), found.isFound else { return }
    try await store.save(try await shelf.claim(found, for: task))
    logger.info("found in the models tree", metadata: ["path": "\(found.path)"])
  }

  /// How long a first look at the places may hold up a transfer.
  private static let patience = Duration.seconds(10)

  /// Gives content of another place a name in the tree; false where no place has it.
  private func takeFromPlaces(_ wanted: Wanted) async throws -> Bool {
    guard !places.all.isEmpty else { return false }
    try await index.waitForPlaces(within: Self.patience)
    for candidate in try await candidates(wanted) {
      do {
        guard let hashes = try await hashes(of: candidate, wanted), hashes.sha256 == wanted.sha256
        else { continue }
        try await store.save(try await take(candidate, hashes, wanted))
        logger.info("found in another place", metadata: ["path": "\(candidate.path)"])
        return true
      } catch let error as CancellationError {
        throw error
      } catch {
        logger.warning("cannot use another place's file", metadata: ["cause": "\(error)"])
      }
    }
    return false
  }

  /// Files of the right size, those before that are known to be the right ones, then those that stand
  /// where a loader would look.
  private func candidates(_ wanted: Wanted) async throws -> [PlacedFile] {
    let known = try store.placedFiles(size: wanted.size).filter(places.hold)
    let end = "/" + wanted.task.name
    func rank(_ file: PlacedFile) -> Int {
      if let sha256 = file.seen.sha256 { return sha256 == wanted.sha256 ? 0 : 3 }
      return file.path.hasSuffix(end) ? 1 : 2
    }
    return known.sorted { (rank($0), $0.path) < (rank($1), $1.path) }
  }

  /// The hashes of a file in another place: those that are known, else what it is read for.
  private func hashes(of file: PlacedFile, _ wanted: Wanted) async throws -> ContentHashes? {
    if let known = file.seen.hashes {
      return await Disk.look { file.seen.isThere(at: file.path) } ? known : nil
    }
    let hashes = try await reading(for: wanted) { report in
      try file.seen.readHashes(at: file.path) { try report("Compares \(file.path)", $0) }
    }
    if let hashes { try await store.settle(file, hashes) }
    return hashes
  }

  private func importFromCache(_ wanted: Wanted) async throws {
    guard let cache else { return }
    let candidates = try await Disk.run {
      cache.candidates(sha256: wanted.sha256, size: wanted.size)
    }
    for path in candidates {
      do {
        if let asset = try await imported(path, wanted) {
          try await store.save(asset)
          return logger.info("found in the hub's cache", metadata: ["path": "\(path)"])
        }
        logger.warning("the file is not what its name says", metadata: ["path": "\(path)"])
      } catch let error as CancellationError {
        throw error
      } catch {
        logger.warning("cannot use the hub's cache", metadata: ["cause": "\(error)"])
      }
    }
  }

  /// The record of a file that was brought into the tree; nil when it has another content.
  private func imported(_ path: String, _ wanted: Wanted) async throws -> AssetRecord? {
    try await reading(for: wanted) { report in
      let before = Disk.status(path)
      let hashes = try ContentHashes.ofFile(at: path) { try report("Compares the hub's cache", $0) }
      guard hashes.sha256 == wanted.sha256 else { return nil }
      return try place(path, hashes, wanted) { source, target in
        try Library.importIn(source, target) { copied in
          if copied == 0 { try checkSpace(for: wanted, at: target) }
          // A file that was written to meanwhile is no longer the one that was hashed.
          guard Disk.status(path) == before else { throw DiskError("copy", path, ESTALE) }
          try report("Copies from the hub's cache", copied)
        }
      }
    }
  }

  /// The record of a file in another place that got a name in the tree.
  private func take(
    _ file: PlacedFile, _ hashes: ContentHashes, _ wanted: Wanted
  ) async throws -> AssetRecord {
    try await Disk.run {
      try place(file.path, hashes, wanted) { source, target in
        guard try Library.linkFrom(source, target) else { return false }
        guard file.seen.isThere(at: source) else {
          // What was written to meanwhile is no longer what was hashed.
          try Disk.remove(target)
          throw DiskError("link", source, ESTALE)
        }
        return true
      }
    }
  }

  /// Gives a file the name and folder that the task asks for. It blocks.
  private func place(
    _ path: String, _ hashes: ContentHashes, _ wanted: Wanted,
    _ bind: (_ source: String, _ target: String) throws -> Bool
  ) throws -> AssetRecord {
    var task = wanted.task
    if task.folder == nil, let folder = Self.header(of: path, wanted)?.folder {
      task.adopt(folder)
    }
    let placed = try library.place(
      folder: task.targetFolder, name: task.name, source: path, sha256: wanted.sha256, bind: bind)
    return try AssetRecord(
      task: task, path: placed, library: library, hashes: hashes, verified: true, now: now())
  }

  /// What the header of a file tells, as a transfer would learn it from the first bytes.
  private static func header(of path: String, _ wanted: Wanted) -> ModelHeader? {
    guard let file = FileHandle(forReadingAtPath: path) else { return nil }
    var watch = HeaderWatch(name: wanted.task.name, size: wanted.size)
    while let piece = try? file.read(upToCount: 1 << 20), !piece.isEmpty {
      guard let news = try? watch.take(piece) else { return nil }
      if case .checked(let header) = news { return header }
    }
    return nil
  }

  private func checkSpace(for wanted: Wanted, at path: String) throws(DiskError) {
    guard let free = library.freeBytes, free < wanted.size + reservedBytes else { return }
    throw DiskError("write", path, ENOSPC)
  }

  /// Runs blocking work that reads a file, and tells how far it is. It ends at its next report once the
  /// task is cancelled.
  private func reading<Value: Sendable>(
    for wanted: Wanted,
    _ work: @escaping @Sendable (_ report: (String, Int64) throws -> Void) throws -> Value
  ) async throws -> Value {
    let gate = WorkGate()
    return try await withTaskCancellationHandler {
      try await Disk.run {
        var told = ""
        return try work { words, bytes in
          try gate.pass()
          let message = "\(words): \(bytes * 100 / wanted.size) %."
          guard message != told else { return }
          told = message
          live.enter(.verifying, wanted.task.id, message: message)
        }
      }
    } onCancel: {
      gate.stop()
    }
  }
}
