/// The body of `GET` and `PUT /api/winch/limits` and `/api/winch/tasks/{id}/limits`.
public struct TransferLimits: Sendable, Equatable, Codable, ContractRequest {
  /// What all transfers together, or the one task, may take; nil for no limit.
  public var bytesPerSecond: Int64?

  /// The lowest limit: below it a connection looks dead to its server.
  public static let least: Int64 = 1000

  public init(bytesPerSecond: Int64? = nil) { self.bytesPerSecond = bytesPerSecond }

  /// An absent field is no wish for no limit, so it must be there, if only as null.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    bytesPerSecond =
      try fields.decodeNil(forKey: .bytesPerSecond)
      ? nil : try fields.decode(Int64.self, forKey: .bytesPerSecond)
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(bytesPerSecond, forKey: .bytesPerSecond)
  }

  public static var fieldNames: Set<String> { CodingKeys.names }

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case bytesPerSecond = "bytes_per_second"
  }
}
