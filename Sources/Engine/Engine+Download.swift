import ComfyAPI
import Downloads
import Foundation
import Origins
import Synchronization

/// Taking download requests.
extension Engine {
  /// Answers with the asset when its content is stored already, else with the task that fetches
  /// it. The task is in the database before this returns, so it outlives a crash.
  ///
  /// Equal requests, also at the same time, get the same task.
  ///
  /// - Parameter place: where it stands among those of its sender, however long each of them takes: its
  ///   task stands there in the queue, and does not begin before those in front of it had their turn.
  /// - Throws: `invalidRequest` for a URL that is none or of another site, `unprocessable` for bad
  ///   tags or metadata and for a source that refuses for good, `internalError`.
  public func download(
    _ request: AssetDownloadRequest, at place: QueuePlace? = nil
  ) async throws(EngineError) -> AssetDownloadAnswer {
    if let place { begin(place) }
    defer { if let place { end(place) } }
    let order = try DownloadOrder(request, at: place, hosts: hosts)
    while let earlier = admissions[order.url] { _ = await earlier.value }
    let admission = Task {
      // Cleared before the value is there: a waiting request must not find a finished admission.
      defer { admissions[order.url] = nil }
      return await admit(order)
    }
    admissions[order.url] = admission
    return try await admission.value.get()
  }

  private func begin(_ place: QueuePlace) {
    let expected = arrivals.begin(place)
    guard !expected.isEmpty else { return }
    Task { [weak self, environment] in
      try? await environment.pause(QueueArrivals.patience)
      await self?.giveUp(expected)
    }
  }

  private func giveUp(_ places: Set<QueueArrivals.Place>) {
    arrivals.giveUp(places)
    wakeQueue()
  }

  private func end(_ place: QueuePlace) {
    arrivals.end(place)
    wakeQueue()
  }

  private func admit(_ order: DownloadOrder) async -> Result<AssetDownloadAnswer, EngineError> {
    do {
      if let task = try store.activeTask(url: order.url) {
        try await expect(order.expectedHash, of: task)
        return .success(Self.answer(task))
      }
      let (file, exchanges) = try await resolveNow(order.reference)
      if let hash = order.expectedHash, let failure = file?.hashes.contradiction(to: hash) {
        return .failure(EngineError(.unprocessable, failure))
      }
      if let file, let created = try await storedAsset(file, order) {
        return .success(.asset(created))
      }
      return .success(Self.answer(try await enqueue(order, file, exchanges)))
    } catch let error as EngineError {
      return .failure(error)
    } catch let error as DiskError {
      return .failure(EngineError(.unprocessable, error.failure))
    } catch {
      return .failure(.internalError(error))
    }
  }

  /// Holds a task that is under way to what another request for its link expects.
  ///
  /// - Throws: `conflict` when it was made for another content.
  private func expect(_ hash: ContentHash?, of task: TaskRecord) async throws {
    guard let hash, task.expectedHash != hash.text else { return }
    guard task.expectedHash == nil else {
      throw EngineError(
        .conflict, code: "LINK_IN_USE",
        message: "Another task fetches the same link, and expects another content.",
        hint: "Try again when that has ended.")
    }
    try await store.update(task.id, now: environment.now()) { $0.expectedHash = hash.text }
  }

  /// Asks the source for the file, and tells what was asked; nil when it cannot tell now, which the
  /// queue will try again.
  private func resolveNow(
    _ reference: ModelReference
  ) async throws(EngineError) -> (ResolvedFile?, [SourceExchange]) {
    let host = HTTPURL(reference.canonicalURL)?.authority
    let now = environment.instant()
    guard host.flatMap({ waits.remaining($0, at: now) }) == nil else { return (nil, []) }
    let exchanges = Mutex<[SourceExchange]>([])
    let watched = source.watched { [waits, environment] exchange in
      waits.note(exchange, at: environment.instant())
      exchanges.withLock { $0.append(exchange) }
    }
    do {
      let file = try await Deadline.run(within: configuration.resolutionTimeout) {
        try await watched.resolve(reference)
      }
      return (file, exchanges.withLock(\.self))
    } catch let error as OriginError {
      switch error.advice {
      case .retry, .resolveAgain: return (nil, [])
      case .needsUser, .giveUp: throw EngineError(.unprocessable, error.failure)
      }
    } catch {
      return (nil, [])
    }
  }

  /// The asset for content that is stored already. A request for another folder, or one that says what
  /// the file is to be called, gives it a second name.
  private func storedAsset(
    _ file: ResolvedFile, _ order: DownloadOrder
  ) async throws -> AssetCreated? {
    let shelf = Shelf(store: store, library: library, now: environment.now())
    let (folder, name) = (order.folder?.name, order.fileName)
    guard let found = try await shelf.find(file, folder: folder, name: name) else { return nil }
    if let hash = order.expectedHash, let failure = found.hashes.contradiction(to: hash) {
      throw EngineError(.unprocessable, failure)
    }
    if found.isFound { return try await claimed(found, file, order) }
    guard !found.stands(in: folder, as: name) else {
      var asset = found
      asset.merge(tags: order.tags, userMetadata: order.userMetadata)
      asset.updatedAt = environment.now()
      return AssetCreated(asset: try await store.save(asset).asset, createdNew: false)
    }
    var task = TaskRecord(order: order, id: "", now: environment.now())
    task.adopt(file)
    let asset = try await shelf.secondName(of: found, for: task)
    return AssetCreated(asset: try await store.save(asset).asset, createdNew: true)
  }

  /// The asset for content that somebody else put into the models tree.
  private func claimed(
    _ found: AssetRecord, _ file: ResolvedFile, _ order: DownloadOrder
  ) async throws -> AssetCreated {
    var task = TaskRecord(order: order, id: "", now: environment.now())
    task.adopt(file)
    let shelf = Shelf(store: store, library: library, now: environment.now())
    let asset = try await shelf.claim(found, for: task)
    return AssetCreated(
      asset: try await store.save(asset).asset, createdNew: asset.path != found.path)
  }

  private func enqueue(
    _ order: DownloadOrder, _ file: ResolvedFile?, _ exchanges: [SourceExchange]
  ) async throws -> TaskRecord {
    let id = UUID().uuidString.lowercased()
    var task = TaskRecord(order: order, id: id, now: environment.now())
    if let file { task.adopt(file) }
    if let file { resolutions.keep(file, exchanges, of: id, at: environment.instant()) }
    try await store.insert(task)
    logger.info("queued", metadata: ["task": "\(task.id)", "url": "\(task.url)"])
    await orderQueue()
    wakeQueue()
    return task
  }

  private static func answer(_ task: TaskRecord) -> AssetDownloadAnswer {
    .task(AssetDownloadResponse(taskID: task.id, status: task.taskStatus))
  }
}
