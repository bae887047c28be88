import ComfyAPI
import Engine
import Hummingbird

extension Routes {
  func addTasks(to router: Router<BasicRequestContext>) {
    router.path("/api/tasks", [.get: listTasks])
    router.path("/api/tasks/:id", [.get: readTask, .delete: cancelTask])
  }

  @Sendable
  private func listTasks(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    try .json(await engine.tasks(try TaskQuery(request.uri.queryParameters)))
  }

  @Sendable
  private func readTask(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    try .json(await engine.task(try context.parameters.require("id")))
  }

  @Sendable
  private func cancelTask(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    try await engine.cancel(try context.parameters.require("id"))
    return Response(status: .noContent)
  }
}

extension TaskQuery {
  /// Filters of the contract that the engine does not have. Ignoring them would answer a question
  /// that was not asked.
  private static let unsupported = [
    "task_name", "idempotency_key", "created_after", "created_before",
  ]

  /// - Throws: 400 for a bad number or order, 422 for a status that no task can have.
  fileprivate init(_ parameters: Parameters) throws(Refusal) {
    for name in Self.unsupported where parameters[Substring(name)] != nil {
      throw .invalid(name, "'\(name)' is not supported.", code: "UNSUPPORTED_PARAM")
    }
    self.init(
      statuses: try Self.statuses(parameters["status"] ?? ""),
      limit: try Self.number("limit", in: parameters, from: 1, through: 100) ?? 20,
      offset: try Self.number("offset", in: parameters, from: 0, through: Int(Int32.max)) ?? 0,
      ascending: try Self.isAscending(parameters["sort_order"]))
  }

  private static func statuses(_ list: Substring) throws(Refusal) -> [TaskStatus] {
    var statuses: [TaskStatus] = []
    for name in list.split(separator: ",") {
      let status = TaskStatus(rawValue: String(name))
      guard TaskStatus.known.contains(status) else {
        throw .invalid(
          "status", "'\(name.prefix(40))' is no status of a task.", status: .unprocessableContent)
      }
      statuses.append(status)
    }
    return statuses
  }

  private static func number(
    _ name: String, in parameters: Parameters, from least: Int, through most: Int
  ) throws(Refusal) -> Int? {
    guard let text = parameters[Substring(name)] else { return nil }
    guard let value = Int(text), (least...most).contains(value) else {
      throw .invalid(name, "'\(name)' should be a number from \(least) to \(most).")
    }
    return value
  }

  private static func isAscending(_ order: Substring?) throws(Refusal) -> Bool {
    switch order {
    case nil, "desc": return false
    case "asc": return true
    default: throw .invalid("sort_order", "'sort_order' should be asc or desc.")
    }
  }
}
