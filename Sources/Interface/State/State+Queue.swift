import ComfyAPI
import Downloads

/// Pausing, order and speed of what is under way.
extension State {
  /// Pauses what goes, or lets everything go on when all of it is paused.
  mutating func pause(_ downloads: [Download]) -> [Command] {
    let going = downloads.filter(\.canBePaused)
    let running = going.filter { $0.phase != .paused }
    if running.isEmpty {
      say(.notice("Going on with \(named(going))."))
      return [.resume(going.map(\.id))]
    }
    say(.notice("Pausing \(named(running))."))
    return [.pause(running.map(\.id))]
  }

  /// Limits everything to a speed such as `5M`; without one, lets it be typed.
  mutating func limit(to text: String) -> [Command] {
    if text.isEmpty { return openPrompt(.command, "limit ") }
    do throws(DownloadFailure) {
      return setLimit(try SpeedText.limit(text))
    } catch {
      say(.problem(error.message))
      return []
    }
  }

  /// One step of the usual speeds up or down.
  mutating func changeLimit(raising: Bool) -> [Command] {
    let steps = SpeedText.steps
    guard let limit = backend.limit else {
      guard !raising else {
        say(.notice("There is no limit."))
        return []
      }
      let speed = downloadList.counts.bytesPerSecond
      return setLimit(steps.last { $0 < speed } ?? steps[steps.count - 1])
    }
    guard raising else { return setLimit(steps.last { $0 < limit } ?? steps[0]) }
    return setLimit(steps.first { $0 > limit })
  }

  mutating func toggleTurtle() -> [Command] {
    guard let before = limitBeforeTurtle else {
      limitBeforeTurtle = .some(backend.limit)
      return setLimit(SpeedText.turtle)
    }
    limitBeforeTurtle = nil
    return setLimit(before)
  }

  private mutating func setLimit(_ speed: Int64?) -> [Command] {
    say(.notice(speed.map { "At most \(ByteCount.speedText($0))." } ?? "No limit."))
    return [.setLimit(speed)]
  }
}

// MARK: - Why not now

extension State {
  var whyNotPause: String? {
    whyUnable(.pause, "pause")
      ?? whyNot { $0.canBePaused ? nil : "It is \(StatusLabel($0).word): nothing to pause." }
  }

  var whyNotPauseAll: String? {
    whyUnable(.pause, "pause")
      ?? (downloadList.downloads.contains(where: \.canBePaused) ? nil : "Nothing is under way.")
  }

  var whyNotLimit: String? { whyUnable(.limits, "limit its speed") }

  func whyUnable(_ ability: BackendState.Ability, _ words: String) -> String? {
    backend.abilities.contains(ability) ? nil : "\(backend.name) cannot \(words)."
  }
}

extension Download {
  fileprivate var canBePaused: Bool { taskID != nil && status.isCancellable }
}

extension SpeedText {
  static let steps: [Int64] = [
    100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000, 20_000_000, 50_000_000,
    100_000_000, 200_000_000, 500_000_000, 1_000_000_000,
  ]

  /// Leaves a line usable for others.
  static let turtle: Int64 = 1_000_000
}
