import ComfyAPI
import Downloads
import Foundation

/// Finding downloads by what people type, and acting on them.
extension Workspace {
  /// The one download whose id or task id begins with the text.
  func find(_ text: String) async throws -> Download {
    let wanted = text.lowercased()
    let matches = await board.snapshot.downloads.filter {
      $0.id.uuidString.lowercased().hasPrefix(wanted) || $0.taskID?.hasPrefix(wanted) == true
    }
    guard let match = matches.first, !wanted.isEmpty else {
      throw CommandExit(.badInput, "There is no download \(text).", "winch ls lists them.")
    }
    guard matches.count == 1 else {
      throw CommandExit(.badInput, "\(text) could be any of \(matches.count) downloads.")
    }
    return match
  }

  /// Does something to each download named, and prints how each stands then.
  func act(
    on ids: [String], json: Bool, done: String,
    _ action: (UUID) async throws(DownloadFailure) -> Void
  ) async throws {
    do {
      try await EngineLauncher(settings: settings, client: client).reach()
    } catch {
      throw CommandExit(.unavailable, error)
    }
    _ = await refresh()
    var status = ExitStatus.done
    for text in ids {
      let download = try await find(text)
      do {
        try await action(download.id)
        _ = await refresh()
        let now = try await find(download.id.uuidString)
        StandardOutput.write(
          json
            ? try WireFormat.encodeText(now.json) : "\(done): \(PlainText.sanitized(now.name))")
      } catch let failure as DownloadFailure {
        StandardError.write("\(download.name): \(failure.message)")
        status = .downloadFailed
      }
    }
    guard status == .done else { throw CommandExit(status) }
  }
}
