import Downloads
import Transport

/// The head of an answer to a request for content, and whether its body can be the file's bytes.
struct ContentAnswer {
  let head: HTTPResponseHead
  let host: String
  /// The first byte that was asked for.
  let offset: Int64
  /// What the source said the size is, in bytes.
  let knownSize: Int64?

  /// Size of the whole file in bytes as this answer has it.
  var total: Int64? {
    head.status == 206 ? range?.total : head.headers["Content-Length"].flatMap { Int64($0) }
  }

  /// A weak tag (`W/`) may be the same for other bytes (RFC 9110, section 8.8.1), so it says nothing.
  var validator: String? {
    head.headers["ETag"].flatMap { $0.hasPrefix("\"") ? $0 : nil }
  }

  /// Position of the body's first byte.
  ///
  /// - Throws: when the body is not the file's, with what to do instead.
  func start() throws(OriginError) -> Int64 {
    switch head.status {
    case 206: try checkRange()
    case 200: break
    default: throw refusal
    }
    try checkType()
    try checkSize()
    return head.status == 206 ? offset : 0
  }

  private var range: ContentRange? { head.headers["Content-Range"].flatMap { ContentRange($0) } }

  private func checkRange() throws(OriginError) {
    guard let first = range?.bytes?.lowerBound, first == offset else {
      throw OriginError(
        "SOURCE_SERVER_ERROR", "\(host) answered with another range than asked for.",
        .retry(after: nil))
    }
  }

  private func checkSize() throws(OriginError) {
    guard let knownSize, let total, total != knownSize else { return }
    throw OriginError(
      "SIZE_MISMATCH",
      "\(host) has a file of \(total) bytes where \(knownSize) were announced.",
      .resolveAgain)
  }

  /// A login page or an error with status 200 is the classic broken model file.
  private func checkType() throws(OriginError) {
    let type = head.headers["Content-Type"]?.lowercased() ?? ""
    guard head.status == 200, type.hasPrefix("text/html") else { return }
    throw OriginError(
      "SOURCE_SERVER_ERROR", "\(host) answered with a web page instead of the file.",
      hint: "Is a login page of the network in between?", .retry(after: nil))
  }

  private var refusal: OriginError {
    switch head.status {
    // Signed links answer so when they have run out, each host with its own status.
    case 400, 401, 403, 410:
      OriginError(
        "ACCESS_FORBIDDEN", "\(host) does not accept the link any more.", .resolveAgain)
    case 416:
      OriginError(
        "SIZE_MISMATCH", "\(host) says that the file ends before byte \(offset).", .resolveAgain)
    default:
      OriginError.status(
        head.status, host: host, retryAfter: RetryAfter.seconds(head.headers))
    }
  }
}
