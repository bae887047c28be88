/// What a user changes of a download that has not begun.
public enum Revision: Sendable, Hashable {
  /// Nil leaves it to the backend.
  case folder(Folder?)
  /// In place of those it had.
  case tags([String])

  public func apply(to download: inout Download) {
    switch self {
    case .folder(let folder): download.folder = folder?.name
    case .tags(let tags): download.tags = tags
    }
  }
}

extension Download {
  /// Whether nothing has been done for it yet but to queue it, so that it can still become another.
  public var isUnbegun: Bool {
    guard phase != .paused else { return false }
    return (status == .queued && taskID == nil)
      || (status == .created && (bytesDownloaded ?? 0) <= 0)
  }
}
