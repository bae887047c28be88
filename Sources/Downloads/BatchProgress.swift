/// How far some files together have come.
public struct BatchProgress: Sendable, Equatable {
  /// What is done to the files, such as `verifying`.
  public var verb: String
  public var files: Int
  public var filesTotal: Int
  public var bytes: Int64
  public var bytesTotal: Int64
  /// Whether there are more bytes than `bytesTotal`, of files whose size nobody has told.
  public var hasUnknownSizes = false
  /// Whether nobody knows yet which files there are, so that no figure means anything.
  public var hasUnknownFiles = false
  /// Nil while unknown.
  public var bytesPerSecond: Int64?
  /// Those that have not ended, those that are under way first.
  public var items: [Item] = []

  /// One of the files.
  public struct Item: Sendable, Equatable {
    public var name: String
    /// How it stands, such as `queued`; nil where its figures say so.
    public var word: String?
    /// Why no bytes arrive, a sentence for people; nil where they do, or nobody tells.
    public var reason: String?
    public var bytes: Int64
    /// Nil while unknown.
    public var bytesTotal: Int64?
    public var bytesPerSecond: Int64?

    public init(
      name: String, word: String? = nil, reason: String? = nil, bytes: Int64 = 0,
      bytesTotal: Int64?, bytesPerSecond: Int64? = nil
    ) {
      self.name = name
      self.word = word
      self.reason = reason
      self.bytes = bytes
      self.bytesTotal = bytesTotal
      self.bytesPerSecond = bytesPerSecond
    }
  }

  public init(
    verb: String, files: Int = 0, filesTotal: Int, bytes: Int64 = 0, bytesTotal: Int64,
    bytesPerSecond: Int64? = nil
  ) {
    self.verb = verb
    self.files = files
    self.filesTotal = filesTotal
    self.bytes = bytes
    self.bytesTotal = bytesTotal
    self.bytesPerSecond = bytesPerSecond
  }

  /// From 0 to 1, and 1 only when all files are done; nil while that cannot be known.
  public var fraction: Double? {
    guard !hasUnknownFiles else { return nil }
    guard files < filesTotal else { return 1 }
    guard !hasUnknownSizes else { return nil }
    guard bytesTotal > 0 else { return Double(files) / Double(filesTotal) }
    return min(0.99, max(0, Double(bytes) / Double(bytesTotal)))
  }

  /// `12 of 28 files`
  public var count: String { "\(files) of \(filesTotal) file\(filesTotal == 1 ? "" : "s")" }

  /// `1.2/2.8 GB`; without sizes what is there.
  public var amount: String {
    hasUnknownSizes ? ByteCount.text(bytes) : ByteCount.text(bytes, of: bytesTotal)
  }

  /// Nil while unknown, and at the end.
  public var secondsLeft: Int64? {
    guard let bytesPerSecond, bytesPerSecond > 0, files < filesTotal, !hasUnknownSizes else {
      return nil
    }
    return Self.seconds(for: bytesTotal - bytes, at: bytesPerSecond)
  }

  /// Rounded up, so that it is 0 only at the end.
  static func seconds(for bytes: Int64, at bytesPerSecond: Int64) -> Int64 {
    bytes > 0 ? (bytes - 1) / bytesPerSecond + 1 : 0
  }

  /// How those stand for which no bytes arrive, such as `2 queued, 1 waiting`; nil where there are none.
  private var standing: String? {
    var counts: [(word: String, count: Int)] = []
    for word in items.compactMap(\.word) {
      if let index = counts.firstIndex(where: { $0.word == word }) {
        counts[index].count += 1
      } else {
        counts.append((word, 1))
      }
    }
    return counts.isEmpty ? nil : counts.map { "\($0.count) \($0.word)" }.joined(separator: ", ")
  }

  /// `verifying  43%  12 of 28 files  1.2/2.8 GB  310 MB/s  5s left`
  public var text: String {
    guard !hasUnknownFiles else { return verb }
    var parts = [verb]
    if let fraction { parts.append("\(Int(fraction * 100))%") }
    parts += [count, amount]
    if let standing { parts.append(standing) }
    if let bytesPerSecond, files < filesTotal {
      parts.append(ByteCount.speedText(bytesPerSecond))
      if let secondsLeft { parts.append(DurationText.text(seconds: secondsLeft) + " left") }
    }
    return parts.joined(separator: "  ")
  }
}

extension BatchProgress.Item {
  /// From 0 to 1; nil while unknown.
  public var fraction: Double? {
    guard let bytesTotal, bytesTotal > 0 else { return nil }
    return min(1, max(0, Double(bytes) / Double(bytesTotal)))
  }

  public var secondsLeft: Int64? {
    guard let bytesPerSecond, bytesPerSecond > 0, let bytesTotal else { return nil }
    return BatchProgress.seconds(for: bytesTotal - bytes, at: bytesPerSecond)
  }
}
