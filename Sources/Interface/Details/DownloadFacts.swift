import ComfyAPI
import Downloads
import Foundation

/// A download as labels and values, in the order people ask for them.
struct DownloadFacts {
  let download: Download
  let now: Date
  /// Seconds without news, where that is too long.
  let silence: Int64?
  /// Where the backend has it, as a shell there takes it; nil while nobody has told.
  let path: String?
  /// Stands for what nobody has told.
  let unknown: String

  init(_ download: Download, of backend: BackendState, now: Date, silence: Int64?, unknown: String)
  {
    self.download = download
    path = download.path.map(backend.fullPath)
    self.now = now
    self.silence = silence
    self.unknown = unknown
  }

  var facts: [(label: String, value: String)] { state + place + content + times }

  private var state: [(label: String, value: String)] {
    var facts = [("Name", download.name), ("Status", status)]
    if let failure = download.failure {
      facts.append(("Error", "\(failure.message) (\(failure.code))"))
      if let hint = failure.hint { facts.append(("What to do", hint)) }
    }
    if let reason = download.waitReason { facts.append(("Reason", reason)) }
    facts.append(("Progress", progress))
    if !download.status.isTerminal {
      facts.append(("Speed", download.bytesPerSecond.map(ByteCount.speedText) ?? unknown))
      if let limit = download.limit {
        facts.append(("Limit", "at most " + ByteCount.speedText(limit)))
      }
      facts.append(("Time left", download.secondsLeft.map(DurationText.text) ?? unknown))
    }
    return facts
  }

  private var status: String {
    if let silence {
      let time = DurationText.text(seconds: silence)
      return "\(download.status.rawValue), without news for \(time)"
    }
    let word = StatusLabel(download).word
    if download.status == .queued { return "\(word), not sent yet" }
    guard let phase = download.phase?.rawValue, phase != word, !download.status.isTerminal else {
      return word
    }
    return "\(word), \(phase)"
  }

  private var progress: String {
    guard let bytes = download.bytesDownloaded else {
      return download.bytesTotal.map { "\(unknown) of \(FactText.bytes($0))" } ?? unknown
    }
    guard let total = download.bytesTotal else {
      return "\(FactText.bytes(bytes)) so far, size not told"
    }
    return "\(FactText.bytes(bytes)) of \(FactText.bytes(total))"
      + (download.percent.map { ", \($0)%" } ?? "")
  }

  private var place: [(label: String, value: String)] {
    [
      ("Link", LinkToken.removed(from: download.url).link),
      ("Folder", download.folder ?? unknown),
      ("Path", path ?? unknown),
      ("Tags", download.tags.isEmpty ? unknown : download.tags.joined(separator: ", ")),
    ]
      + download.userMetadata.sorted { $0.key < $1.key }
      .map { ("Metadata", "\($0.key) = \(FactText.value($0.value))") }
  }

  private var content: [(label: String, value: String)] {
    var facts = [
      ("Hash", download.hash ?? unknown), ("SHA-256", download.sha256 ?? unknown),
      ("Verified", verified), ("Attempt", "\(download.attempt)"),
    ]
    if let connections = download.connections { facts.append(("Connections", "\(connections)")) }
    return facts + [
      ("Backend", download.backend), ("Task", download.taskID ?? unknown),
      ("Asset", download.assetID ?? unknown), ("Id", download.id.uuidString.lowercased()),
    ]
  }

  private var verified: String {
    switch download.verified {
    case true?: "yes, the published hash is equal"
    case false?: "no, no hash was published"
    case nil: unknown
    }
  }

  private var times: [(label: String, value: String)] {
    var facts = [("Queued", FactText.time(download.createdAt))]
    if let started = download.startedAt { facts.append(("Started", FactText.time(started))) }
    if let completed = download.completedAt { facts.append(("Ended", FactText.time(completed))) }
    if let elapsed { facts.append(("Took", DurationText.text(seconds: elapsed))) }
    return facts
  }

  /// Whole seconds from the start to the end, or to now.
  private var elapsed: Int64? {
    guard let started = download.startedAt else { return nil }
    guard let end = download.completedAt ?? (download.status.isTerminal ? nil : now) else {
      return nil
    }
    return Int64(max(0, min(end.timeIntervalSince(started), 1e9)))
  }
}
