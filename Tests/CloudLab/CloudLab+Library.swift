import ComfyAPI
import Foundation

/// `/api/assets`, `/api/tags`, `/api/experiment/models` and the look at a link.
extension CloudLab {
  func created(_ asset: CloudAsset) -> CloudAnswer {
    var fields = asset.json(usingOlderNames: behaviour.usesOlderAssetFields)
    fields["created_new"] = false
    return .json(200, .object(fields))
  }

  func listAssets(_ request: CloudRequest) -> CloudAnswer {
    guard let page = Page(request, largest: 500) else {
      return refusal(400, "INVALID_QUERY", "limit is 1 to 500.")
    }
    let all = request.list("tags_all") + request.list("include_tags")
    let none = request.list("tags_none") + request.list("exclude_tags")
    let any = request.list("tags_any")
    let part = request.item("name_contains")?.lowercased() ?? ""
    let matching = state.withLock(\.assets).filter { asset in
      all.allSatisfy(asset.tags.contains) && !none.contains(where: asset.tags.contains)
        && (any.isEmpty || any.contains(where: asset.tags.contains))
        && (part.isEmpty || asset.name.lowercased().contains(part))
    }
    let older = behaviour.usesOlderAssetFields
    let shown = page.of(Array(matching.reversed())).map {
      JSONValue.object($0.json(usingOlderNames: older))
    }
    return .json(200, page.answer("assets", shown, total: matching.count))
  }

  /// `/api/assets/{id}` and its tags.
  func oneAsset(_ id: String, _ part: String?, _ request: CloudRequest) -> CloudAnswer {
    let body = request.object ?? [:]
    let answer = state.withLock { state -> CloudAnswer? in
      guard let index = state.assets.firstIndex(where: { $0.id == id }) else { return nil }
      switch (request.method, part) {
      case ("GET", nil): break
      case ("PUT", nil):
        if let name = body["name"]?.string { state.assets[index].name = name }
        if let metadata = body["user_metadata"]?.object {
          state.assets[index].userMetadata = metadata
        }
      case ("DELETE", nil):
        state.assets.remove(at: index)
        return .empty
      case ("POST", "tags"?), ("DELETE", "tags"?):
        guard case .array(let tags)? = body["tags"] else { return nil }
        let changed = tags.compactMap(\.string)
        state.assets[index].tags.removeAll(where: changed.contains)
        if request.method == "POST" { state.assets[index].tags += changed }
        return .json(
          200, .object(["total_tags": .array(state.assets[index].tags.map(JSONValue.string))]))
      default: return nil
      }
      let older = state.behaviour.usesOlderAssetFields
      return .json(200, .object(state.assets[index].json(usingOlderNames: older)))
    }
    return answer ?? refusal(404, "NOT_FOUND", "No such asset.")
  }

  func listTags(_ request: CloudRequest) -> CloudAnswer {
    guard let page = Page(request, largest: 1000) else {
      return refusal(400, "INVALID_QUERY", "limit is 1 to 1000.")
    }
    var counts: [String: Int64] = [:]
    for tag in state.withLock(\.assets).flatMap(\.tags) { counts[tag, default: 0] += 1 }
    let all = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
      JSONValue.object(["name": .string($0.key), "count": .integer($0.value), "type": "user"])
    }
    return .json(200, page.answer("tags", page.of(all), total: all.count))
  }

  func modelFolders() -> CloudAnswer {
    let names = ["checkpoints", "configs", "custom_nodes", "diffusion_models", "loras", "vae"]
    return .json(
      200, .array(names.map { .object(["name": .string($0), "folders": .array([.string($0)])]) }))
  }

  func remoteMetadata(_ request: CloudRequest) -> CloudAnswer {
    guard let url = request.item("url"), !url.isEmpty else {
      return refusal(400, "INVALID_URL", "Please provide a URL.")
    }
    if let told = state.withLock({ $0.metadata[url] }) { return .json(200, told) }
    let name = url.split(separator: "/").last.map(String.init) ?? "file"
    return .json(
      200,
      .object([
        "content_length": -1, "content_type": "application/octet-stream",
        "filename": .string(name), "name": .string(name), "tags": .array(["models", "loras"]),
        "validation": .object(["is_valid": true, "errors": .array([]), "warnings": .array([])]),
      ]))
  }
}

/// A part of a list that was asked for.
private struct Page {
  let offset: Int
  let limit: Int

  init?(_ request: CloudRequest, largest: Int) {
    let limit = request.item("limit").map { Int($0) } ?? 20
    let offset = request.item("offset").map { Int($0) } ?? 0
    guard let limit, (1...largest).contains(limit), let offset, offset >= 0 else { return nil }
    (self.offset, self.limit) = (offset, limit)
  }

  func of<Element>(_ all: [Element]) -> [Element] { Array(all.dropFirst(offset).prefix(limit)) }

  func answer(_ name: String, _ shown: [JSONValue], total: Int) -> JSONValue {
    .object([
      name: .array(shown), "total": .integer(Int64(total)),
      "has_more": .bool(offset + shown.count < total),
    ])
  }
}
