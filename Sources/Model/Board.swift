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
  let bell: Bell
  /// In the order they were queued, oldest first.
  private(set) var downloads: [Download] = []
  /// Downloads that leave the list as soon as they have ended.
  var discarded: Set<UUID> = []
  private var places: [UUID: Int] = [:]
  /// Those that have not ended: they are looked at again and again, among thousands that have.
  private var openIDs: Set<UUID> = []
  /// A backend may give equal requests one task, so a task can belong to several.
  private var idsByTask: [String: [UUID]] = [:]
  private var figures: [UUID: TransferFigures] = [:]
  /// Tasks that were seen to fail; what failed before the program began is settled.
  private var failedHere: Set<String> = []
  /// Tasks that were given up for a new one, whatever the backend still says of them.
  private var abandoned: Set<String> = []
  /// Tasks that the feed has told of before anything else did.
  private var strangers: Set<String> = []
  /// Downloads whose cancel was asked for since the program began.
  var cancelsAsked: Set<UUID> = []
  /// What `Journal.foreignChanges` said before the journal was last read.
  private var journalVersion: Int?
  private(set) var backend: BackendState
  let changes = ChangeSignal()

  /// Reads the journal. Nothing is sent before `BoardService.run`.
  ///
  /// - Parameter clock: by which the service waits between two polls.
  public init(
    journal: Journal, client: ComfyClient, now: @escaping @Sendable () -> Date = { Date() },
    clock: any Clock<Duration> = ContinuousClock()
  ) throws(DownloadFailure) {
    bell = Bell(clock: clock)
    self.journal = journal
    self.client = client
    self.now = now
    backend = BackendState(name: client.backend.name)
    let kept: [Download]
    do {
      journalVersion = try journal.foreignChanges()
      kept = try journal.downloads(of: client.backend.name)
    } catch {
      throw Self.journalFailure
    }
    downloads = kept
    for (place, download) in kept.enumerated() {
      places[download.id] = place
      if !download.status.isTerminal { openIDs.insert(download.id) }
      if let taskID = download.taskID { idsByTask[taskID, default: []].append(download.id) }
    }
  }

  /// The present state of everything.
  public var snapshot: BoardSnapshot { BoardSnapshot(downloads: downloads, backend: backend) }

  /// The newest snapshot now and after changes; it is made when it is asked for, so that changes
  /// in between cost nothing.
  public func snapshots() -> BoardSnapshots {
    BoardSnapshots(board: self, changes: changes.stream())
  }

  /// Queues submissions. All of them are in the journal when this returns.
  ///
  /// - Parameter replaced: a failed or cancelled download that was edited into these; it is
  ///   forgotten when they are stored.
  /// - Throws: why one of them cannot be queued, or the journal not be written; none is queued then.
  public func submit(
    _ submissions: [Submission], replacing replaced: UUID? = nil, hosts: SourceHosts, now: Date
  ) throws(DownloadFailure) -> [Download] {
    let replaced = replaced.flatMap(download).flatMap {
      $0.status.isRetriable ? $0.id : nil
    }
    var made: [Download] = []
    for submission in submissions {
      let reference = try ModelReference(submission.url, hosts: hosts)
      if client.backend.isCloud,
        let refusal = CloudRules.refusal(of: reference, folder: submission.folder)
      {
        throw refusal
      }
      var download = Download(
        id: UUID(), backend: client.backend.name, url: reference.canonicalURL,
        name: (submission.fileName ?? submission.name).flatMap(FileName.sanitized)
          ?? reference.provisionalName,
        createdAt: now)
      download.tags = submission.tags
      download.folder = submission.folder?.name
      download.userMetadata = submission.userMetadata
      download.previewID = submission.previewID
      download.fileName = submission.fileName
      download.expectedHash = submission.expectedHash
      made.append(download)
    }
    do {
      try journal.insert(made, removing: replaced)
    } catch {
      throw Self.journalFailure
    }
    if let replaced { remove([replaced]) }
    for download in made { add(download) }
    changes.send()
    Task { await bell.ring() }
    return made
  }

  func abandon(_ taskID: String) { abandoned.insert(taskID) }

  func download(_ id: UUID) -> Download? { places[id].map { downloads[$0] } }

  func download(ofTask taskID: String) -> Download? { idsByTask[taskID]?.first.flatMap(download) }

  /// The downloads that belong to a task.
  func ids(ofTask taskID: String) -> [UUID] { idsByTask[taskID, default: []] }

  /// Takes lines of the task list.
  ///
  /// - Returns: the tasks that no download here belongs to.
  func merge(_ entries: [TaskEntry]) -> [String] {
    for entry in entries {
      for id in idsByTask[entry.id, default: []] {
        change(id) { $0.merge(entry, &figures[id, default: .init()], at: .now) }
      }
    }
    return unknown(among: entries)
  }

  /// The tasks that no download here belongs to.
  func unknown(among entries: [TaskEntry]) -> [String] {
    entries.map(\.id).filter { idsByTask[$0, default: []].isEmpty && !abandoned.contains($0) }
  }

  /// Takes a single task for all downloads that belong to it.
  func merge(_ task: TaskResponse) {
    for id in idsByTask[task.id, default: []] {
      change(id) { $0.merge(task, &figures[id, default: .init()], at: .now) }
    }
  }

  /// Ends a queued download that the backend would not take.
  func fail(_ id: UUID, with error: ClientError, at time: Date) {
    change(id) {
      $0.status = .failed
      $0.failure = DownloadFailure(error)
      $0.completedAt = time
    }
  }

  /// Statuses of unsettled downloads that the contract does not know, to be asked for by name.
  func unknownStatuses() -> [TaskStatus] {
    let all = Set(unsettled().map(\.status.rawValue))
    let ours = Set(TaskStatus.known.map(\.rawValue) + ["queued", "cancellation_pending"])
    return all.subtracting(ours).sorted().map(TaskStatus.init)
  }

  /// Downloads the backend has not accepted yet, oldest first.
  func queued() -> [Download] {
    open().filter { $0.status == .queued && $0.taskID == nil }
  }

  /// Downloads whose task may still change, oldest first.
  func unsettled() -> [Download] {
    open().filter { $0.taskID != nil }
  }

  /// Downloads whose state the backend may yet correct: failed in this session, or with a cancel
  /// that nobody has confirmed.
  func doubtful() -> [Download] {
    let failed = failedHere.flatMap(ids(ofTask:)).compactMap(download)
    return failed.filter { $0.status == .failed }
      + unsettled().filter { $0.status == .cancellationPending }
  }

  /// True while messages come in by `/ws`.
  private(set) var hasFeed = false

  func setFeed(_ isUp: Bool) { hasFeed = isUp }

  /// True while something is queued or under way.
  var isActive: Bool { !openIDs.isEmpty }

  /// Downloads that have not ended, oldest first.
  private func open() -> [Download] {
    openIDs.compactMap { places[$0] }.sorted().map { downloads[$0] }
  }

  /// Reads the journal again if another program has changed it.
  func followJournal() {
    let version = try? journal.foreignChanges()
    guard version != journalVersion else { return }
    journalVersion = version
    reloadJournal()
  }

  /// Takes downloads that another program has put into the journal, or changed there.
  func reloadJournal() {
    guard let kept = try? journal.downloads(of: client.backend.name) else { return }
    let keptIDs = Set(kept.map(\.id))
    remove(downloads.map(\.id).filter { !keptIDs.contains($0) })
    for download in kept {
      guard let known = self.download(download.id) else {
        add(download)
        continue
      }
      let isNews =
        known.taskID == nil && (download.taskID != nil || known.status != download.status)
      if isNews || download.attempt > known.attempt { replace(download) }
    }
    changes.send()
  }

  /// Adds a task that somebody else has started at the same backend. One for a link that waits in
  /// the queue is that link's: its request arrived although the answer was lost, or the file is on
  /// its way already.
  func adopt(_ task: TaskResponse) {
    guard idsByTask[task.id, default: []].isEmpty, !abandoned.contains(task.id) else { return }
    let url = task.payload["source_url"]?.string ?? ""
    if let waiting = downloads.first(where: {
      $0.status == .queued && $0.taskID == nil && $0.url == url
    }) {
      change(waiting.id) { download in
        download.taskID = task.id
        download.status = .created
      }
      merge(task)
      return
    }
    let download = Download(task, backend: client.backend.name)
    guard places[download.id] == nil, (try? journal.insert([download])) != nil else { return }
    add(download)
    changes.send()
  }

  /// Changes one download. A change of anything but live figures goes to the journal first.
  ///
  /// - Parameter isRecoverable: false for what only the user knows, which must outlast a power loss.
  func change(_ id: UUID, isRecoverable: Bool = true, _ body: (inout Download) -> Void) {
    guard let before = download(id) else { return }
    var after = before
    body(&after)
    guard after != before else { return }
    if after.bringsNews(comparedWith: before) { after.newsAt = now() }
    if after.isWorthKeeping(comparedWith: before) {
      try? journal.update(after, isRecoverable: isRecoverable)
    }
    replace(after)
    if after.status.isTerminal, discarded.remove(id) != nil { try? forget([id]) }
    changes.send()
  }

  /// Takes a message of the feed; true when the task is to be read: it has ended, or is new here.
  func merge(_ message: AssetDownloadMessage, at now: ContinuousClock.Instant) -> Bool {
    let ids = idsByTask[message.taskID, default: []]
    guard !ids.isEmpty else {
      // One look is enough: a poll finds what this misses.
      return !message.status.isTerminal && strangers.insert(message.taskID).inserted
    }
    for id in ids { change(id) { $0.merge(message, &figures[id, default: .init()], at: now) } }
    let end = DownloadStatus(message.status)
    return end.isTerminal
      && ids.compactMap(download).contains { $0.status != .completed && $0.status != end }
  }

  func setConnection(_ connection: BackendState.Connection) {
    guard backend.connection != connection else { return }
    backend.connection = connection
    changes.send()
  }

  /// Takes what the backend announces that it can do.
  func setFeatures(_ features: Features) {
    let names = (features.winch ?? [:]).filter { $0.value == .bool(true) }.keys
    let abilities = Set(names.compactMap(BackendState.Ability.init))
    guard abilities != backend.abilities else { return }
    backend.abilities = abilities
    changes.send()
  }

  func setLimit(shown limit: Int64?) {
    guard backend.limit != limit else { return }
    backend.limit = limit
    changes.send()
  }

  func setEngine(_ status: EngineStatus) {
    let before = backend
    backend.freeBytes = status.freeBytes
    backend.modelsRoot = status.modelsRoot
    backend.limit = status.limit
    backend.waitingHosts = (status.waitingHosts ?? []).map(\.shown)
    backend.diskWait = status.diskWait.map(PlainText.sanitized)
    if backend != before { changes.send() }
  }

  func add(_ download: Download) {
    places[download.id] = downloads.count
    downloads.append(download)
    if !download.status.isTerminal { openIDs.insert(download.id) }
    if let taskID = download.taskID { idsByTask[taskID, default: []].append(download.id) }
  }

  /// Adds downloads, each between those that were queued before and after it.
  func insert(_ added: [Download]) {
    for download in added { add(download) }
    // The sort is stable, so those of one paste keep their order.
    downloads.sort { $0.createdAt < $1.createdAt }
    renumber()
  }

  func remove(_ ids: some Sequence<UUID>) {
    let removed = Set(ids).filter { places.removeValue(forKey: $0) != nil }
    guard !removed.isEmpty else { return }
    for download in downloads where removed.contains(download.id) {
      if let taskID = download.taskID { idsByTask[taskID]?.removeAll { $0 == download.id } }
      figures[download.id] = nil
    }
    downloads.removeAll { removed.contains($0.id) }
    openIDs.subtract(removed)
    renumber()
  }

  private func renumber() {
    for (place, download) in downloads.enumerated() { places[download.id] = place }
  }

  private func replace(_ download: Download) {
    guard let place = places[download.id] else { return }
    let before = downloads[place].taskID
    downloads[place] = download
    if before != download.taskID {
      if let before { idsByTask[before]?.removeAll { $0 == download.id } }
      if let taskID = download.taskID { idsByTask[taskID, default: []].append(download.id) }
    }
    if let taskID = download.taskID, download.status == .failed { failedHere.insert(taskID) }
    if download.status.isTerminal {
      openIDs.remove(download.id)
      figures.removeValue(forKey: download.id)
    } else {
      openIDs.insert(download.id)
    }
  }

  static let journalFailure = DownloadFailure(
    code: "JOURNAL_UNAVAILABLE", message: "The journal could not be written.",
    hint: "Check that the disk is not full; nothing was queued.")
}

extension Download {
  /// True when the backend must have said something for the change.
  fileprivate func bringsNews(comparedWith other: Download) -> Bool {
    status != other.status || phase != other.phase || waitReason != other.waitReason
      || bytesDownloaded != other.bytesDownloaded || reportedFraction != other.reportedFraction
  }

  /// True when the change is more than live figures.
  fileprivate func isWorthKeeping(comparedWith other: Download) -> Bool {
    var other = other.fields
    other.bytesDownloaded = bytesDownloaded
    other.bytesPerSecond = bytesPerSecond
    other.limit = limit
    other.connections = connections
    other.phase = phase
    other.waitReason = waitReason
    other.queueOrder = queueOrder
    other.isMovable = isMovable
    other.reportedFraction = reportedFraction
    other.newsAt = newsAt
    return fields != other
  }
}

extension WaitingHost {
  /// Harmless for the terminal.
  fileprivate var shown: WaitingHost {
    WaitingHost(
      host: PlainText.sanitized(host), until: until, reason: PlainText.sanitized(reason),
      transfers: transfers)
  }
}
