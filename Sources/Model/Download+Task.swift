import ComfyAPI
import Downloads
import Foundation

extension Download {
  /// What a task tells of a download that nobody here has queued.
  ///
  /// - Parameter backend: the name of the backend whose task it is.
  public init(_ task: TaskResponse, backend: String) {
    let url = task.payload["source_url"]?.string ?? ""
    let name = task.result?.filename ?? task.payload["name"]?.string ?? url.lastComponent
    self.init(
      id: UUID(uuidString: task.id) ?? UUID(), backend: backend, url: PlainText.sanitized(url),
      name: FileName.sanitized(name) ?? task.taskName, createdAt: task.createTime, status: .created)
    taskID = task.id
    if case .array(let tags)? = task.payload["tags"] {
      let all = tags.compactMap(\.string)
      folder = Folder(tags: all)?.name
      self.tags = all.filter { !Folder.isPlacement(tag: $0) }
    }
    userMetadata = task.payload["user_metadata"]?.object ?? [:]
    var figures = TransferFigures()
    merge(task, &figures, at: .now)
  }
}

extension String {
  fileprivate var lastComponent: String { split(separator: "/").last.map(String.init) ?? "" }
}
