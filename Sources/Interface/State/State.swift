import Downloads
import Foundation

/// The screen: what it knows, what it shows and where its keys go.
///
/// It is a value. `apply` changes it and says what the program must do; `frame` draws it. Neither
/// waits, reads a clock or touches the terminal.
public struct State: Sendable {
  /// False once the program should end.
  public internal(set) var isRunning = true

  var size: Size
  var capabilities: Capabilities
  var configuration: ScreenConfiguration
  var now: Date
  var backend: BackendState
  var downloadList: DownloadList
  var library: LibraryPane
  var levels = LevelStack(.table)
  /// First line shown of each text that can be scrolled.
  var scrolls: [Level: Int] = [:]
  var input: InputPane
  /// The files to choose from; what it holds is of no account while the picker is not open.
  var picker: FilePicker?
  /// Lines that the last submission left in the pane.
  var keptLines = 0
  /// The links as they stood at the last tick: what is still being typed is not asked about.
  var linksAtLastTick: [String] = []
  /// When the backend was last asked for its tags and folders.
  var namesAskedAt: Date?
  /// The line at the bottom while one is typed.
  var prompt: Prompt?
  var histories: [Prompt.Kind: PromptHistory] = [:]
  var settings: ScreenSettings
  /// Restored when the filter is given up.
  var selectionBeforeFilter: UUID?
  var confirmation: Confirmation?
  var messages = MessageLog()
  /// Whether news is held back.
  var isFrozen = false
  /// The newest of the news that is held back.
  var heldSnapshot: BoardSnapshot?
  /// Whether as little as possible is written to the terminal.
  var isLowBandwidth: Bool
  /// False once the user has said how it is to be.
  var savesBandwidthByItself = true
  /// When news was last taken; nil where the next is to be taken at once.
  var newsTakenAt: Date?
  var heldLibrary: LibrarySnapshot?
  var detail = Detail()
  var previews = PreviewShelf()
  /// The limit that comes back after the turtle; nil while it is not on.
  var limitBeforeTurtle: Int64??
  /// Cursor of the pane for columns, and of the one for sorting.
  var columnCursor = 0
  var help = Help()
  var speeds = SpeedHistory()
  /// What can be taken back, newest last.
  var undos: [Undo] = []
  /// Cancelled downloads that are to go on as soon as their cancel is confirmed.
  var retriedWhenCancelled: Set<UUID> = []
  /// What was handed over and is not known to be stored, oldest first.
  var pendingDrafts: [Draft] = []

  public init(
    size: Size, capabilities: Capabilities,
    configuration: ScreenConfiguration = ScreenConfiguration(), hosts: SourceHosts,
    snapshot: BoardSnapshot, draft: Draft = Draft(),
    settings: ScreenSettings = ScreenSettings(), isLowBandwidth: Bool = false, now: Date
  ) {
    self.size = size
    self.capabilities = capabilities
    self.configuration = configuration
    self.now = now
    self.settings = settings
    self.isLowBandwidth = isLowBandwidth
    histories[.command] = PromptHistory(settings.commands)
    backend = snapshot.backend
    input = InputPane(hosts: hosts, draft: draft)
    let context = FilterContext(
      now: now, isOnline: snapshot.backend.connection == .online, sources: DownloadSources(hosts))
    downloadList = DownloadList(context: context)
    downloadList.sort(by: settings.table.order)
    downloadList.isFollowing = settings.table.isFollowing
    downloadList.update(snapshot.downloads)
    library = LibraryPane(context: context)
    library.list.sort(by: settings.library.order)
    library.list.isFollowing = settings.library.isFollowing
    followSelection()
  }

  /// What goes on without the screen, to be said once the terminal is given back; nil when nothing
  /// does.
  public var farewell: String? {
    let counts = downloadList.counts
    let going = counts.active + counts.queued - counts.unsent
    var sentences: [String] = []
    if going > 0 {
      let verb = going == 1 ? "goes" : "go"
      sentences.append("\(counted(going, "download")) \(verb) on; winch shows them again.")
    }
    if counts.paused > 0 {
      let verb = counts.paused == 1 ? "stays" : "stay"
      sentences.append("\(counted(counts.paused, "download")) \(verb) paused.")
    }
    if counts.unsent > 0 {
      sentences.append(
        "\(counted(counts.unsent, "download")) not sent yet: kept, and sent when winch runs again.")
    }
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }

  /// The list in front.
  var list: DownloadList {
    get { isLibrary ? library.list : downloadList }
    set { if isLibrary { library.list = newValue } else { downloadList = newValue } }
  }

  /// How the list in front looks.
  var table: TableSettings {
    get { isLibrary ? settings.library : settings.table }
    set { if isLibrary { settings.library = newValue } else { settings.table = newValue } }
  }

  var keys: KeyMap { configuration.keys }
  var theme: Theme { Theme(themeName, capabilities) }
  var glyphs: Glyphs { Glyphs(isUnicode: capabilities.isUnicode) }
  var layout: Layout { Layout(size) }

  /// What just happened, while it is in sight.
  var message: Message? { messages.message(at: now) }

  /// Shows a message, and keeps it in the log.
  mutating func say(_ message: Message) { messages.say(message, at: now) }

  /// Keeps a message in the log.
  mutating func log(_ message: Message) { messages.note(message, at: now) }

  mutating func followSelection() { list.scroll(page: rowsPerPage) }

  /// Downloads that fit on the screen.
  var rowsPerPage: Int { max(1, tableBody.count / tableLook.linesPerRow) }
}
