import Foundation

/// What a host of the lab answers.
struct LabAnswer: Sendable {
  enum Body: Sendable {
    case text(String)
    /// A range of a file, as its faults have it.
    case file(LabFile, Range<Int>, dropsAfter: Int?)
  }

  var status: Int
  var headers: [(String, String)]
  var body: Body
  var onSent: @Sendable (Int) -> Void = { _ in }
  var onEnd: @Sendable () -> Void = {}

  init(_ status: Int, headers: [(String, String)] = [], body: Body = .text("")) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  static func json(_ status: Int, _ text: String, headers: [(String, String)] = []) -> LabAnswer {
    LabAnswer(
      status, headers: [("Content-Type", "application/json")] + headers, body: .text(text))
  }

  static func html(_ status: Int, _ text: String) -> LabAnswer {
    LabAnswer(status, headers: [("Content-Type", "text/html; charset=utf-8")], body: .text(text))
  }
}

extension LabAnswer {
  /// A file's content by the rules of RFC 9110, section 14, and the file's faults.
  ///
  /// - Parameters:
  ///   - count: how many requests for the content there were, this one included.
  ///   - open: how many are being answered now, this one included.
  static func content(
    of file: LabFile, range: LabRange?, tag: String, requestNumber count: Int, open: Int
  ) -> LabAnswer {
    let faults = file.faults
    if count <= faults.unavailableTimes {
      return LabAnswer(503, headers: [("Retry-After", "1")], body: .text("busy"))
    }
    if count <= faults.rateLimitedTimes {
      let wish = faults.rateLimitWindow.map { ("RateLimit", "\"resolvers\";r=0;t=\($0)") }
      return LabAnswer(429, headers: [wish ?? ("Retry-After", "1")], body: .text("slow down"))
    }
    if let most = faults.mostAtOnce, open > most {
      return LabAnswer(faults.crowdedStatus, body: .text("too many at once"))
    }
    if let limit = faults.wholeLimit, range == nil, file.size > limit {
      return .html(400, "<h1>400</h1>")
    }
    if faults.htmlInsteadOfFile { return .html(200, "<!DOCTYPE html><html>Please log in</html>") }
    let drop = count <= faults.dropTimes ? faults.dropAfterBytes : nil
    var headers = [("Content-Type", "application/octet-stream"), ("Accept-Ranges", "bytes")]
    let isOther = faults.tagChangesAt.map { count >= $0 } ?? false
    headers.append(("ETag", "\"\(tag)\(isOther ? "-other" : "")\""))
    var served = file
    served.faults.bytesPerSecond = faults.slowRequests[count] ?? faults.bytesPerSecond
    if faults.silentRequests.contains(count) { served.faults.bytesPerSecond = 0 }
    let ignoresRange = faults.ignoreRange || (faults.ignoresLaterRanges && count > 1)
    guard let range, !ignoresRange else {
      return LabAnswer(200, headers: headers, body: .file(served, 0..<file.size, dropsAfter: drop))
    }
    guard range.start < file.size else {
      return LabAnswer(416, headers: [("Content-Range", "bytes */\(file.size)")])
    }
    let start = min(range.start + faults.rangeShift, file.size - 1)
    let end = max(start, min(range.end ?? file.size - 1, file.size - 1))
    let total = file.size + (faults.wrongContentRangeTotal ? 1 : 0)
    headers.append(("Content-Range", "bytes \(start)-\(end)/\(total)"))
    return LabAnswer(
      206, headers: headers, body: .file(served, start..<(end + 1), dropsAfter: drop))
  }
}
