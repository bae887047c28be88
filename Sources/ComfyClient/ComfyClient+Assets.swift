import ComfyAPI
import Foundation
import Transport

extension ComfyClient {
  /// What the source says of a file, without importing it: `GET /api/assets/remote-metadata`.
  public func remoteMetadata(url: String) async throws(ClientError) -> AssetMetadataResponse {
    let path = "/api/assets/remote-metadata?url=" + url.percentEncoded
    let response = try await call("GET", path, timeout: Self.downloadTimeout)
    return try Self.read(AssetMetadataResponse.self, from: Self.checked(response))
  }

  /// Resolving a link asks the file's own host, which may be slow.
  private static let downloadTimeout = Duration.seconds(60)

  /// Asks for a file to be imported: `POST /api/assets/download`.
  ///
  /// - Parameter place: where the link stands among the sender's; only for Winch's own engine, whose
  ///   queue goes by it.
  /// - Returns: the asset when its content is already stored, else the task that fetches it.
  public func download(
    _ request: AssetDownloadRequest, at place: QueuePlace? = nil
  ) async throws(ClientError) -> AssetDownloadAnswer {
    let body = try Self.body(request)
    var headers = HTTPHeaders()
    headers[QueuePlace.header] = place?.headerText
    let response = try Self.checked(
      try await call(
        "POST", "/api/assets/download", headers: headers, body: body,
        timeout: Self.downloadTimeout))
    if response.status == 202 {
      return .task(try Self.read(AssetDownloadResponse.self, from: response))
    }
    return .asset(try Self.read(AssetCreated.self, from: response))
  }
}
