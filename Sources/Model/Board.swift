import ComfyAPI
import ComfyClient
import Downloads
import Foundation

/// The live set of downloads of one backend: everything that is known, merged from the journal,
/// the polls and the feed, and published as snapshots.
///
/// What must survive is written to the journal before it is published.
public actor Board {
  let journal: Journal
  let client: ComfyClient
  let now: @Sendable () -> Date
  /// Rings when there is something to send.
  let bell = Bell()
  private var downloads: [UUID: Download] = [:]
  private var order: [UUID] = []
  private var idsByTask: [String: UUID] = [:]
  private var figures: [UUID: TransferFigures] = [:]
  /// Tasks that were seen to fail; what failed before the program began is settled.
  private var failedHere: Set<String> = []
  /// Tasks that were given up for a new one, whatever the backend still says of them.
  private var abandoned: Set<String> = []
  private var backend: BackendState
  private var published: BoardSnapshot
  private let channel = SnapshotChannel()

  /// Reads the journal. Nothing is sent before `BoardService.run`.
  public init(
    journal: Journal, client: ComfyClient, now: @escaping @Sendable () -> Date = { Date() }
  ) throws(DownloadFailure) {
    self.journal = journal
    self.client = client
    self.now = now
    backend = BackendState(name: client.backend.name)
    published = BoardSnapshot(backend: backend)
    let kept: [Download]
    do {
      kept = try journal.downloads(of: client.backend.name)
    } catch {
      throw Self.journalFailure
    }
    for download in kept {
      downloads[download.id] = download
      order.append(download.id)
      if let taskID = download.taskID { idsByTask[taskID] = download.id }
    }
    published = BoardSnapshot(downloads: kept, backend: backend)
  }

  /// The present state of everything.
  public var snapshot: BoardSnapshot {
    BoardSnapshot(downloads: order.compactMap { downloads[$0] }, backend: backend)
  }

  /// The newest snapshot now and after every change; those nobody took in time are dropped.
  public func snapshots() -> AsyncStream<BoardSnapshot> {
    channel.stream(startingWith: snapshot)
  }

  /// Queues submissions. All of them are in the journal when this returns.
  ///
  /// - Parameter replaced: a failed or cancelled download that was edited into these; it is
  ///   forgotten when they are stored.
  /// - Throws: why one of them cannot be queued, or the journal not be written; none is queued then.
  public func submit(
    _ submissions: [Submission], replacing replaced: UUID? = nil, hosts: SourceHosts, now: Date
  ) throws(DownloadFailure) -> [Download] {
    let replaced = replaced.flatMap { downloads[$0] }.flatMap {
      $0.status.isRetriable ? $0.id : nil
    }
    var made: [Download] = []
    for submission in submissions {
      let reference = try ModelReference(submission.url, hosts: hosts)
      if client.backend.isCloud, let refusal = CloudRules.refusal(of: reference) { throw refusal }
      var download = Download(
        id: UUID(), backend: client.backend.name, url: reference.canonicalURL,
        name: reference.provisionalName, createdAt: now)
      download.tags = submission.tags
      download.folder = submission.folder?.name
      download.userMetadata = submission.userMetadata
      download.previewID = submission.previewID
      made.append(download)
    }
    do {
      try journal.insert(made, removing: replaced)
    } catch {
      throw Self.journalFailure
    }
    if let replaced { remove(replaced) }
    for download in made { add(download) }
    publish()
    Task { await bell.ring() }
    return made
  }

  func abandon(_ taskID: String) { abandoned.insert(taskID) }

  func isAbandoned(_ taskID: String) -> Bool { abandoned.contains(taskID) }

  func download(_ id: UUID) -> Download? { downloads[id] }

  func download(ofTask taskID: String) -> Download? { idsByTask[taskID].flatMap { downloads[$0] } }

  /// Downloads the backend has not accepted yet, oldest first.
  func queued() -> [Download] {
    order.compactMap { downloads[$0] }.filter { $0.status == .queued && $0.taskID == nil }
  }

  /// Downloads whose task may still change, oldest first.
  func unsettled() -> [Download] {
    order.compactMap { downloads[$0] }.filter { !$0.status.isTerminal && $0.taskID != nil }
  }

  /// Downloads whose state the backend may yet correct: failed in this session, or with a cancel
  /// that nobody has confirmed.
  func doubtful() -> [Download] {
    order.compactMap { downloads[$0] }.filter { download in
      guard let taskID = download.taskID else { return false }
      return download.status == .cancellationPending
        || (download.status == .failed && failedHere.contains(taskID))
    }
  }

  /// True while messages come in by `/ws`.
  private(set) var hasFeed = false

  func setFeed(_ isUp: Bool) { hasFeed = isUp }

  /// True while something is queued or under way.
  var isActive: Bool { downloads.values.contains { !$0.status.isTerminal } }

  /// Takes downloads that another program has put into the journal, or changed there.
  func reloadJournal() {
    guard let kept = try? journal.downloads(of: client.backend.name) else { return }
    let keptIDs = Set(kept.map(\.id))
    for id in order where !keptIDs.contains(id) { remove(id) }
    for download in kept {
      guard let known = downloads[download.id] else {
        add(download)
        continue
      }
      if known.taskID == nil, download.taskID != nil || known.status != download.status {
        replace(download)
      }
    }
    publish()
  }

  /// Adds a task that somebody else has started at the same backend. One for a link that waits in
  /// the queue is that link's: its request arrived although the answer was lost, or the file is on
  /// its way already.
  func adopt(_ task: TaskResponse, now: Date) {
    guard idsByTask[task.id] == nil, !abandoned.contains(task.id) else { return }
    let url = task.payload["source_url"]?.string ?? ""
    if let waiting = queued().first(where: { $0.url == url }) {
      change(waiting.id) { download in
        download.taskID = task.id
        download.status = .created
      }
      merge(task, into: waiting.id, at: .now)
      return
    }
    let name = task.result?.filename ?? task.payload["name"]?.string ?? url.lastComponent
    var download = Download(
      id: UUID(uuidString: task.id) ?? UUID(), backend: client.backend.name,
      url: PlainText.sanitized(url), name: FileName.sanitized(name) ?? task.taskName,
      createdAt: task.createTime, status: .created)
    download.taskID = task.id
    if case .array(let tags)? = task.payload["tags"] {
      let all = tags.compactMap(\.string)
      download.folder = Folder(tags: all)?.name
      download.tags = all.filter { !Folder.isPlacement(tag: $0) }
    }
    download.userMetadata = task.payload["user_metadata"]?.object ?? [:]
    var figures = TransferFigures()
    download.merge(task, &figures, at: .now)
    guard downloads[download.id] == nil, (try? journal.insert([download])) != nil else { return }
    add(download)
    publish()
  }

  /// Changes one download. A change of anything but live figures goes to the journal first.
  @discardableResult
  func change(_ id: UUID, _ body: (inout Download) -> Void) -> Download? {
    guard let before = downloads[id] else { return nil }
    var after = before
    body(&after)
    guard after != before else { return after }
    if after.bringsNews(comparedWith: before) { after.newsAt = now() }
    if after.isWorthKeeping(comparedWith: before) { try? journal.update(after) }
    replace(after)
    publish()
    return after
  }

  /// Takes a message of the feed; true when the task's end is to be fetched.
  func merge(_ message: AssetDownloadMessage, at now: ContinuousClock.Instant) -> Bool {
    guard let id = idsByTask[message.taskID] else { return message.status.isTerminal == false }
    change(id) { $0.merge(message, &figures[id, default: TransferFigures()], at: now) }
    return message.status.isTerminal
  }

  /// Takes a line of the task list.
  func merge(_ entry: TaskEntry, into id: UUID, at now: ContinuousClock.Instant) {
    change(id) { $0.merge(entry, &figures[id, default: TransferFigures()], at: now) }
  }

  /// Takes a single task.
  func merge(_ task: TaskResponse, into id: UUID, at now: ContinuousClock.Instant) {
    change(id) { $0.merge(task, &figures[id, default: TransferFigures()], at: now) }
  }

  func setConnection(_ connection: BackendState.Connection) {
    backend.connection = connection
    publish()
  }

  func setEngine(_ status: EngineStatus) {
    backend.freeBytes = status.freeBytes
    backend.modelsRoot = status.modelsRoot
    publish()
  }

  private func add(_ download: Download) {
    downloads[download.id] = download
    order.append(download.id)
    if let taskID = download.taskID { idsByTask[taskID] = download.id }
  }

  private func remove(_ id: UUID) {
    if let taskID = downloads.removeValue(forKey: id)?.taskID { idsByTask[taskID] = nil }
    figures[id] = nil
    order.removeAll { $0 == id }
  }

  private func replace(_ download: Download) {
    if let old = downloads[download.id]?.taskID, old != download.taskID {
      idsByTask.removeValue(forKey: old)
    }
    downloads[download.id] = download
    if let taskID = download.taskID {
      idsByTask[taskID] = download.id
      if download.status == .failed { failedHere.insert(taskID) }
    }
    if download.status.isTerminal { figures.removeValue(forKey: download.id) }
  }

  private func publish() {
    let now = snapshot
    guard now != published else { return }
    published = now
    channel.send(now)
  }

  static let journalFailure = DownloadFailure(
    code: "JOURNAL_UNAVAILABLE", message: "The journal could not be written.",
    hint: "Check that the disk is not full; nothing was queued.")
}

extension Download {
  /// True when the backend must have said something for the change.
  fileprivate func bringsNews(comparedWith other: Download) -> Bool {
    status != other.status || phase != other.phase || bytesDownloaded != other.bytesDownloaded
      || reportedFraction != other.reportedFraction
  }

  /// True when the change is more than live figures.
  fileprivate func isWorthKeeping(comparedWith other: Download) -> Bool {
    var other = other
    other.bytesDownloaded = bytesDownloaded
    other.bytesPerSecond = bytesPerSecond
    other.connections = connections
    other.phase = phase
    other.reportedFraction = reportedFraction
    other.newsAt = newsAt
    return self != other
  }
}

extension String {
  fileprivate var lastComponent: String { split(separator: "/").last.map(String.init) ?? "" }
}
