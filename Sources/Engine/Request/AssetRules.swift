import ComfyAPI
import Downloads
import Foundation

/// The rules for what a request may say of an asset. Each returns the value as it is kept.
enum AssetRules {
  static let maximumMetadataBytes = 64 << 10
  /// A listing holds metadata a few levels down, and JSON readers stop at some depth (Foundation's
  /// at 512): deeper metadata would make the whole listing unreadable.
  static let maximumMetadataDepth = 32

  /// - Throws: `unprocessable`, as all of them.
  static func tags(_ tags: [String]) throws(EngineError) -> [String] {
    guard tags.count <= Tag.maximumCount else {
      throw refusal("tags", "INVALID_TAGS", "There are more than \(Tag.maximumCount) tags.")
    }
    guard tags.allSatisfy(Tag.isValid) else {
      throw refusal("tags", "INVALID_TAGS", Tag.rule)
    }
    var seen: Set<String> = []
    return tags.filter { seen.insert($0).inserted }
  }

  static func metadata(
    _ metadata: [String: JSONValue]
  ) throws(EngineError) -> [String: JSONValue] {
    guard JSONValue.object(metadata).depth <= maximumMetadataDepth else {
      throw refusal(
        "user_metadata", "INVALID_METADATA",
        "user_metadata is nested more than \(maximumMetadataDepth) levels deep.")
    }
    guard let encoded = try? WireFormat.encode(metadata), encoded.count <= maximumMetadataBytes
    else {
      throw refusal("user_metadata", "INVALID_METADATA", "user_metadata is larger than 64 KiB.")
    }
    return metadata
  }

  static func previewID(_ text: String?) throws(EngineError) -> String? {
    try uuid(text, field: "preview_id", code: "INVALID_PREVIEW_ID")
  }

  /// A UUID in lower case.
  static func uuid(
    _ text: String?, field: String, code: String
  ) throws(EngineError) -> String? {
    guard let text else { return nil }
    guard let id = UUID(uuidString: text) else {
      throw refusal(field, code, "'\(field)' should be a UUID.")
    }
    return id.uuidString.lowercased()
  }

  /// A label, by the rules of the web page's asset schema.
  static func name(_ name: String) throws(EngineError) -> String {
    guard !name.isEmpty, name.utf8.count <= FileName.maximumBytes, !name.contains(".."),
      !name.hasPrefix("/"), PlainText.sanitized(name) == name,
      !name.contains(where: { "\\:*?\"<>|".contains($0) })
    else {
      throw refusal(
        "name", "INVALID_NAME",
        "A name has 1 to 255 bytes, none of \\ : * ? \" < > | and no control characters.")
    }
    return name
  }

  /// A name to save a file as.
  static func fileName(_ name: String?, field: String) throws(EngineError) -> String? {
    guard let name else { return nil }
    guard FileName.isSafe(name) else {
      throw refusal(field, "INVALID_FILENAME", "'\(field)' should be the name of a file.")
    }
    return name
  }

  static func expectedHash(_ text: String?) throws(EngineError) -> ContentHash? {
    guard let text else { return nil }
    guard let hash = ContentHash(text) else {
      throw refusal(
        "expected_hash", "INVALID_HASH",
        "'expected_hash' should be sha256: or blake3: and 64 hexadecimal digits.")
    }
    return hash
  }

  /// A media type (RFC 6838, section 4.2), with or without parameters.
  static func mimeType(_ text: String?) throws(EngineError) -> String? {
    guard let text else { return nil }
    let type = text.prefix { $0 != ";" }.split(separator: "/", omittingEmptySubsequences: false)
    guard text.utf8.count <= 255, text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }),
      type.count == 2,
      type.allSatisfy({ $0.first?.isLetter ?? false || $0.first?.isNumber ?? false })
    else {
      throw refusal(
        "mime_type", "INVALID_MIME_TYPE", "'mime_type' should be a type such as image/png.")
    }
    return text
  }

  private static func refusal(
    _ field: String, _ code: String, _ message: String
  ) -> EngineError {
    EngineError(.unprocessable, code: code, message: message, field: field)
  }
}

extension EngineError {
  /// The same refusal as 400, for operations whose contract has no 422.
  var asInvalidRequest: EngineError { EngineError(kind: .invalidRequest, response: response) }
}
