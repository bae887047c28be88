/// A text frame of `/ws`: its type, and its data where the type concerns downloads.
public enum WebSocketMessage: Sendable, Equatable {
  case assetDownload(AssetDownloadMessage)
  /// Greeting of the server with the session's id.
  case status(sessionID: String?)
  case featureFlags([String: JSONValue])
  /// Any other type; servers send many that do not concern downloads.
  case other(type: String)
}

extension WebSocketMessage {
  /// Reads a text frame.
  ///
  /// - Throws: `WireError`, which names the field that is missing or of the wrong type.
  public init(frame bytes: some Sequence<UInt8>) throws(WireError) {
    if let progress = PlainProgressReader.message(in: bytes) {
      self = .assetDownload(progress)
    } else {
      self = try WireFormat.decode(WebSocketMessage.self, from: bytes)
    }
  }
}

extension WebSocketMessage: Codable {
  private enum CodingKeys: String, CodingKey { case type, data }
  private struct Status: Codable { var sid: String? }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let type = try fields.decode(String.self, forKey: .type)
    switch type {
    case "asset_download":
      self = .assetDownload(try fields.decode(AssetDownloadMessage.self, forKey: .data))
    case "status":
      self = .status(sessionID: (try? fields.decode(Status.self, forKey: .data))?.sid)
    case "feature_flags":
      let flags = try? fields.decode([String: JSONValue].self, forKey: .data)
      self = .featureFlags(flags ?? [:])
    default:
      self = .other(type: type)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .assetDownload(let message):
      try fields.encode("asset_download", forKey: .type)
      try fields.encode(message, forKey: .data)
    case .status(let sessionID):
      try fields.encode("status", forKey: .type)
      try fields.encode(Status(sid: sessionID), forKey: .data)
    case .featureFlags(let flags):
      try fields.encode("feature_flags", forKey: .type)
      try fields.encode(flags, forKey: .data)
    case .other(let type):
      try fields.encode(type, forKey: .type)
    }
  }
}
