import ComfyAPI
import ComfyClient
import Downloads
import Foundation

/// Carries out what a manifest asks for, and looks in the end whether all of it is there.
struct ManifestApplication {
  let manifest: ModelManifest
  let workspace: Workspace
  let json: Bool
  let progress: ProgressOptions
  /// Whether it stays until the downloads have ended.
  let waits: Bool

  /// How the manifest stands. Files in its places that nobody has read are read first, where the backend
  /// can.
  func plan() async throws -> ManifestPlan {
    let plan = try await survey()
    guard !plan.unread.isEmpty,
      await workspace.board.snapshot.backend.abilities.contains(.scanLibrary)
    else { return plan }
    let files = plan.unread.count == 1 ? "a file" : "\(plan.unread.count) files"
    if !progress.quiet { StandardError.write("Reads \(files) that nobody has read yet.") }
    do throws(ClientError) {
      try await readAll()
    } catch {
      throw CommandExit(error)
    }
    return try await survey()
  }

  private func survey() async throws -> ManifestPlan {
    do throws(ClientError) {
      return try await ManifestSurvey(client: workspace.client, board: workspace.board)
        .plan(manifest)
    } catch {
      throw CommandExit(error)
    }
  }

  private func readAll() async throws(ClientError) {
    var status = try await workspace.client.scanLibrary()
    while status.isScanning || status.unhashedFiles > 0 || status.hashing != nil {
      guard (try? await Task.sleep(for: .milliseconds(100))) != nil else { return }
      status = try await workspace.client.libraryScan()
    }
  }

  /// Adds tags, queues what is missing, and waits; then compares once more.
  ///
  /// - Throws: status 1 when something is not there in the end, or cannot be had; 73 when that is only
  ///   because it cannot be written.
  func carryOut(_ plan: ManifestPlan) async throws {
    var status = plan.hopeless.isEmpty ? ExitStatus.done : .downloadFailed
    status = status.joined(with: await addTags(plan))
    guard waits else {
      status = status.joined(with: try await fetch(plan))
      return try endWithoutWaiting(plan, status)
    }
    var now = plan
    var left = Int.max
    // Models that come from one link are fetched one after the other: the later are links then.
    while status == .done || now == plan, (1..<left).contains(now.missing.count) {
      left = now.missing.count
      status = status.joined(with: try await fetch(now))
      now = try await survey()
    }
    status = status.joined(with: await addTags(now))
    try end(try await survey(), after: plan, status)
  }

  /// How it went, as far as was waited.
  private func fetch(_ plan: ManifestPlan) async throws -> ExitStatus {
    let (retried, status) = await retry(plan.retriable)
    let submitted: [Download]
    do {
      submitted = try await workspace.board.submit(
        plan.submissions, hosts: workspace.hosts, now: Date())
    } catch {
      throw CommandExit(error)
    }
    let expected = plan.expectedHashes
    let follower = QueuedDownloads(
      workspace: workspace, ids: plan.queued + retried + submitted.map(\.id),
      untilFinished: waits, json: json, progress: progress.choice
    ) { download in
      download.verified == true || download.has(expected[download.url])
    }
    do {
      try await follower.follow()
      return status
    } catch let exit as CommandExit
      where [.downloadFailed, .cannotWrite].contains(exit.status)
    {
      exit.lines.forEach(StandardError.write)
      return status.joined(with: exit.status)
    }
  }

  /// Those that the backend has taken again, and how it went with the others.
  private func retry(_ ids: [UUID]) async -> (taken: [UUID], ExitStatus) {
    var taken: [UUID] = []
    var status = ExitStatus.done
    for id in ids {
      do throws(DownloadFailure) {
        try await workspace.board.retry(id)
        taken.append(id)
      } catch {
        StandardError.write(error.sentence)
        status = status.joined(with: error)
      }
    }
    return (taken, status)
  }

  private func addTags(_ plan: ManifestPlan) async -> ExitStatus {
    var status = ExitStatus.done
    for (asset, tags, model) in plan.missingTags {
      do throws(ClientError) {
        _ = try await workspace.client.addTags(tags, to: asset)
      } catch {
        StandardError.write("\(model.place): \(DownloadFailure(error).sentence)")
        status = status.joined(with: DownloadFailure(error))
      }
    }
    return status
  }

  private func endWithoutWaiting(_ plan: ManifestPlan, _ status: ExitStatus) throws {
    let left =
      plan.missing.count - plan.queued.count - plan.retriable.count - plan.submissions.count
    if left > 0 {
      StandardError.write("\(left) more come from the same links: run this again after that.")
    }
    guard status == .done else { throw CommandExit(status) }
  }

  /// What has come may have another content than the manifest says, where the backend was not told.
  private func end(
    _ plan: ManifestPlan, after first: ManifestPlan, _ status: ExitStatus
  ) throws {
    for (need, before) in zip(plan.needs, first.needs) where need.status != before.status {
      guard case .different(let how) = need.status else { continue }
      StandardError.write("\(need.model.place): \(how)")
    }
    guard status == .done, plan.isSettled else {
      let count = plan.needs.count { !$0.isSettled }
      throw CommandExit(
        status == .done ? .downloadFailed : status,
        count == 0
          ? "Not all of it went well; winch ls tells."
          : "\(count) of \(plan.needs.count) are not there.")
    }
    if !progress.quiet {
      StandardError.write("Everything is there: \(ApplyReport(plan: plan).summary).")
    }
  }
}

extension ManifestPlan {
  /// What the links lead to that are to be fetched now.
  fileprivate var expectedHashes: [String: [ContentHash]] {
    Dictionary(
      missing.compactMap { need in need.model.reference.map { ($0.canonicalURL, need.model.hashes) }
      }, uniquingKeysWith: { first, _ in first })
  }
}

extension Download {
  /// Whether its content has hashes that were given.
  fileprivate func has(_ expected: [ContentHash]?) -> Bool {
    let known = [
      sha256.flatMap { ContentHash(.sha256, digits: $0) }, hash.flatMap { ContentHash($0) },
    ].compactMap(\.self)
    return HashComparison(known: known, wanted: expected ?? []) == .equal
  }
}
