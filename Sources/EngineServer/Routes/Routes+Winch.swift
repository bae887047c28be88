import ComfyAPI
import Engine
import Hummingbird

extension Routes {
  /// What the server says it can do, also in answer to a client of `/ws`.
  static let featureFlags: [String: JSONValue] = [
    "supports_preview_metadata": false, "supports_model_type_tags": true, "assets": true,
    "model_upload_button_enabled": true, "private_models_enabled": true,
    "user_secrets_enabled": true,
  ]

  func addWinch(to router: Router<BasicRequestContext>) {
    router.path("/api/features", [.get: features])
    router.path("/api/winch/status", [.get: status])
    router.path("/api/winch/shutdown", [.post: shutdown])
    router.path("/api/winch/limits", [.get: limits, .put: setLimits])
    router.path("/api/winch/tasks/:id", [.get: trace])
    router.path("/api/winch/tasks/:id/retry", [.post: retry])
    router.path("/api/winch/tasks/:id/pause", [.post: pause])
    router.path("/api/winch/tasks/:id/resume", [.post: resume])
    router.path("/api/winch/tasks/:id/move", [.post: move])
    router.path("/api/winch/tasks/:id/limits", [.get: taskLimits, .put: setTaskLimits])
    router.path("/api/winch/assets/:id/verify", [.get: assetCheck, .post: checkAsset])
    router.path("/api/winch/assets/:id/repair", [.post: repairAsset])
    router.path("/api/winch/library/scan", [.get: libraryScan, .post: scanLibrary])
    router.path("/ws", [.get: withoutUpgrade])
  }

  @Sendable
  private func features(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    let version = try await engine.status().version
    var values = Self.featureFlags
    values["max_upload_size"] = .integer(UploadForm.largestFile)
    values["winch"] = .object([
      "version": .string(version), "retry": true, "pause": true, "move": true, "limits": true,
      "task_limits": true, "trace": true, "verify": true, "delete_partial": true,
      "delete_file": true, "library_scan": true, "filename": true, "repair": true,
      "expected_hash": true,
    ])
    return try .json(Features(values: values))
  }

  @Sendable
  private func status(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    try .json(await engine.status())
  }

  @Sendable
  private func retry(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let id = try context.id("id")
    try await engine.retry(id)
    return try .json(await engine.task(id), status: .accepted)
  }

  @Sendable
  private func pause(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let id = try context.id("id")
    try await engine.pause(id)
    return try .json(await engine.task(id))
  }

  @Sendable
  private func resume(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let id = try context.id("id")
    try await engine.resume(id)
    return try .json(await engine.task(id))
  }

  @Sendable
  private func move(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let id = try context.id("id")
    try await engine.move(id, to: try await Self.body(TaskMove.self, of: request).to)
    return try .json(await engine.task(id))
  }

  @Sendable
  private func trace(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    try .json(await engine.trace(try context.id("id")))
  }

  @Sendable
  private func limits(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    try .json(await engine.limits())
  }

  @Sendable
  private func setLimits(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    try .json(await engine.setLimits(try await Self.body(TransferLimits.self, of: request)))
  }

  @Sendable
  private func taskLimits(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    try .json(await engine.limits(of: try context.id("id")))
  }

  @Sendable
  private func setTaskLimits(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    let id = try context.id("id")
    let limits = try await Self.body(TransferLimits.self, of: request)
    return try .json(await engine.setLimits(limits, of: id))
  }

  @Sendable
  private func checkAsset(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    let atOnce = try RequestParameters(request).number(
      "at_once", from: 1, through: Engine.mostChecksAtOnce)
    return try .json(
      await engine.checkAsset(
        try context.id("id"), atOnce: atOnce ?? Engine.usualChecksAtOnce), status: .accepted)
  }

  @Sendable
  private func repairAsset(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    try .json(await engine.repairAsset(try context.id("id")), status: .accepted)
  }

  @Sendable
  private func assetCheck(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    try .json(await engine.assetCheck(try context.id("id")))
  }

  @Sendable
  private func scanLibrary(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    try .json(await engine.scanLibrary(), status: .accepted)
  }

  @Sendable
  private func libraryScan(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    try .json(await engine.libraryScan())
  }

  /// The end is announced only after the answer was written, or nobody would get it.
  @Sendable
  private func shutdown(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    let answer = ByteBuffer(string: #"{"status":"stopping"}"#)
    return Response(
      status: .accepted, headers: [.contentType: "application/json", .connection: "close"],
      body: ResponseBody(contentLength: answer.readableBytes) { [onShutdown] writer in
        defer { onShutdown() }
        try await writer.write(answer)
        try await writer.finish(nil)
      })
  }

  /// Reached only by requests that are no WebSocket handshake.
  @Sendable
  private func withoutUpgrade(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    var refusal = Refusal(
      .upgradeRequired, "UPGRADE_REQUIRED", "This path takes WebSocket connections only.")
    refusal.headers[.upgrade] = "websocket"
    throw refusal
  }
}
