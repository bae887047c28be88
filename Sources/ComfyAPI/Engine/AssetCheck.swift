import Foundation

/// The answer of `/api/winch/assets/{id}/verify`: how far reading a stored file again has come.
public struct AssetCheck: Sendable, Equatable, Codable {
  /// An open set like `TaskStatus`.
  public struct State: RawRepresentable, Sendable, Hashable, Codable {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    public static let waiting = State(rawValue: "waiting")
    public static let running = State(rawValue: "running")
    /// The file has the hash that it was stored with.
    public static let intact = State(rawValue: "intact")
    /// The file has another hash than it was stored with.
    public static let damaged = State(rawValue: "damaged")
    /// There is no file under the asset's path.
    public static let missing = State(rawValue: "missing")
    /// The file could not be read.
    public static let unreadable = State(rawValue: "unreadable")

    public var isEnd: Bool { self != .waiting && self != .running }
  }

  public var assetID: String
  public var state: State
  public var bytesTotal: Int64
  public var bytesChecked: Int64
  /// When the file was read to its end; nil before.
  public var checkedAt: Date?

  public init(
    assetID: String, state: State, bytesTotal: Int64, bytesChecked: Int64 = 0,
    checkedAt: Date? = nil
  ) {
    self.assetID = assetID
    self.state = state
    self.bytesTotal = bytesTotal
    self.bytesChecked = bytesChecked
    self.checkedAt = checkedAt
  }

  private enum CodingKeys: String, CodingKey {
    case state
    case assetID = "asset_id"
    case bytesTotal = "bytes_total"
    case bytesChecked = "bytes_checked"
    case checkedAt = "checked_at"
  }
}
