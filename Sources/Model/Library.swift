import ComfyAPI
import ComfyClient
import Downloads
import Foundation

/// What the backend has stored: read in pages while somebody looks at it, and changed there.
///
/// Nothing is asked while it is closed, but for checks that are under way. A change is shown once the
/// backend has taken it.
public actor Library {
  private let client: ComfyClient
  private let now: @Sendable () -> Date
  private let clock: any Clock<Duration>
  private var snapshot = LibrarySnapshot()
  private let changes = ChangeSignal()
  private var isOpen = false
  private var reading: Task<Void, Never>?
  /// Whether what was read is known to be out of date.
  private var isStale = true
  private var checking: Task<Void, Never>?
  /// Assets whose checks have not ended, in the order in which they were asked for.
  private var checked: [String] = []

  /// More are not taken in: a listing without end must not fill the memory.
  public static let mostAssets = 200_000
  /// Between two looks at how far checks have come.
  static let checkInterval = Duration.milliseconds(500)
  /// Checks that are asked about at one look: files are read in the order of asking, so the others
  /// wait.
  static let mostFollowed = 4

  /// - Parameter clock: by which checks are followed.
  public init(
    client: ComfyClient, now: @escaping @Sendable () -> Date = { Date() },
    clock: any Clock<Duration> = ContinuousClock()
  ) {
    self.client = client
    self.now = now
    self.clock = clock
  }

  /// The newest snapshot now and after changes.
  public func snapshots() -> AsyncStream<LibrarySnapshot> {
    let signals = changes.stream()
    return AsyncStream { [weak self] in
      for await _ in signals { return await self?.current }
      return nil
    }
  }

  public var current: LibrarySnapshot { snapshot }

  /// Somebody looks: reads unless what was read is still good.
  public func open() {
    isOpen = true
    if isStale { read() }
  }

  /// Nobody looks any more. Checks that were asked for are followed to their ends.
  public func close() {
    isOpen = false
    if let reading {
      reading.cancel()
      self.reading = nil
      isStale = true
    }
  }

  /// Something was stored or may have changed: reads again, now or when somebody looks.
  public func invalidate() {
    isStale = true
    if isOpen { read() }
  }

  // MARK: Reading

  /// One that is under way is followed by another, which sees what came meanwhile.
  private func read() {
    let earlier = reading
    earlier?.cancel()
    isStale = false
    reading = Task {
      await earlier?.value
      await readAll()
    }
  }

  private func readAll() async {
    guard !Task.isCancelled else { return }
    publish { $0.reading = .reading(of: nil) }
    do throws(ClientError) {
      let assets = try await allAssets()
      let tags = try await client.tags().tags.filter { !Folder.isPlacement(tag: $0.name) }
      guard !Task.isCancelled else { return }
      let time = now()
      publish { snapshot in
        snapshot.assets = assets
        snapshot.tags = tags.map {
          TagInfo(name: PlainText.sanitized($0.name), count: $0.count)
        }
        snapshot.reading = .read(at: time)
      }
    } catch {
      guard !Task.isCancelled else { return }
      isStale = true
      publish { $0.reading = .failed(DownloadFailure(error)) }
    }
  }

  /// Pages are shown as they come the first time; later ones replace what is shown at once.
  private func allAssets() async throws(ClientError) -> [LibraryAsset] {
    let isFirst = snapshot.assets.isEmpty
    var all: [LibraryAsset] = []
    var seen: Set<String> = []
    var cursor: String?
    var offset = 0
    while all.count < Self.mostAssets {
      let page = try await client.assets(offset: offset, after: cursor)
      offset += page.assets.count
      // Pages by offset repeat an asset when one was stored meanwhile.
      all += page.assets.filter { seen.insert($0.id).inserted }.map(LibraryAsset.init)
      let shown = all
      publish { snapshot in
        if isFirst { snapshot.assets = shown }
        snapshot.reading = .reading(of: page.total)
      }
      guard page.hasMore, !page.assets.isEmpty, !Task.isCancelled else { break }
      cursor = page.nextCursor
    }
    return all
  }

  // MARK: Changing

  /// Changes what the user says of an asset. The tags in use are not read again: `readTags` does.
  ///
  /// - Throws: why the backend would not. What it had taken by then is shown.
  public func edit(_ id: String, _ edit: AssetEdit) async throws(DownloadFailure) {
    do throws(ClientError) {
      replace(try await client.edit(id, edit))
    } catch {
      await refresh(id)
      throw DownloadFailure(error)
    }
  }

  /// Forgets an asset.
  ///
  /// - Parameter deletesFile: whether its file goes too, where the backend can say.
  public func delete(_ id: String, deletesFile: Bool) async throws(DownloadFailure) {
    do {
      try await client.deleteAsset(id, deletesFile: deletesFile)
    } catch {
      throw DownloadFailure(error)
    }
    publish { snapshot in
      snapshot.assets.removeAll { $0.id == id }
      snapshot.checks[id] = nil
    }
  }

  private func refresh(_ id: String) async {
    guard let asset = try? await client.asset(id) else { return }
    replace(asset)
  }

  private func replace(_ asset: Asset) {
    publish { snapshot in
      guard let index = snapshot.assets.firstIndex(where: { $0.id == asset.id }) else { return }
      snapshot.assets[index] = LibraryAsset(asset)
    }
  }

  /// Reads the tags in use again.
  public func readTags() async {
    guard let tags = try? await client.tags().tags else { return }
    publish { snapshot in
      snapshot.tags = tags.filter { !Folder.isPlacement(tag: $0.name) }.map {
        TagInfo(name: PlainText.sanitized($0.name), count: $0.count)
      }
    }
  }

  // MARK: Checking

  /// Has a file read again; how far it is comes with the snapshots.
  public func check(_ id: String) async throws(DownloadFailure) {
    do {
      let check = try await client.beginCheck(of: id)
      publish { $0.checks[id] = check }
      if !checked.contains(id) { checked.append(id) }
    } catch {
      throw DownloadFailure(error)
    }
    if checking == nil { checking = Task { await followChecks() } }
  }

  private func followChecks() async {
    while true {
      checked.removeAll { snapshot.checks[$0]?.state.isEnd ?? true }
      guard !checked.isEmpty else { break }
      for id in checked.prefix(Self.mostFollowed) { await follow(id) }
      try? await clock.sleep(for: Self.checkInterval)
    }
    checking = nil
  }

  private func follow(_ id: String) async {
    do {
      let check = try await client.check(of: id)
      publish { $0.checks[id] = check }
      if check.state.isEnd { await refresh(id) }
    } catch  where error.kind == .notFound {
      // The engine was started anew, and has forgotten that it was asked.
      publish { $0.checks[id] = nil }
    } catch {
      // It is asked again at the next turn.
    }
  }

  private func publish(_ change: (inout LibrarySnapshot) -> Void) {
    let before = snapshot
    change(&snapshot)
    if snapshot != before { changes.send() }
  }
}
