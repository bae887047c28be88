import ComfyAPI
import Engine

@testable import EngineServer

/// A library without anything in it; what one holds is tested with a real engine.
extension FakeEngine {
  private static let nothing = EngineError.fake(.notFound, "ASSET_NOT_FOUND")

  func assets(_ query: AssetQuery) async throws(EngineError) -> ListAssetsResponse {
    ListAssetsResponse(assets: [], total: 0, hasMore: false)
  }

  func asset(_ id: String) async throws(EngineError) -> Asset { throw Self.nothing }

  func update(_ id: String, _ change: AssetUpdate) async throws(EngineError) -> Asset {
    throw Self.nothing
  }

  func deleteAsset(_ id: String, deletesFile: Bool) async throws(EngineError) {
    throw Self.nothing
  }

  func checkAsset(_ id: String, atOnce: Int) async throws(EngineError) -> AssetCheck {
    throw Self.nothing
  }
  func repairAsset(_ id: String) async throws(EngineError) -> AssetDownloadResponse {
    throw Self.nothing
  }
  func assetCheck(_ id: String) async throws(EngineError) -> AssetCheck { throw Self.nothing }

  func scanLibrary() async throws(EngineError) -> LibraryScanStatus {
    LibraryScanStatus(isScanning: true)
  }

  func libraryScan() async throws(EngineError) -> LibraryScanStatus {
    LibraryScanStatus(files: 3, bytes: 5000, unhashedFiles: 1, unhashedBytes: 2000)
  }

  func addTags(
    _ tags: [String], to id: String
  ) async throws(EngineError) -> TagsModificationResponse { throw Self.nothing }

  func removeTags(
    _ tags: [String], from id: String
  ) async throws(EngineError) -> TagsModificationResponse { throw Self.nothing }

  func createAsset(fromHash request: AssetFromHash) async throws(EngineError) -> AssetCreated {
    throw Self.nothing
  }

  func createAsset(
    receiving receive: @Sendable (UploadFile) async throws -> AssetUpload
  ) async throws -> AssetCreated { throw Self.nothing }

  func createAsset(fromURL upload: AssetURLUpload) async throws(EngineError) -> AssetCreated {
    throw Self.nothing
  }

  func hasContent(hash: String) async throws(EngineError) -> Bool { false }
  func content(of id: String) async throws(EngineError) -> StoredContent { throw Self.nothing }

  func remoteMetadata(url: String) async throws(EngineError) -> AssetMetadataResponse {
    throw .fake(.invalidRequest, "INVALID_URL")
  }

  func tagCounts(_ query: AssetQuery) async throws(EngineError) -> AssetTagHistogramResponse {
    AssetTagHistogramResponse(tagCounts: [:])
  }

  func tags(_ query: TagQuery) async throws(EngineError) -> ListTagsResponse {
    ListTagsResponse(tags: [], total: 0, hasMore: false)
  }

  func modelFolders() async throws(EngineError) -> [ModelFolder] { [] }
  func modelFiles(in name: String) async throws(EngineError) -> [ModelFile] {
    throw .fake(.notFound, "FOLDER_NOT_FOUND")
  }

  func listSecrets() async throws(EngineError) -> SecretListResponse {
    SecretListResponse(data: [])
  }

  func secret(_ id: String) async throws(EngineError) -> SecretResponse { throw Self.nothing }

  func createSecret(
    _ request: CreateSecretRequest
  ) async throws(EngineError) -> SecretResponse { throw Self.nothing }

  func updateSecret(
    _ id: String, _ request: UpdateSecretRequest
  ) async throws(EngineError) -> SecretResponse { throw Self.nothing }

  func deleteSecret(_ id: String) async throws(EngineError) { throw Self.nothing }
}
