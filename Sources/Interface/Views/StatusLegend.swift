import ComfyAPI
import Downloads
import Foundation

/// What the marks stand for, where the table has no room for the words.
struct StatusLegend {
  /// A mark, with the words that it stands for: `↓ resolving, running`.
  let entries: [String]

  /// - Parameter isStored: whether the marks are those of stored files.
  init(isStored: Bool, isUnicode: Bool) {
    var words: [(mark: String, words: [String])] = []
    for (label, word) in isStored ? Self.ofStoredFiles : Self.ofDownloads {
      let mark = label.mark(isUnicode: isUnicode)
      if let place = words.firstIndex(where: { $0.mark == mark }) {
        words[place].words.append(word)
      } else {
        words.append((mark, [word]))
      }
    }
    entries = words.map { "\($0.mark) \($0.words.joined(separator: ", "))" }
  }

  /// The entries one after another, as many a line as fit.
  func lines(width: Int) -> [String] {
    entries.reduce(into: []) { lines, entry in
      guard let last = lines.last,
        TextWidth.columns(of: last) + 2 + TextWidth.columns(of: entry) <= width
      else {
        lines.append(entry)
        return
      }
      lines[lines.count - 1] = last + "  " + entry
    }
  }

  private typealias Entry = (label: StatusLabel, word: String)

  private static var ofDownloads: [Entry] {
    let sent =
      [sample(.created)]
      + [nil, .resolving, .verifying, .placing, .waiting, .paused].map {
        sample(.running, phase: $0)
      }
      + [true, false].map { sample(.completed, isVerified: $0) }
      + [.failed, .cancelled, .cancellationPending].map { sample($0) }
    return [(StatusLabel(sample(.queued)), "queued (not sent yet)")]
      + sent.map { entry(StatusLabel($0)) }
      + [(StatusLabel(sample(.running), silence: 0), "silent")]
  }

  private static var ofStoredFiles: [Entry] {
    let files =
      [true, false, nil].map { sample(.completed, isVerified: $0) }
      + [.verifying, .waiting].map { sample(.running, phase: $0) }
      + FileTrouble.allCases.map { trouble in
        var file = sample(.failed)
        file.failure = trouble.failure
        return file
      }
    return files.map { entry(StatusLabel($0, isStored: true)) }
  }

  private static func entry(_ label: StatusLabel) -> Entry { (label, label.word) }

  private static func sample(
    _ status: DownloadStatus, phase: TaskPhase? = nil, isVerified: Bool? = nil
  ) -> Download {
    var download = Download(
      id: UUID(), backend: "", url: "", name: "", createdAt: .distantPast, status: status)
    download.phase = phase
    download.verified = isVerified
    return download
  }
}
