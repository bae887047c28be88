/// What goes wrong when a file is served. Counted faults happen on the first requests for its content.
public struct LabFaults: Sendable, Equatable {
  /// The connection is closed after so many bytes of a body…
  public var dropAfterBytes: Int?
  /// …on so many requests.
  public var dropTimes = Int.max
  /// Bytes per second of one connection.
  public var bytesPerSecond: Int?
  /// That of some requests alone, counted from 1.
  public var slowRequests: [Int: Int] = [:]
  /// Requests, counted from 1, whose answer has a head and never a byte.
  public var silentRequests: Set<Int> = []
  /// 200 with the whole file, whatever range is asked.
  public var ignoreRange = false
  /// So for all requests but the first.
  public var ignoresLaterRanges = false
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
  /// What they are told in `RateLimit`, which ends in so many seconds; `Retry-After: 1` when nil.
  public var rateLimitWindow: Int?
  /// A request beyond so many at one time is refused…
  public var mostAtOnce: Int?
  /// …with this status.
  public var crowdedStatus = 429
  /// From this content request on, the tag is another.
  public var tagChangesAt: Int?
  /// A signed link works for so many requests, then answers 403; resolving makes a new one.
  public var linkLifetimeInRequests: Int?
  /// A signed link works for so many seconds, which it also says; nil for an hour.
  public var linkLifetime: Double?
  /// 400 to a `GET` without a range of files of more bytes, as the bridge of Xet does.
  public var wholeLimit: Int?
  /// Compressed, whole and without a length for clients that do not insist on `identity`.
  public var compressesWhereAllowed = false
  /// `Content-Range` and the body begin so many bytes later than asked for.
  public var rangeShift = 0
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
  /// Hugging Face: 403 for everybody.
  case disabled
  /// Civitai: bought by others first.
  case earlyAccess
  /// Civitai: 410.
  case archived
  /// Civitai: the creator gives it to nobody, 401.
  case downloadsDisabled
  /// Civitai: logged in and not allowed, 403.
  case noGrant
  /// Civitai: the address or the account is blocked, 403.
  case blocked
  /// Civitai: 451.
  case regionBlocked
  /// Either site: 429, with the hub's `RateLimit` where it is the hub.
  case rateLimited
  /// Either site: 500.
  case broken
}
