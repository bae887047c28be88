import ComfyAPI
import Foundation

/// A token as it stands in the secrets' file.
struct StoredSecret: Codable, Sendable {
  var id: String
  var name: String
  var value: String
  var provider: String?
  var credentialType: String?
  var createdAt: Date
  var updatedAt: Date

  /// All but the value.
  var response: SecretResponse {
    SecretResponse(
      id: id, name: name, provider: provider, credentialType: credentialType, createdAt: createdAt,
      updatedAt: updatedAt)
  }
}
