import Foundation
import Transport

extension ComfyClient {
  /// The bytes of an asset, of at most `limit`: `GET /api/assets/{id}/content`.
  ///
  /// The cloud answers with a signed link to its storage, which is followed without the key.
  public func content(of id: String, limit: Int) async throws(ClientError) -> [UInt8] {
    var request = try endpoint.request(
      "GET", "/api/assets/\(id.percentEncoded)/content?disposition=inline")
    for _ in 0...Self.mostRedirects {
      request.connectTimeout = Self.connectTimeout
      request.totalTimeout = Self.timeout
      let response: HTTPResponse
      do {
        response = try await transport.send(request, limit: limit)
      } catch {
        throw ClientError(error)
      }
      guard [301, 302, 303, 307, 308].contains(response.status) else {
        return try Self.checked(response).body
      }
      guard let location = response.headers["Location"], let link = Self.storageLink(location)
      else {
        throw ClientError(
          kind: .malformed, code: "INVALID_REDIRECT",
          message: "The backend leads to something that is no link.")
      }
      request = HTTPRequest(url: link)
      request.refusesPrivateAddresses = true
    }
    throw ClientError(
      kind: .malformed, code: "INVALID_REDIRECT", message: "The backend redirects without end.")
  }

  private static let mostRedirects = 3

  /// Storage is asked over TLS alone: the link itself is the permission.
  private static func storageLink(_ location: String) -> String? {
    location.lowercased().hasPrefix("https://") ? location : nil
  }
}
