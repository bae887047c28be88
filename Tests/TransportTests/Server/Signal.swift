/// One value that a server thread tells the test, once.
struct Signal<Value: Sendable>: Sendable {
  private let stream: AsyncStream<Value>
  private let continuation: AsyncStream<Value>.Continuation

  init(of: Value.Type = Value.self) {
    (stream, continuation) = AsyncStream.makeStream()
  }

  func send(_ value: Value) {
    continuation.yield(value)
    continuation.finish()
  }

  /// Nil when the test's task is cancelled first.
  func value() async -> Value? {
    for await value in stream { return value }
    return nil
  }
}
