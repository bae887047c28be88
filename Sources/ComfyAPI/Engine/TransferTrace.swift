import Foundation

/// The answer of `GET /api/winch/tasks/{id}`: what a download has done and met so far.
///
/// Hosts and paths stand without query, where signatures and tokens are.
public struct TransferTrace: Sendable, Equatable, Codable {
  public var taskID: String
  /// Bytes of the whole file; nil while unknown.
  public var size: Int64?
  /// What flows now; empty while nothing does.
  public var connections: [Connection]
  /// The bytes that are there, in order and without overlap.
  public var finished: [ByteSpan]
  /// Oldest first; the last 50.
  public var attempts: [Attempt]
  /// How the source led to the bytes the last time it was asked, in order.
  public var redirects: [Redirect]
  /// What became of the bytes of earlier attempts; nil before the first look at them.
  public var resume: ResumeDecision?
  public var hashes: [Hash]
  public var source: Source

  public init(taskID: String) {
    self.taskID = taskID
    connections = []
    finished = []
    attempts = []
    redirects = []
    hashes = []
    source = Source()
  }

  private enum CodingKeys: String, CodingKey {
    case size, connections, finished, attempts, redirects, resume, hashes, source
    case taskID = "task_id"
  }
}

extension TransferTrace {
  /// Bytes from `start` up to, and without, `end`.
  public struct ByteSpan: Sendable, Equatable, Codable {
    public var start: Int64
    public var end: Int64

    public init(start: Int64, end: Int64) {
      self.start = start
      self.end = end
    }
  }

  /// A request whose bytes are arriving.
  public struct Connection: Sendable, Equatable, Codable {
    public var host: String
    /// The first byte that was asked for.
    public var start: Int64
    /// Behind the last byte that was asked for; nil for the end of a file of unknown size.
    public var end: Int64?
    /// Where the next byte goes.
    public var position: Int64
    public var bytesPerSecond: Int64?

    public init(
      host: String, start: Int64, end: Int64?, position: Int64, bytesPerSecond: Int64? = nil
    ) {
      self.host = host
      self.start = start
      self.end = end
      self.position = position
      self.bytesPerSecond = bytesPerSecond
    }

    private enum CodingKeys: String, CodingKey {
      case host, start, end, position
      case bytesPerSecond = "bytes_per_second"
    }
  }

  /// One try, from asking the source to the last byte or to what went wrong.
  public struct Attempt: Sendable, Equatable, Codable {
    /// Counted from 1 over all runs.
    public var number: Int
    public var startedAt: Date
    /// Nil while it goes on.
    public var endedAt: Date?
    /// Bytes that it brought.
    public var bytes: Int64
    /// The host that answered last.
    public var host: String?
    /// The HTTP status of the last answer.
    public var status: Int?
    /// What the host calls the request, for questions to its support.
    public var requestID: String?
    /// Why it ended, in the contract's codes and in words; nil when nothing went wrong.
    public var code: String?
    public var reason: String?
    /// When the next attempt begins, where one does.
    public var nextAt: Date?

    public init(number: Int, startedAt: Date) {
      self.number = number
      self.startedAt = startedAt
      bytes = 0
    }

    private enum CodingKeys: String, CodingKey {
      case number, bytes, host, status, code, reason
      case startedAt = "started_at"
      case endedAt = "ended_at"
      case requestID = "request_id"
      case nextAt = "next_at"
    }
  }

  /// One answer that led to another address.
  public struct Redirect: Sendable, Equatable, Codable {
    public var status: Int
    /// Host and path.
    public var from: String
    /// Host and path.
    public var to: String

    public init(status: Int, from: String, to: String) {
      self.status = status
      self.from = from
      self.to = to
    }
  }

  /// Which bytes of earlier attempts are used, and why.
  public struct ResumeDecision: Sendable, Equatable, Codable {
    public var keptBytes: Int64
    /// Bytes that were there before the decision.
    public var ofBytes: Int64
    /// One sentence for people.
    public var reason: String

    public init(keptBytes: Int64, ofBytes: Int64, reason: String) {
      self.keptBytes = keptBytes
      self.ofBytes = ofBytes
      self.reason = reason
    }

    private enum CodingKeys: String, CodingKey {
      case reason
      case keptBytes = "kept_bytes"
      case ofBytes = "of_bytes"
    }
  }

  /// A hash of the content: as it was published, and as it is.
  public struct Hash: Sendable, Equatable, Codable {
    /// `sha256`, `blake3` or `git_sha1`.
    public var kind: String
    /// Nil where the source publishes none.
    public var expected: String?
    /// Nil before the last byte.
    public var found: String?

    public init(kind: String, expected: String? = nil, found: String? = nil) {
      self.kind = kind
      self.expected = expected
      self.found = found
    }
  }

  /// What the source says of the model.
  public struct Source: Sendable, Equatable, Codable {
    /// The page that people read.
    public var page: String?
    public var license: String?
    public var baseModel: String?
    public var triggerWords: [String]
    public var previewURL: String?

    public init() { triggerWords = [] }

    private enum CodingKeys: String, CodingKey {
      case page, license
      case baseModel = "base_model"
      case triggerWords = "trigger_words"
      case previewURL = "preview_url"
    }
  }
}

extension TransferTrace {
  /// Attempts that are kept.
  public static let mostAttempts = 50

  public mutating func beginAttempt(at now: Date) {
    let number = (attempts.last?.number ?? 0) + 1
    attempts.append(Attempt(number: number, startedAt: now))
    if attempts.count > Self.mostAttempts {
      attempts.removeFirst(attempts.count - Self.mostAttempts)
    }
  }

  /// Forgets the last attempt if it brought nothing.
  public mutating func dropEmptyAttempt() {
    if attempts.last?.bytes == 0 { attempts.removeLast() }
  }

  /// Changes the attempt under way, if one is.
  public mutating func changeAttempt(_ change: (inout Attempt) -> Void) {
    guard let last = attempts.indices.last, attempts[last].endedAt == nil else { return }
    change(&attempts[last])
  }
}
