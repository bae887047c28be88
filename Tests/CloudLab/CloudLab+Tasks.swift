import ComfyAPI
import Foundation

/// `/api/assets/download` and `/api/tasks`.
extension CloudLab {
  func download(_ request: CloudRequest) -> CloudAnswer {
    guard let body = request.object, let url = body["source_url"]?.string else {
      return refusal(400, "INVALID_BODY", "source_url is missing.")
    }
    guard ["https://huggingface.co/", "https://civitai.com/"].contains(where: url.hasPrefix) else {
      return refusal(
        400, "UNSUPPORTED_SOURCE",
        "This URL is not supported. Only Hugging Face and Civitai URLs are allowed.")
    }
    if let stored = state.withLock({ $0.assets.first { $0.url == url } }) {
      return created(stored)
    }
    var tags: [String] = []
    if case .array(let values)? = body["tags"] { tags = values.compactMap(\.string) }
    let behaviour = behaviour
    let task = CloudTask(
      url: url, tags: tags, userMetadata: body["user_metadata"]?.object ?? [:],
      taskName: behaviour.taskName)
    let shared = behaviour.sharesTasks ? tasks.first { $0.url == url && $0.isActive } : nil
    if shared == nil { state.withLock { $0.tasks.append(task) } }
    if behaviour.completesAtOnce { finishSilently(task) }
    return .json(
      202,
      .object([
        "task_id": .string((shared ?? task).id),
        "status": .string(behaviour.completesAtOnce ? "completed" : "created"),
        "message": "Download task created.",
      ]))
  }

  private func finishSilently(_ task: CloudTask) {
    let asset = CloudAsset(of: task)
    state.withLock { $0.assets.append(asset) }
    change(task.id) {
      $0.move(to: "completed")
      $0.assetID = asset.id
    }
  }

  func listTasks(_ request: CloudRequest) -> CloudAnswer {
    let limit = request.item("limit").map { Int($0) } ?? 20
    let offset = request.item("offset").map { Int($0) } ?? 0
    guard let limit, (1...100).contains(limit), let offset, offset >= 0 else {
      return refusal(400, "INVALID_QUERY", "limit is 1 to 100, offset 0 or more.")
    }
    let matching = matchingTasks(request)
    let page = matching.dropFirst(offset).prefix(limit)
    return .json(
      200,
      .object([
        "tasks": .array(page.map(\.entry)),
        "pagination": .object([
          "offset": .integer(Int64(offset)), "limit": .integer(Int64(limit)),
          "total": .integer(Int64(matching.count)),
          "has_more": .bool(offset + page.count < matching.count),
        ]),
      ]))
  }

  /// Newest first, unless asked otherwise.
  private func matchingTasks(_ request: CloudRequest) -> [CloudTask] {
    let statuses = request.list("status")
    let after = request.item("created_after").flatMap(CloudTime.date) ?? .distantPast
    let before = request.item("created_before").flatMap(CloudTime.date) ?? .distantFuture
    let name = request.item("task_name")
    let key = request.item("idempotency_key")
    let matching = tasks.filter { task in
      (statuses.isEmpty || statuses.contains(task.status))
        && task.createTime > after && task.createTime < before
        && (name == nil || name == task.taskName) && (key == nil || key == "user:" + task.url)
    }
    return request.item("sort_order") == "asc" ? matching : matching.reversed()
  }

  func oneTask(_ id: String, _ request: CloudRequest) -> CloudAnswer {
    guard let task = tasks.first(where: { $0.id == id }) else {
      return refusal(404, "TASK_NOT_FOUND", "Task not found.")
    }
    switch request.method {
    case "GET": return .json(200, task.whole)
    case "DELETE": return cancel(task)
    default: return refusal(405, "METHOD_NOT_ALLOWED")
    }
  }

  private func cancel(_ task: CloudTask) -> CloudAnswer {
    guard task.isActive else {
      return refusal(409, "TASK_NOT_CANCELLABLE", "The task can no longer be cancelled.")
    }
    switch behaviour.cancel {
    case .confirmed: move(task.id, to: "cancelled")
    case .ignored: break
    case .refused(let status, let code): return refusal(status, code)
    }
    return .empty
  }
}
