/// The answer of `GET /api/features`: an open map of what the server can do.
public struct Features: Sendable, Equatable, Codable {
  public var values: [String: JSONValue]

  public init(values: [String: JSONValue]) { self.values = values }

  public init(from decoder: any Decoder) throws {
    values = try decoder.singleValueContainer().decode([String: JSONValue].self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(values)
  }

  /// Whether a folder is to be written as `model_type:<folder>` in tags.
  public var supportsModelTypeTags: Bool { values["supports_model_type_tags"] == .bool(true) }

  /// What Winch's own engine offers beyond the contract; nil for every other server.
  public var winch: [String: JSONValue]? { values["winch"]?.object }
}
