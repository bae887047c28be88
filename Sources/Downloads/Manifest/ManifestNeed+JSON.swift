import ComfyAPI

extension ManifestNeed {
  /// One word for programs.
  public var statusName: String {
    switch status {
    case .there: "there"
    case .queued: "queued"
    case .retriable, .fetchable: "fetchable"
    case .different: "different"
    case .unread: "unread"
    case .unavailable: "unavailable"
    }
  }

  /// Everything as programs read it.
  public var json: JSONValue {
    var fields: [String: JSONValue] = [
      "folder": .string(model.folder.name), "name": .string(model.name),
      "status": .string(statusName), "url": .optional(model.reference?.canonicalURL),
      "sha256": .optional(digits(.sha256)), "blake3": .optional(digits(.blake3)),
      "size": .optional(model.size), "tags": .array(model.tags.map(JSONValue.string)),
      "path": .optional(contentPath), "missing_tags": .array([]), "reason": .null,
      "remarks": .array(remarks.map { .string(PlainText.sanitized($0)) }),
    ]
    switch status {
    case .there(let item, let missingTags):
      fields["path"] = .string(item.path)
      fields["missing_tags"] = .array(missingTags.map(JSONValue.string))
    case .different(let how): fields["reason"] = .string(PlainText.sanitized(how))
    case .unavailable(let failure):
      fields["reason"] = .string(PlainText.sanitized(failure.message))
    case .queued, .retriable, .fetchable, .unread: break
    }
    return .object(fields)
  }

  private func digits(_ kind: ContentHash.Kind) -> String? {
    model.hashes.first { $0.kind == kind }?.digits
  }
}
