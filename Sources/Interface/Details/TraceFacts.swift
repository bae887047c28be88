import ComfyAPI
import Downloads
import Foundation

/// What a transfer has done and met, as labels and values.
struct TraceFacts {
  let trace: TransferTrace
  let now: Date
  let unknown: String
  let arrow: String

  var facts: [(label: String, value: String)] {
    resume + hashes + source + attempts + redirects
  }

  private var resume: [(label: String, value: String)] {
    guard let resume = trace.resume else { return [] }
    let kept = ByteCount.text(resume.keptBytes)
    return [("Kept", "\(kept) of \(ByteCount.text(resume.ofBytes)). \(resume.reason)")]
  }

  private var hashes: [(label: String, value: String)] {
    trace.hashes.flatMap { hash -> [(label: String, value: String)] in
      [
        ("Expected", "\(hash.kind) \(hash.expected ?? "not published")"),
        ("Found", "\(hash.kind) \(hash.found ?? unknown)"),
      ]
    }
  }

  private var source: [(label: String, value: String)] {
    let source = trace.source
    let words = source.triggerWords.isEmpty ? nil : source.triggerWords.joined(separator: ", ")
    let all = [
      ("Page", source.page), ("Licence", source.license), ("Base model", source.baseModel),
      ("Trigger", words), ("Preview", source.previewURL),
    ]
    return all.compactMap { label, value in value.map { (label, $0) } }
  }

  /// The newest first: that is what people look for.
  private var attempts: [(label: String, value: String)] {
    trace.attempts.reversed().map { ("Try \($0.number)", text($0)) }
  }

  private func text(_ attempt: TransferTrace.Attempt) -> String {
    var parts = [time(attempt.startedAt)]
    if let host = attempt.host { parts.append(host) }
    if let status = attempt.status { parts.append("HTTP \(status)") }
    parts.append(ByteCount.text(attempt.bytes))
    if let reason = attempt.reason { parts.append(reason) }
    if let code = attempt.code { parts.append("(\(code))") }
    if let id = attempt.requestID { parts.append("request \(id)") }
    if let next = attempt.nextAt, next > now {
      let seconds = Int64(min(next.timeIntervalSince(now), 1e6))
      parts.append("next in \(DurationText.text(seconds: seconds))")
    }
    return parts.joined(separator: " ")
  }

  private var redirects: [(label: String, value: String)] {
    trace.redirects.map { ("Redirect", "\($0.status) \($0.from) \(arrow) \($0.to)") }
  }

  private func time(_ date: Date) -> String {
    String(Timestamp.text(from: date).dropFirst(11).prefix(8))
  }
}
