import ComfyAPI

/// The queue: in its order, a bounded number at one time.
extension Engine {
  /// Works off the queue until the calling task is cancelled; then every transfer writes down how
  /// far it is, and this returns. Tasks that were under way in an earlier run go on.
  ///
  /// Call it once at a time.
  public func run() async {
    let (signals, signal) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    queueSignal = signal
    defer {
      queueSignal = nil
      checks.stop()
    }
    await orderQueue()
    signal.yield()
    try? await Disk.run { [library] in library.removeAbandonedUploads() }
    await withDiscardingTaskGroup { group in
      group.addTask { [index] in await index.walkWhenAsked() }
      if configuration.hashesFoundFiles {
        group.addTask { [index] in await index.hashWhenQuiet() }
      }
      group.addTask { await self.watchDisk() }
      group.addTask { await self.writePreviews() }
      group.addTask { await self.followSchedule() }
      for await _ in signals {
        for task in startable(await lookAtDisk()) {
          let transfer = begin(task)
          group.addTask {
            await withTaskCancellationHandler {
              await transfer.value
            } onCancel: {
              transfer.cancel()
            }
          }
        }
      }
      group.cancelAll()
    }
  }

  /// Whether nothing is under way or waits for its turn; what is paused does not count.
  public var isIdle: Bool {
    guard arrivals.isEmpty, admissions.isEmpty, transfers.isEmpty else { return false }
    return (try? store.activeTasks().allSatisfy(\.isPaused)) ?? false
  }

  func wakeQueue() { queueSignal?.yield() }

  /// The tasks to start now. Each leaves a slot to every request that stands before it and may still
  /// become a task; one that the disk has no room for leaves its slot to those behind it.
  private func startable(_ look: DiskLook?) -> [TaskRecord] {
    guard var look else { return [] }
    let free = configuration.simultaneousDownloads - transfers.count
    do {
      let waiting = try store.activeTasks().filter {
        transfers[$0.id] == nil && !cancelling.contains($0.id) && !$0.isPaused
      }
      var starting: [TaskRecord] = []
      var hasSlot = true
      for task in waiting {
        hasSlot = hasSlot && starting.count + arrivals.count(before: task) < free
        guard hasSlot || !queueWaits.isEmpty else { break }
        // Who waits for more than its turn says so only as long as it does.
        guard hasSlot || queueWaits[task.id] != nil, mayBegin(task, &look) else { continue }
        if hasSlot { starting.append(task) } else { giveUpContent(task.id) }
      }
      return starting
    } catch {
      logger.error("the queue cannot be read", metadata: ["cause": "\(error)"])
      return []
    }
  }

  /// Whether nothing but its turn keeps a task from beginning; its content is claimed for it then.
  private func mayBegin(_ task: TaskRecord, _ look: inout DiskLook) -> Bool {
    if let other = contents.claim(task) {
      let failure = TransferError.sameContent(as: other).failure
      queueWaits.say(failure.message, task.id, obstacle: .sameContent)
      return false
    }
    guard hasRoom(task, &look) else {
      giveUpContent(task.id)
      return false
    }
    return true
  }

  /// Lets others fetch the content of a task, unless that has its file open and goes on with it.
  private func giveUpContent(_ id: String) {
    if queueWaits[id]?.content == nil { contents.end(id) }
  }

  /// Starts a transfer of its own task, which the queue's group owns: so one can be cancelled
  /// alone.
  private func begin(_ task: TaskRecord) -> Task<Void, Never> {
    let prepared = Transfer(
      id: task.id, store: store, library: library, source: source, finder: contentFinder,
      hosts: hosts, live: live, hub: hub, traces: traces, limits: beginLimits(of: task),
      waits: waits,
      contents: contents, budget: budget, configuration: configuration, environment: environment,
      logger: logger,
      after: queueWaits.end(task.id))
    let resolution = resolutions.take(task.id, at: environment.instant())
    live.begin(task.id, bytes: task.checkpoint, total: task.size)
    let handle = Task {
      var transfer = prepared
      let stop = await transfer.run(resolution)
      self.ended(task.id, stop)
    }
    transfers[task.id] = handle
    index.gate.hold(true)
    return handle
  }

  private func ended(_ id: String, _ stop: Transfer.Stop?) {
    transfers[id] = nil
    taskLimits[id] = nil
    if let asset = try? store.task(id)?.repairs { checks.forgetEnd(of: asset) }
    live.end(id)
    index.gate.hold(!transfers.isEmpty)
    if let stop { wait(id, for: stop) } else { wishForPreview(of: id) }
    giveUpContent(id)
    wakeQueue()
  }

  /// A transfer has stopped before its end because of something that passes.
  private func wait(_ id: String, for stop: Transfer.Stop) {
    // Going on again and again without a pause would help nobody. That another transfer has ended is
    // noticed when it does.
    let pause: Duration =
      switch stop.obstacle {
      case .sameContent: .zero
      case .refusal: environment.diskInterval * 15
      case .room, .folder: environment.diskInterval
      }
    queueWaits.set(
      QueueWaits.Wait(
        message: stop.failure.message, obstacle: stop.obstacle, content: stop.content,
        hasBegun: true, until: environment.instant() + pause, freeThen: stop.free), id)
  }
}
