import ComfyAPI
import Downloads

/// The difference between a manifest and what is there, as it is printed.
struct ApplyReport {
  let plan: ManifestPlan

  /// Lines of what is to be done and what cannot be; what is there already is only counted.
  var lines: [String] { plan.needs.flatMap(Self.lines) }

  /// Lines of what cannot be had or stays as it is.
  var problems: [String] { plan.hopeless.flatMap(Self.lines) }

  /// `2 to fetch (3.4 GB), 1 to tag, 5 there`: the words of the lines, and of Docs/Manifests.md.
  var summary: String {
    let toFetch = plan.missing.count - plan.queued.count
    let bytes = plan.bytesToQueue
    let size = bytes > 0 ? " (\(ByteCount.text(bytes)))" : ""
    let counts = [
      (toFetch, "to fetch" + size), (plan.missingTags.count, "to tag"),
      (plan.queued.count, "queued"),
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
        ("+ to tag", tags.isEmpty ? [] : ["adds " + tags.joined(separator: ", ")])
      case .queued: ("+ queued", [])
      case .retriable: ("+ to fetch", [need.model.reference?.canonicalURL ?? ""])
      case .fetchable(let reference): ("+ to fetch", [reference.canonicalURL])
      case .different(let how): ("! different", [how, advice])
      case .unread: ("! unread", ["Nobody knows its hash: winch assets scan --wait reads it."])
      case .unavailable(let failure):
        ("! unavailable", [failure.message, failure.hint ?? ""])
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
    word + String(repeating: " ", count: 15 - word.count)
  }
}
