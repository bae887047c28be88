/// What is known of a response so far, and who waits for more.
///
/// The continuations it hands back are resumed by the caller, outside its lock.
struct ResponseState {
  typealias HeadResult = Result<HTTPResponseHead, TransportError>
  typealias ChunkResult = Result<[UInt8]?, TransportError>
  typealias HeadWaiter = CheckedContinuation<HeadResult, Never>
  typealias ChunkWaiter = CheckedContinuation<ChunkResult, Never>

  var head: HTTPResponseHead?
  var buffer = ResponseBuffer()
  /// Nil while the transfer runs.
  var end: Result<Void, TransportError>?
  private var headWaiter: HeadWaiter?
  private var chunkWaiter: ChunkWaiter?

  private var headResult: HeadResult? {
    if let head { return .success(head) }
    switch end {
    case .failure(let error): return .failure(error)
    case .success: return .failure(.interruptedBeforeHead)
    case nil: return nil
    }
  }

  mutating func headOrWait(_ waiter: HeadWaiter) -> HeadResult? {
    if let headResult { return headResult }
    headWaiter = waiter
    return nil
  }

  mutating func chunkOrWait(_ waiter: ChunkWaiter) -> (ready: ChunkResult?, resumes: Bool) {
    if let (chunk, resumes) = buffer.take() { return (.success(chunk), resumes) }
    if let end { return (end.map { nil }, false) }
    guard chunkWaiter == nil else { return (.failure(.secondReader), false) }
    chunkWaiter = waiter
    return (nil, false)
  }

  mutating func answerHeadWaiter() -> (HeadWaiter, HeadResult)? {
    guard let waiter = headWaiter, let headResult else { return nil }
    headWaiter = nil
    return (waiter, headResult)
  }

  /// A reader that waits found the buffer empty, so a chunk given to it never ends a pause.
  mutating func answerChunkWaiter() -> (ChunkWaiter, ChunkResult)? {
    guard let waiter = chunkWaiter else { return nil }
    let result: ChunkResult
    if let (chunk, _) = buffer.take() {
      result = .success(chunk)
    } else if let end {
      result = end.map { nil }
    } else {
      return nil
    }
    chunkWaiter = nil
    return (waiter, result)
  }
}

extension TransportError {
  fileprivate static let interruptedBeforeHead = TransportError(
    .interrupted(receivedBytes: 0), "the server ended the connection without an answer")
  fileprivate static let secondReader = TransportError(
    .invalidRequest, "a body can be read by one task only")
}
