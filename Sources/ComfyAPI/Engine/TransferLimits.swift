import Foundation

/// The body of `GET` and `PUT /api/winch/limits` and `/api/winch/tasks/{id}/limits`.
public struct TransferLimits: Sendable, Equatable, Codable, ContractRequest {
  /// What all transfers together, or the one task, may take; nil for no limit.
  public var bytesPerSecond: Int64?
  /// Only in answers; nil where nobody ever set a limit, and of single tasks.
  public var setBy: LimitSetter?
  /// When the schedule speaks next, until which a limit set by hand holds; only in answers, nil where
  /// there is no schedule.
  public var until: Date?

  /// The lowest limit: below it a connection looks dead to its server.
  public static let least: Int64 = 1000

  public init(bytesPerSecond: Int64? = nil, setBy: LimitSetter? = nil, until: Date? = nil) {
    self.bytesPerSecond = bytesPerSecond
    self.setBy = setBy
    self.until = until
  }

  /// An absent field is no wish for no limit, so it must be there, if only as null.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    bytesPerSecond =
      try fields.decodeNil(forKey: .bytesPerSecond)
      ? nil : try fields.decode(Int64.self, forKey: .bytesPerSecond)
    setBy = try fields.decodeIfPresent(LimitSetter.self, forKey: .setBy)
    until = try fields.decodeIfPresent(Date.self, forKey: .until)
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(bytesPerSecond, forKey: .bytesPerSecond)
    try fields.encodeIfPresent(setBy, forKey: .setBy)
    try fields.encodeIfPresent(until, forKey: .until)
  }

  /// What a client may say: the time and the setter are the engine's to tell.
  public static var fieldNames: Set<String> { [CodingKeys.bytesPerSecond.rawValue] }

  private enum CodingKeys: String, CodingKey {
    case bytesPerSecond = "bytes_per_second"
    case setBy = "set_by"
    case until
  }
}

/// Who set the limit that holds; an open set like `TaskStatus`.
public struct LimitSetter: RawRepresentable, Sendable, Hashable, Codable {
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  /// Whoever last sent a `PUT`.
  public static let client = LimitSetter(rawValue: "client")
  /// The engine's configuration, by the time of day.
  public static let schedule = LimitSetter(rawValue: "schedule")
}
