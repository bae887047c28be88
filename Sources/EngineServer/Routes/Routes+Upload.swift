import ComfyAPI
import HTTPTypes
import Hummingbird

extension Routes {
  /// Takes a file: as a form that holds it, or by its URL, which is answered when it is there.
  @Sendable
  func createAsset(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let type = request.headers[.contentType].flatMap(ParameterizedHeader.init)
    let created: AssetCreated
    switch type?.value {
    case "multipart/form-data":
      guard let boundary = type?.parameters["boundary"] else {
        throw Refusal.invalid("Content-Type", "The boundary is missing.")
      }
      created = try await engine.createAsset { file in
        try await UploadForm.receive(request, boundary: boundary, into: file)
      }
    case "application/json":
      created = try await engine.createAsset(
        fromURL: try await Self.body(AssetURLUpload.self, of: request))
    default:
      throw Refusal(
        .unsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE",
        "The body should be multipart/form-data or application/json.",
        details: ["field": "Content-Type"])
    }
    return try .json(created, status: created.createdNew ? .created : .ok)
  }
}
