import ComfyAPI
import Foundation

/// How long a task may go without news before something is likely to be wrong with it.
enum Silence {
  /// Seconds, where bytes are told as they arrive.
  static let withBytes: Double = 120
  /// Seconds, where they are not: what a backend needs besides the transfer itself.
  static let withoutBytes: Double = 300
  /// Seconds, where not even the size is known.
  static let withoutSize: Double = 1800
  /// Bytes per second that a slow source still gives a backend.
  static let slowSource: Double = 5_000_000

  static func allowed(for download: Download) -> Double {
    let isMoving = download.bytesDownloaded != nil && download.fraction != 1
    if isMoving { return withBytes }
    guard let size = download.bytesTotal else { return withoutSize }
    return withoutBytes + Double(size) / slowSource
  }
}

extension Download {
  /// Seconds since the backend last told something new of the task, once that is longer than its
  /// size explains; nil while nothing seems wrong.
  public func silence(at now: Date) -> Double? {
    guard taskID != nil, !status.isTerminal, status != .cancellationPending, !saysWhyItRests,
      let since = lastNews
    else { return nil }
    let seconds = now.timeIntervalSince(since)
    return seconds > Silence.allowed(for: self) ? seconds : nil
  }

  /// A paused task waits for the user, one that has bytes and has not begun for its turn.
  private var saysWhyItRests: Bool {
    phase == .paused || phase == .waiting || (status == .created && bytesDownloaded != nil)
  }

  /// Without bytes there is no news but the start, which may have been seen by an earlier program.
  private var lastNews: Date? {
    newsAt ?? (bytesDownloaded == nil ? startedAt ?? createdAt : nil)
  }
}
