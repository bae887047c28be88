/// The error body of every failed call.
///
/// Two shapes are in use and both are read: `{"code", "message", "details"?}` by Comfy Cloud, and
/// `{"error": {"code" or "type", "message", "details"?}}` by ComfyUI's own server and by the
/// cloud's refusals of a credential kind. The first is what is written.
public struct ErrorResponse: Error, Sendable, Equatable {
  public var code: String
  public var message: String
  public var details: [String: JSONValue]?

  public init(code: String, message: String, details: [String: JSONValue]? = nil) {
    self.code = code
    self.message = message
    self.details = details
  }
}

extension ErrorResponse: Codable {
  private enum CodingKeys: String, CodingKey {
    case code, type, message, details, error
  }

  public init(from decoder: any Decoder) throws {
    let outer = try decoder.container(keyedBy: CodingKeys.self)
    let fields =
      (try? outer.nestedContainer(keyedBy: CodingKeys.self, forKey: .error)) ?? outer
    if let code = try fields.decodeIfPresent(String.self, forKey: .code) {
      self.code = code
    } else {
      self.code = try fields.decode(String.self, forKey: .type)
    }
    message = try fields.decode(String.self, forKey: .message)
    details = try? fields.decodeIfPresent([String: JSONValue].self, forKey: .details)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(code, forKey: .code)
    try container.encode(message, forKey: .message)
    try container.encodeIfPresent(details, forKey: .details)
  }
}
