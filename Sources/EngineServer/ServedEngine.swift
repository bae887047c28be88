import ComfyAPI
import Engine

/// What the server asks of the engine.
///
/// Exists so that each answer of the server can be tested without provoking the engine into it.
protocol ServedEngine: Sendable {
  func download(_ request: AssetDownloadRequest) async throws(EngineError) -> AssetDownloadAnswer
  func tasks(_ query: TaskQuery) async throws(EngineError) -> TasksListResponse
  func task(_ id: String) async throws(EngineError) -> TaskResponse
  func cancel(_ id: String) async throws(EngineError)
  func retry(_ id: String) async throws(EngineError)
  func status() async throws(EngineError) -> EngineStatus
  func messages() async -> AsyncStream<AssetDownloadMessage>
}

extension Engine: ServedEngine {}
