/// The answer 200 to a download request: the asset, and whether a record was made for it just now.
public struct AssetCreated: Sendable, Equatable, Codable {
  public var asset: Asset
  /// False when an existing record was returned.
  public var createdNew: Bool

  public init(asset: Asset, createdNew: Bool) {
    self.asset = asset
    self.createdNew = createdNew
  }

  private enum CodingKeys: String, CodingKey {
    case createdNew = "created_new"
  }

  public init(from decoder: any Decoder) throws {
    asset = try Asset(from: decoder)
    createdNew =
      try decoder.container(keyedBy: CodingKeys.self)
      .decodeIfPresent(Bool.self, forKey: .createdNew) ?? false
  }

  public func encode(to encoder: any Encoder) throws {
    try asset.encode(to: encoder)
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(createdNew, forKey: .createdNew)
  }
}
