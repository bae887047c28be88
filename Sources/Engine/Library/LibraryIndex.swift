import ComfyAPI
import Foundation
import Logging

/// Knows what stands in the models tree: walks through it at the start and when asked, and reads what
/// is new while no transfer needs disk and processor.
actor LibraryIndex {
  private let store: Store
  private let library: Library
  private let places: Places
  private let now: @Sendable () -> Date
  private let logger: Logger
  /// What reading content passes: held while transfers run.
  nonisolated let gate = WorkGate()
  /// What a walk passes. Both are stopped with the engine.
  private let walkGate = WorkGate()

  private var state = LibraryScanStatus()
  /// Files that could not be read since the last walk began; they are passed by until the next.
  private var unreadable: Set<String> = []
  private var unreadableFolders = 0
  /// How often a walk was asked for.
  private var wishes = 0
  /// Wakes the walk; nil while nobody would hear it.
  private var walkSignal: AsyncStream<Void>.Continuation?
  private var hashSignal: AsyncStream<Void>.Continuation?

  /// How many walks have ended, whichever way.
  private var walks = 0

  init(
    store: Store, library: Library, places: Places, now: @escaping @Sendable () -> Date,
    logger: Logger
  ) {
    self.store = store
    self.library = library
    self.places = places
    self.now = now
    self.logger = logger
  }

  /// How far the index is.
  func status() throws -> LibraryScanStatus {
    var status = state
    let unhashed = try unhashedFiles()
    status.unhashedFiles = unhashed.count
    status.unhashedBytes = unhashed.reduce(0) { $0 + $1.size }
    status.unreadable = unreadable.count + unreadableFolders
    return status
  }

  /// Asks for a walk through the tree; one that is under way is followed by another.
  func scan() {
    wishes += 1
    state.isScanning = true
    walkSignal?.yield()
  }

  /// Walks through the tree at once and whenever asked, until the calling task is cancelled.
  func walkWhenAsked() async {
    let (signals, signal) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    walkSignal = signal
    defer { walkSignal = nil }
    scan()
    await withTaskCancellationHandler {
      for await _ in signals {
        let heard = wishes
        await walk()
        await walkPlaces()
        walks += 1
        state.isScanning = wishes != heard
        hashSignal?.yield()
      }
    } onCancel: {
      walkGate.stop()
    }
  }

  /// Hashes what is new after each walk, until the calling task is cancelled.
  func hashWhenQuiet() async {
    let (signals, signal) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    hashSignal = signal
    defer { hashSignal = nil }
    await withTaskCancellationHandler {
      for await _ in signals { await hashAll() }
    } onCancel: {
      gate.stop()
    }
  }

  private func walk() async {
    unreadable = []
    do {
      let scan = try await Disk.run { [library, walkGate] in
        try LibraryScan(of: library) { try walkGate.pass() }
      }
      for folder in scan.unreadable {
        logger.warning(
          "cannot look into a folder",
          metadata: ["path": "\(folder.path)", "cause": "\(folder.cause)"])
      }
      try await store.take(scan, now: now())
      unreadableFolders = scan.unreadable.count
      state.files = scan.files.count
      state.bytes = scan.files.reduce(0) { $0 + $1.size }
      state.scannedAt = now()
      state.error = nil
    } catch is CancellationError {
      return
    } catch {
      logger.warning("cannot scan the models tree", metadata: ["cause": "\(error)"])
      state.error = "\(error)"
    }
  }

  /// Returns once the places were walked through for the first time, or the time is up: what is on a slow
  /// disk is worth a short wait, but not a queue that stands still.
  func waitForPlaces(within patience: Duration) async throws {
    let end = ContinuousClock.now + patience
    while walks == 0, !places.all.isEmpty, ContinuousClock.now < end {
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  private func walkPlaces() async {
    do {
      let scan = try await Disk.run { [places, walkGate] in
        try PlaceScan(of: places.all) { () throws(CancellationError) in try walkGate.pass() }
      }
      for folder in scan.unreadable {
        logger.warning(
          "cannot look into a folder",
          metadata: ["path": "\(folder.path)", "cause": "\(folder.cause)"])
      }
      try await store.take(scan, of: places)
    } catch is CancellationError {
      return
    } catch {
      logger.warning("cannot scan the places besides the tree", metadata: ["cause": "\(error)"])
    }
  }

  /// Until nothing is left, what walks find meanwhile included.
  private func hashAll() async {
    while let files = try? unhashedFiles(), !files.isEmpty {
      for file in files {
        guard !Task.isCancelled else { return }
        await hash(file)
      }
    }
  }

  private func unhashedFiles() throws -> [SeenFile] {
    try store.unhashedFiles().filter { !unreadable.contains($0.path) }
  }

  private func hash(_ file: SeenFile) async {
    state.hashing = file.path
    defer { state.hashing = nil }
    do {
      let hashes = try await Disk.runIdle { [library, gate] in
        try file.readHashes(in: library) { _ in try gate.pass() }
      }
      guard let hashes else {
        // It has changed: the next walk sees it as it is then.
        unreadable.insert(file.path)
        return
      }
      try await store.settle(file, hashes, now: now())
      logger.info("hashed", metadata: ["path": "\(file.path)"])
    } catch is CancellationError {
      return
    } catch {
      unreadable.insert(file.path)
      logger.warning("cannot hash", metadata: ["path": "\(file.path)", "cause": "\(error)"])
    }
  }
}
