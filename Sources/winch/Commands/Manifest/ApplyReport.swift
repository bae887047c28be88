import ComfyAPI
import Downloads

/// The difference between a manifest and what is there, as it is printed.
struct ApplyReport {
  let plan: ManifestPlan

  /// Lines of what is to be done and what cannot be; what is there already is only counted.
  var lines: [String] { plan.needs.flatMap(Self.lines) }

  /// Lines of what cannot be had or stays as it is.
  var problems: [String] { plan.hopeless.flatMap(Self.lines) }

  /// `2 to fetch (3.4 GB), 1 to tag, 5 there`
  var summary: String {
    let missing = plan.missing.count
    let size = plan.bytesToFetch > 0 ? " (\(ByteCount.text(plan.bytesToFetch)))" : ""
    let counts = [
      (missing, "to fetch" + size), (plan.missingTags.count, "to tag"),
      (plan.needs.count { if case .different = $0.status { true } else { false } }, "different"),
      (plan.unread.count, "unread"),
      (
        plan.needs.count { if case .unavailable = $0.status { true } else { false } }, "unavailable"
      ),
      (plan.needs.count(where: \.isSettled), "there"),
    ]
    let parts = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return parts.isEmpty ? "The manifest names no models" : parts.joined(separator: ", ")
  }

  var json: JSONValue { .object(["models": .array(plan.needs.map(\.json))]) }

  private static func lines(_ need: ManifestNeed) -> [String] {
    let (word, details): (String, [String]) =
      switch need.status {
      case .there(_, let tags):
        ("+ tag", tags.isEmpty ? [] : ["adds " + tags.joined(separator: ", ")])
      case .queued: ("+ queued", [])
      case .retriable: ("+ retry", [need.model.reference?.canonicalURL ?? ""])
      case .fetchable(let reference): ("+ fetch", [reference.canonicalURL])
      case .different(let how): ("! different", [how, advice])
      case .unread: ("! unread", ["Nobody knows its hash: winch assets scan --wait reads it."])
      case .unavailable(let failure):
        ("! missing", [failure.message, failure.hint ?? ""])
      }
    let notes = (details + need.remarks).filter { !$0.isEmpty }
    if need.isSettled, notes.isEmpty { return [] }
    let size = need.isMissing ? need.model.size.map { "  \(ByteCount.text($0))" } ?? "" : ""
    return [
      padded(need.isSettled ? "= there" : word) + PlainText.sanitized(need.model.place) + size
    ]
      + notes.map { padded("") + PlainText.sanitized($0) }
  }

  private static let advice = "It is left as it is: move it away to have the other one."

  private static func padded(_ word: String) -> String {
    word + String(repeating: " ", count: 13 - word.count)
  }
}
