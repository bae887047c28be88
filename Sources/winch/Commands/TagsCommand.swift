import ArgumentParser
import ComfyAPI
import ComfyClient
import Downloads
import Model

struct TagsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tags", abstract: "Lists the tags in use, the most used first.",
    discussion: """
      Each with how many stored files have it. Those that only say where a
      file belongs, such as models, are no tags of yours and are left out.

      Examples:
        winch tags
        winch tags --sort name prod
        winch tags --json
      """)

  enum Order: String, ExpressibleByArgument, CaseIterable {
    case count, name
  }

  @Argument(help: "Only tags that begin so.", completion: .tags)
  var prefix = ""

  @Option(help: "Sort by count or name.")
  var sort = Order.count

  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func run() async throws {
    let workspace = try await backend.workspace()
    try await workspace.reachEngine()
    let list: ListTagsResponse
    do throws(ClientError) {
      list = try await tags(workspace.client)
    } catch  where error.kind == .notFound {
      throw CommandExit(
        .unavailable, "\(workspace.client.backend.name) does not tell which tags there are.",
        "Winch's own engine does: --backend local.")
    } catch {
      throw CommandExit(error)
    }
    guard !output.json else {
      return StandardOutput.write(try WireFormat.encodeText(list))
    }
    let counts = list.tags.map { "\($0.count)" }
    let width = counts.map(\.count).max() ?? 0
    for (count, tag) in zip(counts, list.tags) {
      let space = String(repeating: " ", count: width - count.count)
      StandardOutput.write(space + count + "  " + PlainText.sanitized(tag.name))
    }
    if list.tags.isEmpty {
      StandardError.write(
        prefix.isEmpty ? "No tag is in use." : "No tag begins with \(prefix); winch tags lists all."
      )
    }
  }

  /// All pages as one, without the tags that stand for folders.
  private func tags(_ client: ComfyClient) async throws(ClientError) -> ListTagsResponse {
    var all: [TagInfo] = []
    while all.count < Library.mostAssets {
      let page = try await client.tags(
        prefix: prefix, offset: all.count, isSortedByName: sort == .name)
      all += page.tags
      if !page.hasMore || page.tags.isEmpty { break }
    }
    let tags = all.filter { !Folder.isPlacement(tag: $0.name) }
    return ListTagsResponse(tags: tags, total: tags.count, hasMore: false)
  }
}
