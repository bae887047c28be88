import ArgumentParser
import ComfyAPI
import Downloads
import Foundation
import Interface

struct AssetsListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ls", abstract: "Lists the stored files, newest first.",
    discussion: """
      A word chooses files as it does for winch verify: by path, folder, name,
      pattern for names, tag, or the beginning of an id. One with an operator,
      or with a field that only filters have, is a filter of the screen; what is
      listed matches all filters. Put it into quotes.

      Examples:
        winch assets ls
        winch assets ls loras 'checkpoints/*fp8*'
        winch assets ls checkpoints 'size>5G & !tag:flux' --sort size
        winch assets ls state:unverified
        winch assets ls --json tag:production
      """)

  @Argument(
    help: "Paths, folders, names, patterns, tags, ids or filters; without any all files.",
    completion: .storedFiles)
  var selection: [String] = []

  @Option(help: "Only what matches this filter, too: for what would be taken for a name.")
  var filter: String?

  @Option(
    help: ArgumentHelp(
      "Sort by a column of the screen, such as name, size, age, tags, folder or status.",
      valueName: "column"),
    completion: .list(ListSelection.sortNamesOfStoredFiles))
  var sort: String?

  @Flag(help: "The other way round.")
  var reverse = false

  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func run() async throws {
    // What is wrong in any case is said before anything is asked.
    _ = try listSelection(filters: [])
    let workspace = try await backend.workspace()
    try await workspace.reachEngine()
    let all = try await workspace.storedFiles(chosenBy: [])
    let (names, filters) = words(among: all)
    let list = try listSelection(filters: filters)
    let now = Date()
    let assets = list.chosen(
      from: try workspace.chosen(by: names, from: all), hosts: workspace.hosts, now: now)
    if output.json {
      let object = JSONValue.object(["assets": .array(assets.map(\.json))])
      return StandardOutput.write(try WireFormat.encodeText(object))
    }
    let table = DownloadTable(
      ofStoredFiles: list, medium: OutputTerminal.output.medium(workspace.settings),
      hosts: workspace.hosts, now: now)
    StandardOutput.write(table.lines(assets), workspace.settings)
    if assets.isEmpty { Self.sayEmpty(list, of: all.count) }
  }

  /// A name may look like a filter, so what chooses something is no filter.
  private func words(among assets: [LibraryAsset]) -> (names: [String], filters: [String]) {
    var names: [String] = []
    var filters: [String] = []
    for word in selection {
      let choosesNothing = (try? AssetSelection.chosen(by: [word], from: assets)) == nil
      if choosesNothing, ListSelection.isFilter(word) {
        filters.append(word)
      } else {
        names.append(word)
      }
    }
    return (names, filters)
  }

  private func listSelection(filters: [String]) throws -> ListSelection {
    do {
      return try ListSelection(
        filters: filters + [filter ?? ""].filter { !$0.isEmpty }, sort: sort, isReversed: reverse,
        isStored: true)
    } catch {
      throw CommandExit(error)
    }
  }

  private static func sayEmpty(_ list: ListSelection, of count: Int) {
    guard count > 0 else {
      StandardError.write("Nothing is stored.")
      return StandardError.write(
        "What others put into the folder is found by winch assets scan --wait.")
    }
    list.sayNothingMatches(of: "\(count) stored files")
  }
}
