import ComfyAPI

extension ComfyClient {
  /// How many messages wait for a slow reader before the oldest are dropped.
  private static let messageBacklog = 512

  /// What `/ws` says, over one connection.
  ///
  /// Ends with a `ClientError` when the line is lost or cannot be made; the caller connects anew
  /// by asking again. Ends without one when the reader stops. Frames that are no message of the
  /// contract are left out. Connections over TLS are not supported: polling must do there.
  public func messages() -> AsyncThrowingStream<WebSocketMessage, any Error> {
    AsyncThrowingStream(bufferingPolicy: .bufferingNewest(Self.messageBacklog)) { continuation in
      let reading = Task {
        do {
          try await WebSocketLine(endpoint: endpoint).run { continuation.yield($0) }
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

  static let secureWebSocketUnsupported = ClientError(
    kind: .unreachable, code: "WEBSOCKET_UNSUPPORTED",
    message: "Live messages over TLS are not supported yet; tasks are polled instead.")
}
