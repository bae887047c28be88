import ComfyAPI
import Downloads

/// The room on the models' disk: who may begin, and who waits for it.
extension Engine {
  /// How the disk was found.
  struct DiskLook: Sendable {
    var plan: DiskPlan
    var free: Int64?
    /// Whether the models folder is where it was.
    var isInPlace = true
    /// Bytes of the disk that the partial files of tasks have taken.
    var allocated: [String: Int64] = [:]
  }

  /// Looks at the disk again and again while somebody waits for it.
  func watchDisk() async {
    while !Task.isCancelled {
      try? await Task.sleep(for: environment.diskInterval)
      if queueWaits.includeDisk { wakeQueue() }
    }
  }

  /// Nil when nobody could begin or waits to.
  func lookAtDisk() async -> DiskLook? {
    guard transfers.count < configuration.simultaneousDownloads || !queueWaits.isEmpty,
      let begun = try? store.begunTasks()
    else { return nil }
    let library = library
    let reserve = configuration.reservedBytes
    let (free, isInPlace, allocated) = await Disk.look { [queueWaits] in
      queueWaits.closeLost()
      let taken = begun.map { ($0.id, Disk.allocated(library.workPath($0.partialName))) }
      return (library.freeBytes, library.isInPlace, Dictionary(taken) { first, _ in first })
    }
    let underWay = begun.filter { transfers[$0.id] != nil }.map { task in
      let entry = live.entry(task.id)
      return PartialSize(
        size: entry?.total ?? task.size, received: entry?.bytes ?? task.checkpoint,
        allocated: allocated[task.id] ?? 0)
    }
    let plan = DiskPlan(free: free, reserve: reserve, besides: underWay)
    return DiskLook(plan: plan, free: free, isInPlace: isInPlace, allocated: allocated)
  }

  /// Whether the disk lets a task begin, which then has its room in the plan; a task that must wait
  /// says for what.
  func hasRoom(_ task: TaskRecord, _ look: inout DiskLook) -> Bool {
    guard look.isInPlace else {
      queueWaits.say(
        ModelsRootGone(path: library.root).failure.message, task.id, obstacle: .folder)
      return false
    }
    let wait = queueWaits[task.id]
    if let wait, !isOver(wait, look) { return false }
    let partial = PartialSize(
      size: task.size ?? wait?.content?.board.size,
      received: wait?.content?.board.count ?? task.checkpoint,
      allocated: look.allocated[task.id] ?? 0)
    guard let lacking = look.plan.take(partial.missing) else {
      queueWaits.sayNothing(task.id)
      return true
    }
    queueWaits.say(
      TransferError.noRoom(lacking: lacking).failure.message, task.id, obstacle: .room)
    return false
  }

  /// Whether it can be tried again. Where the system has refused room without saying how much is
  /// missing, it is when there is more than then, and from time to time.
  private func isOver(_ wait: QueueWaits.Wait, _ look: DiskLook) -> Bool {
    guard let until = wait.until, environment.instant() < until else { return true }
    guard wait.obstacle == .refusal, let then = wait.freeThen, let free = look.free else {
      return false
    }
    return free - then >= Self.noticeableGrowth
  }

  private static let noticeableGrowth: Int64 = 16 << 20

  /// Bytes of all tasks that have not ended which are still to be received.
  func bytesToCome() throws -> Int64 {
    let running = Array(transfers.keys)
    let resting = try store.bytesToCome(without: running)
    return running.reduce(resting) { sum, id in
      guard let entry = live.entry(id), let total = entry.total else { return sum }
      return sum + max(0, total - entry.bytes)
    }
  }
}
