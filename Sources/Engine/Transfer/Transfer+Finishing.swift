import ComfyAPI
import Downloads
import Foundation
import Origins

/// From the last byte to the file under its name.
extension Transfer {
  func finish(_ file: ResolvedFile, _ content: PartialContent) async throws {
    live.enter(.verifying, id)
    async let synced: Void = content.checkpoints.sync()
    try await hash(content)
    try await synced
    guard let hashes = await content.hasher.hashes else {
      throw TransferError.endedEarly(await content.hasher.position, of: content.board.count)
    }
    let path = content.file.path
    traces.change(id) { $0.found(hashes) }
    try checkIsStored(hashes)
    let verified = try await verify(file.hashes, against: hashes, at: path)
    try checkIsExpected(hashes, else: .reject)
    live.enter(.placing, id)
    let placed = try await place(path, hashes, verified: verified)
    try await complete(placed, hashes, verified: verified)
    // The task is complete; a partial file that cannot be removed is only wasted space.
    try? await Disk.run { try Disk.remove(path) }
  }

  /// Completes the task with content that is stored already, if there is any: no byte is fetched.
  func completeFromStorage(_ file: ResolvedFile) async throws -> Bool {
    if let asset = try repaired() { return try await repairFromStorage(asset, file) }
    let task = try record()
    let wanted = Folder(tags: task.tags)?.name
    let now = environment.now()
    let shelf = Shelf(store: store, library: library, now: now)
    let name = task.chosenName
    guard var asset = try await shelf.find(file, folder: wanted, name: name) else { return false }
    try checkIsExpected(asset.hashes, else: .none)
    if !asset.stands(in: wanted, as: name) {
      asset = try await shelf.secondName(of: asset, for: task)
    } else {
      asset.merge(tags: task.tags, userMetadata: task.userMetadata)
      asset.updatedAt = now
    }
    try await complete(asset)
    await removePartial(of: task)
    return true
  }

  func removePartial(of task: TaskRecord) async {
    let partial = library.workPath(task.partialName)
    try? await Disk.run { try Disk.remove(partial) }
  }

  /// Completes a task whose file was renamed by a run that ended before it could say so. Only
  /// filesystems without hard links need it: elsewhere the partial file is still there.
  func completeFromPlacement(_ file: ResolvedFile) async throws -> Bool {
    let task = try record()
    guard let placement = task.placement,
      Disk.status(library.workPath(task.partialName)) == nil,
      let status = Disk.status(library.absolute(placement)), status.size == task.checkpoint,
      file.size == nil || file.size == status.size
    else { return false }
    let path = library.absolute(placement)
    let hashes = try await Disk.run { try ContentHashes.ofFile(at: path) }
    guard (try? checkIsStored(hashes)) != nil,
      (try? checkIsExpected(hashes, else: .none)) != nil,
      let verified = try? await verify(file.hashes, against: hashes, at: path)
    else { return false }
    try await complete(placement, hashes, verified: verified)
    return true
  }

  /// Compares with every hash the source publishes. False when it publishes none.
  private func verify(
    _ published: PublishedHashes, against hashes: ContentHashes, at path: String
  ) async throws -> Bool {
    var isVerified = false
    func compare(_ kind: String, _ received: String, _ published: String) throws {
      guard received == published.lowercased() else {
        let mismatch = HashMismatch(kind: kind, received: received, published: published)
        throw TransferError(mismatch.failure(), .reject, mismatch: mismatch)
      }
      isVerified = true
    }
    if let sha256 = published.sha256 { try compare("SHA-256", hashes.sha256, sha256) }
    if let blake3 = published.blake3 { try compare("BLAKE3", hashes.blake3, blake3) }
    if let name = published.gitBlobSHA1 {
      let received = try await Disk.run { try GitBlobDigest.ofFile(at: path) }
      traces.change(id) { $0.found(received, "git_sha1") }
      try compare("git blob SHA-1", received, name)
    }
    return isVerified
  }

  private func place(
    _ partial: String, _ hashes: ContentHashes, verified: Bool
  ) async throws -> String {
    let task = try record()
    let repaired = try repaired()
    let (path, aside): (String, [String]) = try await Disk.run { [library, store] in
      func bind(_ source: String, _ target: String) throws -> Bool {
        try store.recordPlacement(
          task.id, path: String(target.dropFirst(library.root.count + 1)))
        return try Library.moveIn(source, target)
      }
      if let path = repaired?.path {
        try library.replace(path, source: partial, sha256: hashes.sha256, bind: bind)
        return (path, [])
      }
      let wanted = library.absolute(task.targetFolder + "/" + task.name)
      let aside =
        verified
        ? try Library.putAsideUnfinished(wanted, size: Disk.status(partial)?.size ?? 0) : []
      let path = try library.place(
        folder: task.targetFolder, name: task.name, source: partial, sha256: hashes.sha256,
        bind: bind)
      return (path, aside)
    }
    try await tellOfLeftovers(aside, placed: path)
    return path
  }

  private func complete(_ path: String, _ hashes: ContentHashes, verified: Bool) async throws {
    if let asset = try repaired(), asset.path == path {
      return try await completeRepair(of: asset, verified: verified)
    }
    try await complete(
      AssetRecord(
        task: try record(), path: path, library: library, hashes: hashes, verified: verified,
        now: environment.now()))
  }

  func complete(_ asset: AssetRecord) async throws {
    let now = environment.now()
    let task = try await store.complete(id, with: asset, now: now) { task, saved in
      task.finish(with: saved, now: now)
    }
    traces.change(id) { $0.found(ContentHashes(sha256: asset.sha256, blake3: asset.blake3)) }
    guard let task else { return }
    logger.info("completed", metadata: ["path": "\(asset.path)", "verified": "\(asset.verified)"])
    hub.send(task.message, at: environment.instant())
  }
}
