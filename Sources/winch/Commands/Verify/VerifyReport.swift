import ComfyAPI
import Downloads

/// What `winch verify` prints: a line for each file on standard output, or JSON alone; progress as was
/// chosen.
final class VerifyReport: Sendable {
  private let isQuiet: Bool
  private let json: Bool
  /// Where it is shown how far it is.
  let display: ProgressDisplay

  init(_ settings: Settings, _ progress: ProgressOptions, json: Bool) {
    isQuiet = progress.quiet
    self.json = json || progress.choice == .json
    display = ProgressDisplay(settings, progress.choice)
  }

  func show(_ progress: BatchProgress) { display.show(progress, measuringSpeed: true) }

  func found(_ file: VerifiedFile) {
    guard !json, !isQuiet || file.finding.isWrong else { return }
    write(file.finding.rawValue, file.path)
  }

  func repaired(_ file: VerifiedFile) {
    guard !json else { return }
    switch file.repair {
    case .done: if !isQuiet { write("repaired", file.path) }
    case .failed(let failure, _):
      write("failed", file.path)
      display.above { StandardError.write("\(file.path): \(failure.sentence)") }
    case nil: break
    }
  }

  private func write(_ word: String, _ path: String) {
    let padding = String(repeating: " ", count: max(1, 12 - word.count))
    let line = word + padding + PlainText.sanitized(path)
    display.above {
      StandardOutput.write(line)
      if display.showsEnds { StandardError.write(line) }
    }
  }

  /// - Throws: the end of the command where something is wrong.
  func end(_ files: [VerifiedFile], isStrict: Bool, hasRepaired: Bool) throws {
    let summary = VerifySummary(files)
    if json { StandardOutput.write(try WireFormat.encodeText(summary.json)) }
    if !isQuiet { StandardError.write(summary.text) }
    guard summary.isGood(isStrict: isStrict) else {
      var exit = CommandExit(.downloadFailed)
      if !hasRepaired, let advice = summary.advice { exit.lines = [advice] }
      throw exit
    }
  }
}

/// All that was found, counted.
struct VerifySummary {
  private let files: [VerifiedFile]

  init(_ files: [VerifiedFile]) { self.files = files }

  private func count(_ finding: AssetFinding) -> Int {
    files.count { $0.finding == finding }
  }

  private var repaired: Int { files.count { $0.finding.isWrong && !$0.isWrong } }

  func isGood(isStrict: Bool) -> Bool {
    !files.contains(where: \.isWrong) && (!isStrict || count(.unverified) == 0)
  }

  /// `27 ok, 1 changed, 1 repaired`
  var text: String {
    var parts = AssetFinding.allCases.compactMap { finding in
      count(finding) > 0 ? "\(count(finding)) \(finding.rawValue)" : nil
    }
    if repaired > 0 { parts.append("\(repaired) repaired") }
    return parts.isEmpty ? "Nothing is stored." : parts.joined(separator: ", ")
  }

  var advice: String? {
    let repairable = files.count { $0.finding.isRepairable && $0.asset.sourceURL != nil }
    guard repairable > 0 else { return nil }
    return "winch verify --repair fetches \(repairable == 1 ? "it" : "\(repairable) files") again."
  }

  var json: JSONValue {
    var counts = AssetFinding.allCases.map { ($0.rawValue, JSONValue.integer(Int64(count($0)))) }
    counts.append(("repaired", .integer(Int64(repaired))))
    return .object([
      "files": .array(files.map(\.json)),
      "counts": .object(Dictionary(uniqueKeysWithValues: counts)),
    ])
  }
}
