import Transport

/// The bytes of a file on their way, from a position on.
public struct ContentStream: Sendable {
  /// Position of the first byte: the one asked for, or 0 from a server that ignores ranges.
  public var start: Int64
  /// Whether the server ignored the range and sends the whole file.
  public var isWhole: Bool
  /// Size of the whole file in bytes, as the server says it now; nil when it does not.
  public var total: Int64?
  public var contentType: String?
  /// Who sends the bytes, with its port where that is not the scheme's.
  public var host: String
  /// The server's strong `ETag`; nil when it has none.
  public var validator: String?
  public var body: HTTPBody
}
