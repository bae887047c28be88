/// Wakes one waiting loop; a ring while nobody waits is kept for the next wait.
actor Bell {
  private let clock: any Clock<Duration>
  private var waiter: CheckedContinuation<Void, Never>?
  private var hasRung = false

  init(clock: any Clock<Duration>) { self.clock = clock }

  func ring() {
    guard let waiter else {
      hasRung = true
      return
    }
    self.waiter = nil
    waiter.resume()
  }

  /// Returns when the bell rings, when the time is up, or when the task is cancelled.
  func wait(atMost limit: Duration) async {
    guard !hasRung, !Task.isCancelled else {
      hasRung = false
      return
    }
    let alarm = Task { [clock] in
      do {
        try await clock.sleep(for: limit)
        ring()
      } catch {
        // Rung before the time was up.
      }
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { waiter = $0 }
    } onCancel: {
      Task { await ring() }
    }
    alarm.cancel()
  }
}
