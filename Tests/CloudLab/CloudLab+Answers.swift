import ComfyAPI
import Foundation

/// From a request to its answer: faults, access, then the routes.
extension CloudLab {
  /// Nil closes the connection without an answer.
  func answer(_ request: CloudRequest) async -> CloudAnswer? {
    let (fault, latency) = state.withLock { state in
      // A refused handshake has been recorded already.
      if request.path != "/ws" { state.requests.append(request) }
      return (state.takeFault(for: request), state.behaviour.latency)
    }
    await pause(latency / 2)
    let answer = await answer(request, with: fault)
    await pause(latency / 2)
    return answer
  }

  private func answer(
    _ request: CloudRequest, with fault: CloudFault.Effect?
  ) async -> CloudAnswer? {
    switch fault {
    case nil: return allowed(request)
    case .refuse(let status, let code, let message, let retryAfter):
      var answer = refusal(status, code, message)
      if let retryAfter { answer.headers.append(("Retry-After", retryAfter)) }
      return answer
    case .loseRequest: return nil
    case .loseAnswer:
      _ = allowed(request)
      return nil
    case .delay(let time):
      let answer = allowed(request)
      await pause(time)
      return answer
    case .body(let text): return CloudAnswer(status: 200, body: Array(text.utf8))
    case .truncate:
      var answer = allowed(request)
      answer.isTruncated = true
      return answer
    case .enormous(let size):
      return CloudAnswer(
        status: 200, body: [0x5B] + Array(repeating: 0x20, count: size - 2) + [0x5D])
    case .redirect(let origin):
      let target = origin + request.path + (request.query.isEmpty ? "" : "?" + request.query)
      return CloudAnswer(status: 307, headers: [("Location", target)])
    }
  }

  /// Whether a handshake of `/ws` goes through.
  func admitsToFeed(_ request: CloudRequest) -> Bool {
    state.withLock { state in
      state.requests.append(request)
      let hasFault = state.faults.contains { $0.times > 0 && request.line.hasPrefix($0.target) }
      return !hasFault
    } && feed.quirks.refusal == nil && request.path == "/ws"
      && request.item("token") == Self.key && request.item("clientId") != nil
  }

  private func pause(_ time: Duration) async {
    // A client that went away does not end the work on its request.
    if time > .zero { try? await Task.sleep(for: time) }
  }

  private func allowed(_ request: CloudRequest) -> CloudAnswer {
    if request.path == "/ws" { return refusal(feed.quirks.refusal ?? 401, "UNAUTHORIZED") }
    let bearer = request.headers["authorization"]
    guard request.headers["x-api-key"] == Self.key || bearer == "Bearer \(Self.key)" else {
      return refusal(401, "UNAUTHORIZED", "Please sign in to continue.")
    }
    if let workspace = request.headers["x-comfy-workspace-id"], workspace != behaviour.workspace {
      return refusal(400, "workspace_id_invalid", "The key belongs to another workspace.")
    }
    return route(request)
  }

  private func route(_ request: CloudRequest) -> CloudAnswer {
    let parts = request.path.split(separator: "/").map { $0.removingPercentEncoding ?? "" }
    guard parts.first == "api" else { return refusal(404, "NOT_FOUND") }
    switch (request.method, parts.dropFirst().joined(separator: "/")) {
    case ("GET", "user"): return .json(200, .object(["id": "user-lab", "status": "active"]))
    case ("GET", "features"): return .json(200, features)
    case ("POST", "assets/download"): return download(request)
    case ("GET", "assets/remote-metadata"): return remoteMetadata(request)
    case ("GET", "assets"): return listAssets(request)
    case ("GET", "tags"): return listTags(request)
    case ("GET", "tasks"): return listTasks(request)
    case ("GET", "experiment/models"): return modelFolders()
    default: break
    }
    if parts.count >= 3, parts[1] == "assets" {
      return oneAsset(parts[2], parts.dropFirst(3).first, request)
    }
    if parts.count == 3, parts[1] == "tasks" { return oneTask(parts[2], request) }
    if parts.count >= 2, parts[1] == "secrets" { return secrets(parts.dropFirst(2), request) }
    return refusal(404, "NOT_FOUND", "No such path.")
  }

  private var features: JSONValue {
    .object([
      "supports_model_type_tags": .bool(behaviour.supportsModelTypeTags),
      "private_models_enabled": true, "model_upload_button_enabled": true,
      "user_secrets_enabled": true, "max_concurrent_jobs": 3,
    ])
  }
}
