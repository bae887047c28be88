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
      progress: options.progress.choice)
    try await follower.follow()
  }

  /// Does something to each download named, and prints how each stands then.
  func carryOut(_ deed: Deed, on ids: [String], json: Bool) async throws {
    guard !ids.contains("") else { throw Self.emptyID }
    try await reachEngine()
    _ = await refresh()
    try await requireAbility(for: deed)
    var status = ExitStatus.done
    for text in ids {
      let download = try await find(text)
      do {
        try await deed.act(board, download.id)
        _ = await refresh()
        let now = try await find(download.id.uuidString)
        StandardOutput.write(
          json
            ? try WireFormat.encodeText(now.json) : "\(deed.done): \(PlainText.sanitized(now.name))"
        )
      } catch let failure as DownloadFailure {
        StandardError.write("\(download.name): \(failure.sentence)")
        status = CommandExit(failure).status
      }
    }
    guard status == .done else { throw CommandExit(status) }
  }

  /// Says of each download named whether something would be done to it, and does nothing.
  func rehearse(_ deed: Deed, on ids: [String], json: Bool) async throws {
    guard !ids.contains("") else { throw Self.emptyID }
    _ = await refresh()
    if await board.snapshot.backend.connection == .online { try await requireAbility(for: deed) }
    var status = ExitStatus.done
    for text in ids {
      let download = try await find(text)
      if let refusal = deed.refusal(download) {
        StandardError.write("\(download.name): \(refusal.sentence)")
        status = CommandExit(refusal).status
      } else {
        StandardOutput.write(
          json
            ? try WireFormat.encodeText(download.json)
            : "would be \(deed.wouldBe): \(PlainText.sanitized(download.name))")
      }
    }
    StandardError.write("Nothing was done, because of --dry-run.")
    guard status == .done else { throw CommandExit(status) }
  }

  private func requireAbility(for deed: Deed) async throws {
    guard let need = deed.need else { return }
    try await require(need.ability, toDo: need.words)
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
