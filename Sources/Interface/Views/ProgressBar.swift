import Downloads

/// A download's progress as a line of characters.
struct ProgressBar {
  let width: Int
  let isUnicode: Bool

  /// A part from 0 to 1, in eighths of a cell, or in whole cells with ASCII. Rounded down: the bar
  /// is full only when everything is there.
  func text(fraction: Double) -> String {
    let fraction = min(1, max(0, fraction))
    guard isUnicode else {
      let full = Int(fraction * Double(width))
      return String(repeating: "#", count: full) + String(repeating: ".", count: width - full)
    }
    let eighths = Int(fraction * Double(width * 8))
    let full = String(repeating: "█", count: eighths / 8)
    let part = eighths % 8 == 0 ? "" : Self.parts[eighths % 8 - 1]
    return full + part + track(width - full.count - part.count)
  }

  /// A mark that moves as bytes arrive and rests when none do: for a size nobody has told.
  func text(movingWith bytes: Int64) -> String {
    text(atStep: max(0, bytes) / Self.bytesPerStep)
  }

  /// Seconds since the start, for a backend that tells no bytes: the mark before them moves once a
  /// second while the task is known to be alive.
  func text(elapsed: Int64, isAlive: Bool) -> String {
    let time = DurationText.text(seconds: elapsed)
    let bar = ProgressBar(width: width - time.count - 1, isUnicode: isUnicode)
    guard bar.width > 0 else { return time }
    return (isAlive ? bar.text(atStep: elapsed) : bar.track(bar.width)) + " " + time
  }

  /// A mark that goes there and back.
  private func text(atStep count: Int64) -> String {
    let mark = min(3, max(1, width - 2))
    let steps = width - mark
    guard steps > 0 else { return track(width) }
    let step = Int(count % Int64(2 * steps))
    let position = step <= steps ? step : 2 * steps - step
    return track(position) + String(repeating: isUnicode ? "█" : "#", count: mark)
      + track(steps - position)
  }

  func text(_ download: Download) -> String {
    if let fraction = download.fraction { return text(fraction: fraction) }
    guard !download.status.isTerminal, let bytes = download.bytesDownloaded, bytes > 0 else {
      return track(width)
    }
    return text(movingWith: bytes)
  }

  private func track(_ count: Int) -> String {
    String(repeating: isUnicode ? "·" : ".", count: max(0, count))
  }

  private static let bytesPerStep: Int64 = 1 << 20
  private static let parts = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]
}
