import ComfyAPI

extension Download {
  /// Whether it waits at the backend, so that it can have another place in the queue there: before it
  /// begins, and where it has stopped until something passes. An engine tells; of others only what has
  /// not begun is known to wait.
  public var canBeMoved: Bool {
    guard taskID != nil else { return false }
    return switch status {
    case .created: isMovable ?? true
    case .running: isMovable ?? false
    default: false
    }
  }
}
