import ComfyAPI
import ComfyClient
import Downloads
import Foundation
import Interface
import Model
import Terminal

/// Carries out what the screen asks for. Nothing here is waited for by the screen: the outcome comes
/// back as an event.
@MainActor
final class CommandPerformer {
  let board: Board
  let client: ComfyClient
  let library: Library
  let hosts: SourceHosts
  private let drafts: DraftWriter
  private let settings: KeptNote<ScreenSettings>
  let screen: TerminalScreen
  let events: ScreenEvents
  private let previews: LinkPreviews
  private let pictures: PreviewPictures
  private let endHook: EndHook?
  private var submissions: [Task<Void, Never>] = []

  init(
    board: Board, client: ComfyClient, library: Library, hosts: SourceHosts, previews: LinkPreviews,
    pictures: PreviewPictures,
    drafts: KeptNote<Draft>, settings: KeptNote<ScreenSettings>, endHook: EndHook?,
    screen: TerminalScreen, events: ScreenEvents
  ) {
    self.board = board
    self.client = client
    self.library = library
    self.hosts = hosts
    self.previews = previews
    self.pictures = pictures
    self.drafts = DraftWriter(drafts)
    self.settings = settings
    self.endHook = endHook
    self.screen = screen
    self.events = events
  }

  func perform(_ command: Command) {
    switch command {
    case .submit(let submissions, let replaced):
      self.submissions.append(Task { await submit(submissions, replacing: replaced) })
    case .cancel(let ids):
      forEach(ids) { (board, id) throws(DownloadFailure) in try await board.cancel(id) }
    case .discard(let ids):
      forEach(ids) { (board, id) throws(DownloadFailure) in try await board.discard(id) }
    case .trace(let id): Task { await trace(id) }
    case .showPreview(let download): Task { await showPreview(of: download) }
    case .pause(let ids):
      forEach(ids) { (board, id) throws(DownloadFailure) in try await board.pause(id) }
    case .resume(let ids):
      forEach(ids) { (board, id) throws(DownloadFailure) in try await board.resume(id) }
    case .move(let ids, let place): move(ids, to: place)
    case .skip(let ids):
      forEach(ids) { (board, id) throws(DownloadFailure) in try await board.skip(id) }
    case .revise(let ids, let revision):
      forEach(ids) { [hosts] (board, id) throws(DownloadFailure) in
        try await board.revise(id, revision, hosts: hosts)
      }
    case .setLimit(let speed): Task { await setLimit(speed) }
    case .forget(let ids): Task { await forget(ids) }
    case .restore(let downloads): Task { await restore(downloads) }
    case .retry(let ids):
      forEach(ids) { (board, id) throws(DownloadFailure) in try await board.retry(id) }
    case .check(let ids): Task { await check(ids) }
    case .look(let references): Task { await previews.look(at: references, events) }
    case .learnNames: Task { await learnNames(from: client) }
    case .edit(let text): Task { await edit(text) }
    case .readWorkflow(let path): Task { await readWorkflow(path) }
    case .saveDraft(let draft): save(draft)
    case .ended(let downloads, let isQueueDone):
      Task { await endHook?.run(downloads, isQueueDone: isQueueDone) }
      Task { await library.invalidate() }
    // What cannot be remembered is no harm to what is being done.
    case .saveSettings(let settings): try? self.settings.keep(settings)
    case .openLibrary: Task { await library.open() }
    case .closeLibrary: Task { await library.close() }
    case .readLibrary: Task { await library.invalidate() }
    case .editAssets(let ids, let edit): self.edit(ids, edit)
    case .deleteAssets(let ids, let deletingFiles): delete(ids, deletingFiles: deletingFiles)
    case .checkAssets(let ids): check(ids)
    case .copy(let text): copy(text)
    case .notify(let notification): screen.notify(notification)
    case .suspend: screen.suspend()
    case .redraw: screen.redraw()
    case .quit: break
    }
  }

  /// Returns when everything that was submitted, and what is left in the pane, is in the journal.
  func finish() async {
    for submission in submissions { await submission.value }
    await drafts.finish()
  }

  private func submit(_ submissions: [Submission], replacing replaced: UUID?) async {
    do {
      let made = try await board.submit(
        submissions, replacing: replaced, hosts: hosts, now: Date())
      events.send(.outcome(.submitted(made.count)))
    } catch {
      events.send(.outcome(.submitFailed(error.sentence)))
    }
  }

  /// Does something to each download, one after another; what goes wrong is told of each.
  private func forEach(
    _ ids: [UUID], _ body: @escaping @Sendable (Board, UUID) async throws(DownloadFailure) -> Void
  ) {
    Task { [board, events] in
      for id in ids {
        do throws(DownloadFailure) {
          try await body(board, id)
        } catch {
          events.send(.outcome(.problem(error.sentence)))
        }
      }
    }
  }

  /// Those that go down or to the top are moved from the last one on, so that none overtakes another.
  private func move(_ ids: [UUID], to place: TaskMove.Place) {
    let isBackwards = place == .down || place == .top
    forEach(isBackwards ? ids.reversed() : ids) { (board, id) throws(DownloadFailure) in
      try await board.move(id, to: place)
    }
  }

  /// A trace that cannot be had is no news: the details show what is known without it.
  private func trace(_ id: UUID) async {
    guard let trace = try? await board.trace(of: id) else { return }
    events.send(.outcome(.traced(trace)))
  }

  private func showPreview(of download: Download) async {
    events.send(.outcome(.preview(download.id, await pictures.preview(of: download))))
  }

  private func setLimit(_ speed: Int64?) async {
    do {
      try await board.setLimit(speed)
    } catch {
      events.send(.outcome(.problem(error.sentence)))
    }
  }

  private func forget(_ ids: [UUID]) async {
    do {
      try await board.forget(ids)
    } catch {
      events.send(.outcome(.problem(error.sentence)))
    }
  }

  private func restore(_ downloads: [Download]) async {
    do {
      try await board.restore(downloads)
    } catch {
      events.send(.outcome(.problem(error.sentence)))
    }
  }

  private func check(_ ids: [UUID]) async {
    for id in ids {
      do {
        let download = try await board.check(id)
        let name = PlainText.sanitized(download.name)
        let status = PlainText.sanitized(download.status.rawValue)
        events.send(.outcome(.notice("The backend says that \(name) is \(status).")))
      } catch {
        events.send(.outcome(.problem(error.sentence)))
      }
    }
  }

  private func copy(_ text: String) {
    guard screen.copy(text) else {
      return events.send(.outcome(.problem("This terminal does not take that into a clipboard.")))
    }
    events.send(.outcome(.notice("Copied, where the terminal allows it.")))
  }

  private func save(_ draft: Draft) {
    drafts.keep(draft) { [events] in
      events.send(.outcome(.problem("What you typed could not be kept on disk.")))
    }
  }
}
