import ComfyAPI

extension SecretResponse {
  /// What programs read of a stored token: all but its value.
  public var json: JSONValue {
    .object([
      "id": .string(id), "name": .string(name), "provider": .optional(provider),
      "credential_type": .optional(credentialType),
      "created_at": .string(Timestamp.text(from: createdAt)),
      "updated_at": .string(Timestamp.text(from: updatedAt)),
      "last_used_at": .optional(lastUsedAt.map { Timestamp.text(from: $0) }),
    ])
  }
}
