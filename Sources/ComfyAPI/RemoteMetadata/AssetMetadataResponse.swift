/// What a source says about a file before it is imported.
public struct AssetMetadataResponse: Sendable, Equatable, Codable {
  /// In bytes; -1 when unknown.
  public var contentLength: Int64
  public var contentType: String?
  public var filename: String?
  public var name: String?
  public var tags: [String]?
  /// A `data:` URL.
  public var previewImage: String?
  public var finalURL: String?
  public var validation: ValidationResult?

  public init(
    contentLength: Int64, contentType: String? = nil, filename: String? = nil, name: String? = nil,
    tags: [String]? = nil, previewImage: String? = nil, finalURL: String? = nil,
    validation: ValidationResult? = nil
  ) {
    self.contentLength = contentLength
    self.contentType = contentType
    self.filename = filename
    self.name = name
    self.tags = tags
    self.previewImage = previewImage
    self.finalURL = finalURL
    self.validation = validation
  }

  private enum CodingKeys: String, CodingKey {
    case filename, name, tags, validation
    case contentLength = "content_length"
    case contentType = "content_type"
    case previewImage = "preview_image"
    case finalURL = "final_url"
  }
}

/// Whether a file can be imported, and what speaks against it.
public struct ValidationResult: Sendable, Equatable, Codable {
  public var isValid: Bool
  public var errors: [ValidationIssue]?
  public var warnings: [ValidationIssue]?

  public init(
    isValid: Bool, errors: [ValidationIssue]? = nil, warnings: [ValidationIssue]? = nil
  ) {
    self.isValid = isValid
    self.errors = errors
    self.warnings = warnings
  }

  private enum CodingKeys: String, CodingKey {
    case errors, warnings
    case isValid = "is_valid"
  }
}

/// One thing that speaks against an import.
public struct ValidationIssue: Sendable, Equatable, Codable {
  public var code: String
  public var message: String
  public var field: String

  public init(code: String, message: String, field: String) {
    self.code = code
    self.message = message
    self.field = field
  }
}
