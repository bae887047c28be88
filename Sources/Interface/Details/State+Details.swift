import ComfyAPI
import Downloads

/// What is asked for and kept while the details are open.
extension State {
  mutating func openDetails() -> [Command] {
    open(.detail)
    if !settings.table.hasSidePane || detail.id != downloadList.selected?.id { detail = Detail() }
    detail.id = downloadList.selected?.id
    if let id = detail.id { previews.forgetFailure(of: id) }
    return askForTrace() + askForPreview()
  }

  /// Once a second: the transfer's trace, and its speed for the graph.
  mutating func followDetail() -> [Command] {
    guard levels.contains(.detail) || (!isLibrary && sidePane != nil),
      let download = downloadList.selected
    else {
      return []
    }
    if download.id != detail.id { detail = Detail() }
    detail.id = download.id
    if !download.status.isTerminal || !detail.speeds.isEmpty {
      detail.speeds.append(max(0, download.bytesPerSecond ?? 0))
      if detail.speeds.count > Detail.mostSpeeds { detail.speeds.removeFirst() }
    }
    return askForTrace() + askForPreview()
  }

  /// What has ended is asked about a few times only: what its source says may come a little later.
  private mutating func askForTrace() -> [Command] {
    guard backend.abilities.contains(.trace), let download = downloadList.selected,
      download.taskID != nil
    else { return [] }
    if download.status.isTerminal {
      guard detail.looksAfterEnd < Detail.mostLooksAfterEnd else { return [] }
      detail.looksAfterEnd += 1
    }
    return [.trace(download.id)]
  }

  mutating func toggleRawJSON() -> [Command] {
    detail.showsJSON.toggle()
    scrolls[level] = 0
    return []
  }
}

/// What the details show beside the download itself.
struct Detail: Sendable {
  /// Seconds of speed that are kept.
  static let mostSpeeds = 240

  static let mostLooksAfterEnd = 5

  var id: Download.ID?
  var looksAfterEnd = 0
  var trace: TransferTrace?
  /// Bytes per second, a number a second, oldest first.
  var speeds: [Int64] = []
  var showsJSON = false
}
