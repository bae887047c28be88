/// A request that one of the lab's hosts has seen.
public struct LabRequest: Sendable {
  public enum Host: Sendable { case hub, content, civitai, storage }

  public let host: Host
  public let method: String
  public let path: String
  public let query: String
  /// Names in lower case.
  public let headers: [String: String]
  /// Bytes of the body that have been sent.
  public internal(set) var bytesSent = 0

  /// The first byte that `Range` asks for.
  public var rangeStart: Int? { range?.start }

  /// What `Range: bytes=…` asks for; the end is inclusive and nil when open.
  public var range: LabRange? { headers["range"].flatMap(LabRange.init) }
}

/// A range of bytes as HTTP writes it.
public struct LabRange: Sendable, Equatable {
  public let start: Int
  public let end: Int?

  init?(_ header: String) {
    guard header.hasPrefix("bytes=") else { return nil }
    let parts = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let start = Int(parts[0]) else { return nil }
    self.start = start
    end = Int(parts[1])
  }
}
