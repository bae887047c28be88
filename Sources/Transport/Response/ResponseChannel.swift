import Synchronization

/// Where the thread of libcurl and the one task that reads a response meet.
final class ResponseChannel: Sendable {
  private let state = Mutex(ResponseState())
  private let thread: CurlThread

  init(thread: CurlThread) {
    self.thread = thread
  }
}

// MARK: - The reader's side

extension ResponseChannel {
  func head() async -> ResponseState.HeadResult {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let ready = state.withLock { $0.headOrWait(continuation) }
        if let ready { continuation.resume(returning: ready) }
      }
    } onCancel: {
      cancel()
    }
  }

  /// The next bytes, nil after the last.
  func next(isolation actor: isolated (any Actor)? = #isolation) async -> ResponseState.ChunkResult
  {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let (ready, resumes) = state.withLock { $0.chunkOrWait(continuation) }
        if resumes { thread.submit(.resume(self)) }
        if let ready { continuation.resume(returning: ready) }
      }
    } onCancel: {
      cancel()
    }
  }

  /// Ends the transfer and drops what was not read. Does nothing after the last byte was read.
  func cancel() {
    let wasRunning = state.withLock { state in
      let wasRunning = state.end == nil
      if wasRunning || !state.buffer.isEmpty { state.end = .failure(.cancelled) }
      state.buffer.clear()
      return wasRunning
    }
    guard wasRunning else { return }
    thread.submit(.cancel(self))
    wakeWaiters()
  }
}

// MARK: - The thread's side

extension ResponseChannel {
  func deliver(_ head: HTTPResponseHead) {
    state.withLock { $0.head = head }
    wakeWaiters()
  }

  /// False when the reader is behind and the bytes must be offered again after `.resume`.
  func offer(_ bytes: UnsafeRawBufferPointer) -> Bool {
    // The pointer does not outlive this call, and the lock is held by this thread only meanwhile.
    nonisolated(unsafe) let bytes = bytes
    let isAccepted = state.withLock { $0.end != nil || $0.buffer.offer(bytes) }
    wakeWaiters()
    return isAccepted
  }

  /// Ends the response; only the first call counts.
  func finish(_ result: Result<Void, TransportError>) {
    state.withLock { state in
      if state.end == nil { state.end = result }
    }
    wakeWaiters()
  }

  /// Continuations are resumed outside the lock, since resuming may run the reader's executor.
  private func wakeWaiters() {
    let (head, chunk) = state.withLock { ($0.answerHeadWaiter(), $0.answerChunkWaiter()) }
    if let (waiter, result) = head { waiter.resume(returning: result) }
    if let (waiter, result) = chunk { waiter.resume(returning: result) }
  }
}
