import ComfyAPI

extension ComfyClient {
  /// How many messages wait for a slow reader before the oldest are dropped.
  private static let messageBacklog = 512

  /// What `/ws` says, over one connection.
  ///
  /// Ends with a `ClientError` when the line is lost or cannot be made; the caller connects anew
  /// by asking again. Ends without one when the reader stops. Frames that are no message of the
  /// contract are left out.
  public func messages() -> AsyncThrowingStream<WebSocketMessage, any Error> {
    AsyncThrowingStream(bufferingPolicy: .bufferingNewest(Self.messageBacklog)) { continuation in
      let reading = Task {
        do {
          let line = WebSocketLine(
            endpoint: try endpoint, configuration: transport.configuration)
          try await line.run { continuation.yield($0) }
          continuation.finish(throwing: ClientError.lineLost)
        } catch let error as ClientError {
          continuation.finish(throwing: error)
        } catch {
          continuation.finish(throwing: ClientError.lineLost)
        }
      }
      continuation.onTermination = { _ in reading.cancel() }
    }
  }
}

extension ClientError {
  static let lineLost = ClientError(
    kind: .unreachable, code: "CONNECTION_LOST", message: "The line to the backend was lost.")
}
