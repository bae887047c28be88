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
    guard !wanted.isEmpty else { throw Self.emptyID }
    guard let match = matches.first else {
      throw CommandExit(.badInput, "There is no download \(text).", "winch ls lists them.")
    }
    guard matches.count == 1 else {
      var exit = CommandExit(.badInput, "\(text) could be any of \(matches.count) downloads.")
      exit.lines += matches.prefix(5).map { "  \($0.shortID)  \($0.name)" }
      exit.lines.append("Give more of the id; winch ls lists all of them.")
      throw exit
    }
    return match
  }

  private static let emptyID = CommandExit(
    .usage, "An id is empty.", "winch ls lists the downloads with their ids.")

  /// Queues downloads, all or none, and prints each when the backend has accepted it, or when it is
  /// finished.
  func queue(
    _ submissions: [Submission], _ options: QueueOptions, json: Bool
  ) async throws {
    let queued: [Download]
    do {
      queued = try await board.submit(submissions, hosts: hosts, now: Date())
    } catch {
      throw CommandExit(error)
    }
    let follower = QueuedDownloads(
      workspace: self, ids: queued.map(\.id), untilFinished: options.wait, json: json,
      progress: options.progress)
    try await follower.follow()
  }

  /// Does something to each download named, and prints how each stands then.
  ///
  /// - Parameters:
  ///   - ability: what the backend must be able to do; nil for what each can.
  ///   - words: that ability, for the sentence that a backend cannot do it.
  ///   - done: what is said of each when it is done.
  func act(
    on ids: [String], needing ability: BackendState.Ability? = nil, toDo words: String = "",
    json: Bool, done: String, _ action: (UUID) async throws(DownloadFailure) -> Void
  ) async throws {
    guard !ids.contains("") else { throw Self.emptyID }
    try await reachEngine()
    _ = await refresh()
    if let ability { try await require(ability, toDo: words) }
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
        StandardError.write("\(download.name): \(failure.sentence)")
        status = CommandExit(failure).status
      }
    }
    guard status == .done else { throw CommandExit(status) }
  }

  /// Says of each download named whether something would be done to it, and does nothing.
  ///
  /// - Parameters:
  ///   - words: what would be done, as in “would be …”.
  ///   - refusal: why a download would be left as it is; nil where it would not.
  func rehearse(
    on ids: [String], json: Bool, wouldBe words: String, refusal: (Download) -> DownloadFailure?
  ) async throws {
    _ = await refresh()
    var status = ExitStatus.done
    for text in ids {
      let download = try await find(text)
      if let refusal = refusal(download) {
        StandardError.write("\(download.name): \(refusal.sentence)")
        status = CommandExit(refusal).status
      } else {
        StandardOutput.write(
          json
            ? try WireFormat.encodeText(download.json)
            : "would be \(words): \(PlainText.sanitized(download.name))")
      }
    }
    StandardError.write("Nothing was done, because of --dry-run.")
    guard status == .done else { throw CommandExit(status) }
  }

  /// Starts the engine when it is Winch's, and does not run.
  func reachEngine() async throws {
    do {
      try await reach()
    } catch {
      let exit = CommandExit(error)
      throw exit.status == .cannotWrite ? exit : CommandExit(.unavailable, error)
    }
  }

  /// Ends the command where the backend did not answer or refused; call it after `refresh()`.
  func requireAnswer() async throws {
    switch await board.snapshot.backend.connection {
    case .refused(let failure): throw CommandExit(failure)
    case .offline(let reason):
      throw CommandExit(.unavailable, reason, "winch doctor looks where the way to it ends.")
    case .connecting, .online: break
    }
  }

  /// Ends the command where the backend did not answer, refused, or cannot do something; call it after
  /// `refresh()`.
  ///
  /// - Parameter words: what it should do, as in “cloud cannot …”.
  func require(_ ability: BackendState.Ability, toDo words: String) async throws {
    try await requireAnswer()
    let backend = await board.snapshot.backend
    guard !backend.abilities.contains(ability) else { return }
    throw CommandExit(
      .unavailable, "\(backend.name) cannot \(words).",
      client.backend.isCloud
        ? "Comfy Cloud decides that itself; an engine of Winch can: --backend local."
        : "It is no engine of Winch, or an older one.")
  }
}
