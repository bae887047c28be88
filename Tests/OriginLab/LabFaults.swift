/// What goes wrong when a file is served. Counted faults happen on the first requests for its content.
public struct LabFaults: Sendable, Equatable {
  /// The connection is closed after so many bytes of a body…
  public var dropAfterBytes: Int?
  /// …on so many requests.
  public var dropTimes = Int.max
  /// Bytes per second of one connection.
  public var bytesPerSecond: Int?
  /// 200 with the whole file, whatever range is asked.
  public var ignoreRange = false
  /// `Content-Range` says one byte more than there is.
  public var wrongContentRangeTotal = false
  /// The byte at this place is changed.
  public var corruptByteAt: Int?
  /// The published hash is that of other bytes.
  public var wrongPublishedHash = false
  /// No hash is published.
  public var announceNoHash = false
  /// 503 with `Retry-After: 1` on so many content requests.
  public var unavailableTimes = 0
  /// 429 on so many content requests.
  public var rateLimitedTimes = 0
  /// A signed link works for so many requests, then answers 403; resolving makes a new one.
  public var linkLifetimeInRequests: Int?
  /// A web page with status 200 in place of the file.
  public var htmlInsteadOfFile = false
  /// The file lives in git: 307 on the hub itself, a SHA-1 as its tag.
  public var isGitFile = false

  public init() {}
}

/// Who may have a file.
public enum LabAccess: Sendable, Equatable {
  case open
  /// 401 without a token, 403 with one.
  case gated
  /// 401 as if there were no such repository.
  case privateRepo
  /// Only with this token.
  case requiresToken(String)
  /// 404.
  case missing
  /// Civitai: bought by others first.
  case earlyAccess
  /// Civitai: 410.
  case archived
}
