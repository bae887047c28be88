import Transport

/// What the hub's headers say of a file. The first answer that says a thing counts: the content
/// host's own `ETag` is that of its storage, not the file's hash.
struct HuggingFaceFacts {
  private(set) var commit: String?
  /// `X-Linked-Etag`, else `ETag`, without quotes.
  private(set) var tag: String?
  /// In bytes.
  private(set) var size: Int64?
  /// What the hub warns of (`X-HF-Warning: topic; message`), once a topic; that no token was sent is
  /// no news.
  private(set) var notices: [String] = []

  /// 64 digits are the SHA-256 of a large file, 40 the git SHA-1 of a small one.
  var hashes: PublishedHashes {
    PublishedHashes(sha256: tag, gitBlobSHA1: tag)
  }

  mutating func take(_ headers: HTTPHeaders, isRedirect: Bool) {
    commit = commit ?? headers["X-Repo-Commit"].flatMap(Self.commit)
    tag = tag ?? (headers["X-Linked-Etag"] ?? headers["ETag"]).flatMap(Self.tag)
    size = size ?? headers["X-Linked-Size"].flatMap(Self.size)
    // The length of a redirect is that of its own text.
    if let warning = headers["X-HF-Warning"].flatMap(Self.warning), !notices.contains(warning) {
      notices.append(warning)
    }
    if !isRedirect { size = size ?? headers["Content-Length"].flatMap(Self.size) }
  }

  private static func warning(_ text: String) -> String? {
    let parts = text.split(separator: ";", maxSplits: 1)
    guard let message = parts.last, parts.first != "unauthenticated" else { return nil }
    return SourceMessage.shown(String(message))
  }

  private static func commit(_ text: String) -> String? {
    text.utf8.count == 40 && text.allSatisfy(\.isHexDigit) ? text.lowercased() : nil
  }

  private static func tag(_ text: String) -> String? {
    var text = text[...]
    if text.hasPrefix("W/") { text = text.dropFirst(2) }
    let tag = text.filter { $0 != "\"" }
    return tag.isEmpty || tag.utf8.count > 200 ? nil : tag
  }

  private static func size(_ text: String) -> Int64? {
    Int64(text).flatMap { $0 >= 0 ? $0 : nil }
  }
}
