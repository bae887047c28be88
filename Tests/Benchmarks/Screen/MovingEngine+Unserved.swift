import ComfyAPI
import Engine
import EngineServer

/// What no screen asks while it is measured.
extension MovingEngine {
  func download(
    _ request: AssetDownloadRequest, at place: QueuePlace?
  ) async throws(EngineError) -> AssetDownloadAnswer {
    throw Self.unserved
  }

  func cancel(_ id: String, deletesPartial: Bool) async throws(EngineError) {
    throw Self.unserved
  }

  func retry(_ id: String) async throws(EngineError) {
    throw Self.unserved
  }

  func pause(_ id: String) async throws(EngineError) {
    throw Self.unserved
  }

  func resume(_ id: String) async throws(EngineError) {
    throw Self.unserved
  }

  func move(_ id: String, to place: TaskMove.Place) async throws(EngineError) {
    throw Self.unserved
  }

  func trace(_ id: String) async throws(EngineError) -> TransferTrace {
    throw Self.unserved
  }

  func limits(of id: String) async throws(EngineError) -> TransferLimits {
    throw Self.unserved
  }

  func setLimits(
    _ limits: TransferLimits, of id: String
  ) async throws(EngineError) -> TransferLimits {
    throw Self.unserved
  }

  func limits() async throws(EngineError) -> TransferLimits {
    throw Self.unserved
  }

  func setLimits(_ limits: TransferLimits) async throws(EngineError) -> TransferLimits {
    throw Self.unserved
  }

  func checkAsset(_ id: String, atOnce: Int) async throws(EngineError) -> AssetCheck {
    throw Self.unserved
  }

  func repairAsset(_ id: String) async throws(EngineError) -> AssetDownloadResponse {
    throw Self.unserved
  }

  func assetCheck(_ id: String) async throws(EngineError) -> AssetCheck {
    throw Self.unserved
  }

  func scanLibrary() async throws(EngineError) -> LibraryScanStatus {
    throw Self.unserved
  }

  func libraryScan() async throws(EngineError) -> LibraryScanStatus {
    throw Self.unserved
  }

  func assets(_ query: AssetQuery) async throws(EngineError) -> ListAssetsResponse {
    throw Self.unserved
  }

  func asset(_ id: String) async throws(EngineError) -> Asset {
    throw Self.unserved
  }

  func update(_ id: String, _ change: AssetUpdate) async throws(EngineError) -> Asset {
    throw Self.unserved
  }

  func deleteAsset(_ id: String, deletesFile: Bool) async throws(EngineError) {
    throw Self.unserved
  }

  func addTags(_ tags: [String], to id: String) async throws(EngineError)
    -> TagsModificationResponse
  {
    throw Self.unserved
  }

  func removeTags(_ tags: [String], from id: String) async throws(EngineError)
    -> TagsModificationResponse
  {
    throw Self.unserved
  }

  func createAsset(fromHash request: AssetFromHash) async throws(EngineError) -> AssetCreated {
    throw Self.unserved
  }

  func createAsset(
    receiving receive: @Sendable (UploadFile) async throws -> AssetUpload
  ) async throws -> AssetCreated {
    throw Self.unserved
  }

  func createAsset(fromURL upload: AssetURLUpload) async throws(EngineError) -> AssetCreated {
    throw Self.unserved
  }

  func hasContent(hash: String) async throws(EngineError) -> Bool {
    throw Self.unserved
  }

  func content(of id: String) async throws(EngineError) -> StoredContent {
    throw Self.unserved
  }

  func remoteMetadata(url: String) async throws(EngineError) -> AssetMetadataResponse {
    throw Self.unserved
  }

  func tagCounts(_ query: AssetQuery) async throws(EngineError) -> AssetTagHistogramResponse {
    throw Self.unserved
  }

  func tags(_ query: TagQuery) async throws(EngineError) -> ListTagsResponse {
    throw Self.unserved
  }

  func modelFolders() async throws(EngineError) -> [ModelFolder] {
    throw Self.unserved
  }

  func modelFiles(in name: String) async throws(EngineError) -> [ModelFile] {
    throw Self.unserved
  }

  func listSecrets() async throws(EngineError) -> SecretListResponse {
    throw Self.unserved
  }

  func secret(_ id: String) async throws(EngineError) -> SecretResponse {
    throw Self.unserved
  }

  func createSecret(_ request: CreateSecretRequest) async throws(EngineError) -> SecretResponse {
    throw Self.unserved
  }

  func updateSecret(_ id: String, _ request: UpdateSecretRequest) async throws(EngineError)
    -> SecretResponse
  {
    throw Self.unserved
  }

  func deleteSecret(_ id: String) async throws(EngineError) {
    throw Self.unserved
  }
}
