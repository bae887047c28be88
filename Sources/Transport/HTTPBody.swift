/// The body of a response as it arrives, in chunks that are never empty.
///
/// It has one consumer. While more than a mebibyte waits unread, the transfer is paused. Leaving the
/// loop, dropping the body or cancelling the task ends the transfer at once. Bytes that arrived before
/// a failure are handed out before it is thrown; a body that ends early throws `.interrupted`.
public struct HTTPBody: AsyncSequence, Sendable {
  public typealias Element = [UInt8]
  public typealias Failure = TransportError

  private let lease: TransferLease

  init(_ channel: ResponseChannel) {
    lease = TransferLease(channel)
  }

  public struct AsyncIterator: AsyncIteratorProtocol {
    private let bodyLease: TransferLease
    private let lease: TransferLease

    fileprivate init(_ bodyLease: TransferLease) {
      self.bodyLease = bodyLease
      self.lease = TransferLease(bodyLease.channel)
    }

    /// Nil after the last byte.
    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws(TransportError) -> [UInt8]? {
      try await lease.channel.next().get()
    }
  }

  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(lease) }
}

/// Ends the transfer when nobody holds it any more. The body holds one, so that an unread body ends;
/// each iterator holds another, so that leaving a loop ends it although the body is still in scope.
private final class TransferLease: Sendable {
  let channel: ResponseChannel

  init(_ channel: ResponseChannel) {
    self.channel = channel
  }

  deinit { channel.cancel() }
}
