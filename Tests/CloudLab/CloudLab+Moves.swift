import ComfyAPI
import Foundation

/// What the test makes happen in the cloud.
extension CloudLab {
  /// All tasks, in the order they were made.
  public var tasks: [CloudTask] { state.withLock(\.tasks) }

  /// The newest task of a link.
  public func task(of url: String) -> CloudTask? { tasks.last { $0.url == url } }

  /// Makes a task that this client never asked for.
  @discardableResult
  public func startElsewhere(_ url: String, tags: [String] = ["models", "loras"]) -> CloudTask {
    let task = CloudTask(url: url, tags: tags, taskName: behaviour.taskName)
    state.withLock { $0.tasks.append(task) }
    return task
  }

  /// Moves a task to a status and tells the feed.
  public func move(_ id: String, to status: String, error: String? = nil) {
    tell(
      change(id) {
        $0.move(to: status)
        $0.error = error
      })
  }

  /// Bytes arrive; the feed alone tells of them.
  public func progress(_ id: String, _ bytes: Int, of total: Int) {
    tell(
      change(id) {
        if $0.status == "created" { $0.move(to: "running") }
        ($0.bytesDownloaded, $0.bytesTotal) = (bytes, total)
      })
  }

  /// Ends a task well: its asset is there.
  public func complete(_ id: String) {
    guard let task = tasks.first(where: { $0.id == id }) else { return }
    let asset = CloudAsset(of: task)
    state.withLock { $0.assets.append(asset) }
    tell(
      change(id) {
        $0.move(to: "completed")
        $0.bytesDownloaded = $0.bytesTotal
        $0.assetID = asset.id
        $0.error = nil
      })
  }

  /// Forgets a task, as if it had never been.
  public func forget(_ id: String) { state.withLock { $0.tasks.removeAll { $0.id == id } } }

  /// Content that is stored already: a download of it is answered with its asset.
  @discardableResult
  public func store(_ url: String, size: Int = 1000, folder: String = "loras") -> CloudAsset {
    let asset = CloudAsset(url: url, size: size, tags: ["models", folder])
    state.withLock { $0.assets.append(asset) }
    return asset
  }

  /// What `remote-metadata` says of a link.
  public func describe(_ url: String, as metadata: JSONValue) {
    state.withLock { $0.metadata[url] = metadata }
  }

  /// Sends what the feed knows of a task once more.
  public func repeatMessage(_ id: String) { tell(tasks.first { $0.id == id }) }

  @discardableResult
  func change(_ id: String, _ body: (inout CloudTask) -> Void) -> CloudTask? {
    state.withLock { state in
      guard let index = state.tasks.firstIndex(where: { $0.id == id }) else { return nil }
      body(&state.tasks[index])
      return state.tasks[index]
    }
  }

  private func tell(_ task: CloudTask?) {
    guard let task else { return }
    feed.send(task.message(asPercent: behaviour.writesPercent))
  }
}
