import ComfyAPI
import Downloads

extension Engine {
  /// Fetches a file and waits until it is stored, however long that takes. The download is a task
  /// like any other, and goes on if the caller stops waiting.
  ///
  /// - Throws: `invalidRequest` and `unprocessable` as `download` does; `notFound` when the source has
  ///   no such file; `unprocessable` when the task fails or is cancelled; `unavailable` when the
  ///   engine ends first.
  public func createAsset(
    fromURL upload: AssetURLUpload
  ) async throws(EngineError) -> AssetCreated {
    let request = AssetDownloadRequest(
      sourceURL: upload.url, tags: upload.tags, userMetadata: upload.userMetadata,
      previewID: upload.previewID, filename: FileName.sanitized(upload.name) ?? upload.name)
    do {
      switch try await download(request) {
      case .asset(let created): return created
      case .task(let task): return try outcome(try await end(of: task.taskID))
      }
    } catch {
      throw error.forURLUpload
    }
  }

  private func end(of id: String) async throws(EngineError) -> TaskResponse {
    // Listens before it looks, so that no end comes in between.
    var messages = hub.listen().makeAsyncIterator()
    while true {
      let task = try self.task(id)
      if task.status.isTerminal { return task }
      guard await messages.next() != nil else {
        throw EngineError(
          .unavailable, code: "SERVICE_UNAVAILABLE",
          message: "The engine ends; the download goes on when it starts again.")
      }
    }
  }

  private func outcome(_ task: TaskResponse) throws(EngineError) -> AssetCreated {
    guard task.status == .completed, let id = task.result?.assetID else {
      throw EngineError(
        .unprocessable, code: task.result?.errorCode ?? "DOWNLOAD_CANCELLED",
        message: task.errorMessage ?? "The download was cancelled.", field: "url",
        hint: task.result?.hint)
    }
    return AssetCreated(asset: try asset(id), createdNew: true)
  }
}

extension EngineError {
  /// The error of a download in the words of this request: its fields have other names, and its
  /// contract has 404 for a file that is not there.
  fileprivate var forURLUpload: EngineError {
    var error = self
    let names = ["source_url": "url", "filename": "name"]
    if let field = response.details?["field"]?.string, let name = names[field] {
      error.response.details?["field"] = .string(name)
    }
    if response.code == "RESOURCE_NOT_FOUND" { error.kind = .notFound }
    return error
  }
}
