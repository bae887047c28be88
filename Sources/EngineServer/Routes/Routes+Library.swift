import ComfyAPI
import Engine
import Foundation
import Hummingbird

extension Routes {
  func addLibrary(to router: Router<BasicRequestContext>) {
    router.path("/api/tags", [.get: listTags])
    router.path("/api/user", [.get: user])
    router.path("/api/system_stats", [.get: systemStats])
    router.path("/api/experiment/models", [.get: listFolders])
    router.path("/api/experiment/models/:folder", [.get: listFiles])
  }

  @Sendable
  private func listTags(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    let parameters = try RequestParameters(request)
    var query = TagQuery()
    query.prefix = parameters.text("prefix") ?? ""
    query.limit = try parameters.number("limit", from: 1, through: 1000) ?? 100
    query.offset = try parameters.offset()
    query.sortsByName =
      try parameters.choice("order", of: ["count_desc", "name_asc"]) == "name_asc"
    // A tag is in use or it is not there, and there are no assets but the user's own.
    _ = try parameters.boolean("include_zero")
    _ = try parameters.boolean("include_public")
    return try .json(await engine.tags(query))
  }

  @Sendable
  private func user(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    try .json(UserResponse(id: "local", status: "active"))
  }

  /// Arguments of the process are left out: nobody outside needs them.
  @Sendable
  private func systemStats(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    let memory = SystemMemory.now
    return try .json(
      SystemStatsResponse(
        system: .init(
          os: SystemMemory.operatingSystem, ramTotal: memory.total, ramFree: memory.free)))
  }

  @Sendable
  private func listFolders(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    try .json(await engine.modelFolders())
  }

  @Sendable
  private func listFiles(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    try .json(await engine.modelFiles(in: try context.text("folder")))
  }
}

/// The memory of the machine, in bytes.
struct SystemMemory {
  let total: Double
  let free: Double

  static var now: SystemMemory {
    let total = Double(ProcessInfo.processInfo.physicalMemory)
    return SystemMemory(total: total, free: available ?? 0)
  }

  static var operatingSystem: String {
    #if os(Linux)
      "linux"
    #else
      "darwin"
    #endif
  }

  /// What Linux says can be had without swapping (proc(5)).
  private static var available: Double? {
    guard let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("MemAvailable:") })
    else { return nil }
    return line.split(separator: " ").dropFirst().first.flatMap { Double($0) }.map { $0 * 1024 }
  }
}
