import ComfyAPI

/// What the backend's files are called after: tags and folders.
extension ComfyClient {
  /// The tags in use, those of most files first: `GET /api/tags`.
  ///
  /// - Parameter limit: 1 to 1000.
  public func tagsInUse(limit: Int = 1000) async throws(ClientError) -> [TagInfo] {
    let path = "/api/tags?limit=\(limit)&order=count_desc"
    return try await value(ListTagsResponse.self, "GET", path).tags
  }

  /// The folders of models: `GET /api/experiment/models`.
  public func modelFolders() async throws(ClientError) -> [ModelFolder] {
    try await value([ModelFolder].self, "GET", "/api/experiment/models")
  }
}
