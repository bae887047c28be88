import ComfyAPI
import Engine
import Hummingbird

extension Routes {
  func addTasks(to router: Router<BasicRequestContext>) {
    router.path("/api/tasks", [.get: listTasks])
    router.path("/api/tasks/:task_id", [.get: readTask, .delete: cancelTask])
  }

  @Sendable
  private func listTasks(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    try .json(await engine.tasks(try TaskQuery(try RequestParameters(request))))
  }

  @Sendable
  private func readTask(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    try .json(await engine.task(try context.id("task_id")))
  }

  @Sendable
  private func cancelTask(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    let deletesPartial = try RequestParameters(request).boolean("delete_partial") ?? false
    try await engine.cancel(try context.id("task_id"), deletesPartial: deletesPartial)
    return Response(status: .noContent)
  }
}

extension TaskQuery {
  /// - Throws: 400 for a bad number, time or order, 422 for a status that no task can have.
  fileprivate init(_ parameters: RequestParameters) throws(Refusal) {
    self.init(
      statuses: try Self.statuses(parameters.list("status")),
      limit: try parameters.number("limit", from: 1, through: 100) ?? 20,
      offset: try parameters.offset(),
      ascending: try parameters.choice("sort_order", of: ["asc", "desc"]) == "asc")
    taskName = parameters.text("task_name")
    idempotencyKey = parameters.text("idempotency_key")
    createdAfter = try parameters.date("created_after")
    createdBefore = try parameters.date("created_before")
  }

  private static func statuses(_ names: [String]) throws(Refusal) -> [TaskStatus] {
    var statuses: [TaskStatus] = []
    for name in names {
      let status = TaskStatus(rawValue: name)
      guard TaskStatus.known.contains(status) else {
        throw .invalid(
          "status", "'\(name.prefix(40))' is no status of a task.", status: .unprocessableContent)
      }
      statuses.append(status)
    }
    return statuses
  }
}
