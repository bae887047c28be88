import ComfyAPI
import Hummingbird

extension Routes {
  func addAssets(to router: Router<BasicRequestContext>) {
    router.path("/api/assets/download", [.post: download])
  }

  @Sendable
  private func download(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    switch try await engine.download(try await Self.downloadRequest(in: request)) {
    case .asset(let created): return try .json(created)
    case .task(let response): return try .json(response, status: .accepted)
    }
  }

  private static func downloadRequest(in request: Request) async throws -> AssetDownloadRequest {
    let body = try await request.body.collect(upTo: largestBody)
    do {
      return try WireFormat.decode(AssetDownloadRequest.self, from: body.readableBytesView)
    } catch {
      throw Refusal.invalid(error.field, error.message, code: "INVALID_BODY")
    }
  }
}
