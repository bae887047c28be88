import Downloads

extension DownloadList {
  /// What the header counts.
  struct Counts: Sendable, Equatable {
    var active = 0
    /// Those that wait for their turn.
    var queued = 0
    /// Those of the queued that the backend has not accepted yet.
    var unsent = 0
    /// Those that the user holds back.
    var paused = 0
    var done = 0
    var failed = 0
    var bytesPerSecond: Int64 = 0
    /// Bytes still to come of those that are not held back and whose size is known.
    var bytesToCome: Int64 = 0
    /// Bytes that those which are held back need when they go on.
    private(set) var bytesHeldBack: Int64 = 0
    /// Bytes per second of those whose size is known.
    private var speedOfSized: Int64 = 0
    /// Those under way or queued whose size nobody has told.
    private(set) var unsized = 0
    private var bytesThere: Int64 = 0

    init() {}

    init(_ downloads: [Download]) {
      // A link that was queued twice is one task, whose bytes come once.
      var tasks: Set<String> = []
      for download in downloads {
        count(download)
        guard !download.status.isTerminal,
          download.taskID.map({ tasks.insert($0).inserted }) ?? true
        else { continue }
        guard download.phase != .paused else {
          bytesHeldBack.add(
            max(0, max(0, download.bytesTotal ?? 0) - max(0, download.bytesDownloaded ?? 0)))
          continue
        }
        add(
          there: download.bytesDownloaded, total: download.bytesTotal,
          speed: download.bytesPerSecond)
      }
    }

    /// Bytes for which there must be room, also of those that are held back.
    var bytesWanted: Int64 {
      var all = bytesToCome
      all.add(bytesHeldBack)
      return all
    }

    /// Seconds until all bytes to come have come, at the present speed; nil while that cannot be
    /// known.
    var secondsLeft: Int64? {
      guard speedOfSized > 0, bytesToCome > 0 else { return nil }
      return (bytesToCome - 1) / speedOfSized + 1
    }

    /// Whole percents of all that is under way or queued, rounded down; nil while sizes are unknown.
    var percent: Int? {
      let total = Double(bytesToCome) + Double(bytesThere)
      guard total > 0, unsized == 0 else { return nil }
      return bytesToCome == 0 ? 100 : min(99, Int(Double(bytesThere) * 100 / total))
    }

    /// All that have not ended.
    var unended: Int { active + queued + paused }

    private mutating func count(_ download: Download) {
      switch download.status {
      case .created where download.phase == .paused, .running where download.phase == .paused:
        paused += 1
      case .running: active += 1
      case .completed: done += 1
      case .failed: failed += 1
      case .cancelled: break
      case .queued:
        queued += 1
        unsent += 1
      case .created: queued += 1
      default: active += 1
      }
    }

    private mutating func add(there: Int64?, total: Int64?, speed: Int64?) {
      let speed = max(0, speed ?? 0)
      bytesPerSecond.add(speed)
      guard let total else {
        unsized += 1
        return
      }
      let there = max(0, there ?? 0)
      bytesToCome.add(max(0, max(0, total) - there))
      bytesThere.add(min(max(0, total), there))
      speedOfSized.add(speed)
    }
  }
}
