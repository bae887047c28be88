import ComfyAPI
import Engine

/// What the server asks of the engine.
///
/// Exists so that each answer of the server can be tested without provoking the engine into it, and
/// a screen be measured with more moving tasks than a machine could transfer.
package protocol ServedEngine: Sendable {
  func download(
    _ request: AssetDownloadRequest, at place: QueuePlace?
  ) async throws(EngineError) -> AssetDownloadAnswer
  func tasks(_ query: TaskQuery) async throws(EngineError) -> TasksListResponse
  func task(_ id: String) async throws(EngineError) -> TaskResponse
  func cancel(_ id: String, deletesPartial: Bool) async throws(EngineError)
  func retry(_ id: String) async throws(EngineError)
  func pause(_ id: String) async throws(EngineError)
  func resume(_ id: String) async throws(EngineError)
  func move(_ id: String, to place: TaskMove.Place) async throws(EngineError)
  func trace(_ id: String) async throws(EngineError) -> TransferTrace
  func limits() async throws(EngineError) -> TransferLimits
  func setLimits(_ limits: TransferLimits) async throws(EngineError) -> TransferLimits
  func limits(of id: String) async throws(EngineError) -> TransferLimits
  func setLimits(_ limits: TransferLimits, of id: String) async throws(EngineError)
    -> TransferLimits
  func checkAsset(_ id: String, atOnce: Int) async throws(EngineError) -> AssetCheck
  func assetCheck(_ id: String) async throws(EngineError) -> AssetCheck
  func repairAsset(_ id: String) async throws(EngineError) -> AssetDownloadResponse
  func scanLibrary() async throws(EngineError) -> LibraryScanStatus
  func libraryScan() async throws(EngineError) -> LibraryScanStatus
  func assets(_ query: AssetQuery) async throws(EngineError) -> ListAssetsResponse
  func asset(_ id: String) async throws(EngineError) -> Asset
  func update(_ id: String, _ change: AssetUpdate) async throws(EngineError) -> Asset
  func deleteAsset(_ id: String, deletesFile: Bool) async throws(EngineError)
  func addTags(_ tags: [String], to id: String) async throws(EngineError)
    -> TagsModificationResponse
  func removeTags(_ tags: [String], from id: String) async throws(EngineError)
    -> TagsModificationResponse
  func createAsset(fromHash request: AssetFromHash) async throws(EngineError) -> AssetCreated
  func createAsset(
    receiving receive: @Sendable (UploadFile) async throws -> AssetUpload
  ) async throws -> AssetCreated
  func createAsset(fromURL upload: AssetURLUpload) async throws(EngineError) -> AssetCreated
  func hasContent(hash: String) async throws(EngineError) -> Bool
  func content(of id: String) async throws(EngineError) -> StoredContent
  func remoteMetadata(url: String) async throws(EngineError) -> AssetMetadataResponse
  func tagCounts(_ query: AssetQuery) async throws(EngineError) -> AssetTagHistogramResponse
  func tags(_ query: TagQuery) async throws(EngineError) -> ListTagsResponse
  func modelFolders() async throws(EngineError) -> [ModelFolder]
  func modelFiles(in name: String) async throws(EngineError) -> [ModelFile]
  func listSecrets() async throws(EngineError) -> SecretListResponse
  func secret(_ id: String) async throws(EngineError) -> SecretResponse
  func createSecret(_ request: CreateSecretRequest) async throws(EngineError) -> SecretResponse
  func updateSecret(_ id: String, _ request: UpdateSecretRequest) async throws(EngineError)
    -> SecretResponse
  func deleteSecret(_ id: String) async throws(EngineError)
  func status() async throws(EngineError) -> EngineStatus
  func messages() async -> AsyncStream<AssetDownloadMessage>
}

extension Engine: ServedEngine {}
