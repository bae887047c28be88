import Downloads
import Foundation

/// Why downloads wait, as lines that stay: one when a reason is known, another when it has changed.
public struct WaitNews: Sendable {
  private struct Told {
    var reason: String
    var at: ContinuousClock.Instant
  }

  private var told: [UUID: Told] = [:]

  /// A line is only about figures, such as those of a disk, once in so long.
  private static let figuresInterval = Duration.seconds(10)
  /// Nobody reads more lines at one time.
  private static let mostLines = 5

  public init() {}

  /// What is new of those that wait, in their order; equal reasons stand in one line.
  public mutating func lines(
    of downloads: [Download], at now: ContinuousClock.Instant
  ) -> [String] {
    var reasons: [String] = []
    var names: [String: [String]] = [:]
    for download in downloads {
      guard let reason = download.waitReason, isNews(reason, of: download.id, at: now) else {
        continue
      }
      told[download.id] = Told(reason: reason, at: now)
      if names[reason] == nil { reasons.append(reason) }
      names[reason, default: []].append(download.name)
    }
    let lines = reasons.map { Self.line(names[$0] ?? [], $0) }
    guard lines.count > Self.mostLines else { return lines }
    let rest = reasons[(Self.mostLines - 1)...].reduce(0) { $0 + (names[$1]?.count ?? 0) }
    return lines.prefix(Self.mostLines - 1) + ["\(rest) more wait; winch ls tells for what."]
  }

  private func isNews(_ reason: String, of id: UUID, at now: ContinuousClock.Instant) -> Bool {
    guard let last = told[id], last.reason != reason else { return told[id] == nil }
    return now - last.at >= Self.figuresInterval
      || Self.withoutFigures(last.reason) != Self.withoutFigures(reason)
  }

  private static func withoutFigures(_ text: String) -> String {
    text.filter { !$0.isNumber && $0 != "." }
  }

  private static func line(_ names: [String], _ reason: String) -> String {
    let others = names.count > 1 ? " and \(names.count - 1) more" : ""
    return "\(names.first ?? "")\(others): \(reason)"
  }
}
