import ArgumentParser
import ComfyAPI
import Downloads
import Engine
import Foundation
import Origins

struct AddCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Queues downloads.",
    discussion: """
      Examples:
        winch add --folder loras --tag style URL
        winch add --from urls.txt --wait
        winch add --dry-run --all https://huggingface.co/org/repo
        winch add --include '*fp16*' https://huggingface.co/org/repo
        pbpaste | winch add --from - --json
        winch add --wait --progress json URL | jq --unbuffered .bytes_downloaded
      """)

  @Argument(help: "Links of files, repositories or models on Hugging Face or Civitai.")
  var urls: [String] = []

  @Option(help: "The folder below the models root, such as loras.", completion: .folders)
  var folder: String?

  @Option(name: .customLong("meta"), help: "Metadata as key=value; may be repeated.")
  var metadata: [String] = []

  @Option(name: .customLong("meta-json"), help: "Metadata as a JSON object.")
  var metadataJSON: String?

  @Option(name: .customLong("preview-id"), help: "The asset to show as a thumbnail.")
  var previewID: String?

  @Option(
    name: .customLong("from"), help: "A file with one link a line, or - for standard input.",
    completion: .file())
  var file: String?

  @Flag(help: "Only say what would be queued, with sizes, folders and names.")
  var dryRun = false

  @OptionGroup var queueing: QueueOptions
  @OptionGroup var selection: FileSelection
  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func run() async throws {
    let workspace = try await backend.workspace()
    let order = try order(workspace)
    guard dryRun else {
      return try await workspace.queue(
        try await submissions(order, workspace), queueing, json: output.json)
    }
    try AddRehearsal(
      try await listedFiles(order, workspace), folder: order.folder, tags: order.tags
    ).write(json: output.json)
  }

  /// What the command line asks for, checked.
  private struct Order {
    let references: [PastedReference]
    let folder: Folder?
    let tags: [String]
    let metadata: [String: JSONValue]
  }

  /// Everything is checked before anything is asked or queued.
  private func order(_ workspace: Workspace) throws -> Order {
    let lines = try (urls + linesOfFile()).map { $0.trimmingSpaces() }
      .filter { !$0.isEmpty && !$0.hasPrefix("#") }
      .flatMap { PastedText.lines($0, hosts: workspace.hosts) }
    guard !lines.isEmpty else {
      guard let file else {
        throw CommandExit(
          .usage, "No link was given.", "winch add URL queues one; winch help add has more.")
      }
      throw CommandExit(
        .badInput, "There is no link in \(InputFile(file).name).",
        "Write one a line; what begins with # is left out.")
    }
    let order = Order(
      references: try checked(lines, hosts: workspace.hosts), folder: try parsedFolder(),
      tags: try queueing.checkedTags(), metadata: try parsedMetadata())
    if let previewID, UUID(uuidString: previewID) == nil {
      throw CommandExit(
        .badInput, "The preview id is not a UUID.",
        "Give the asset_id of a stored picture.")
    }
    return order
  }

  /// The files that the lines mean, each once.
  private func submissions(_ order: Order, _ workspace: Workspace) async throws -> [Submission] {
    let expansion = try expansion(workspace.settings)
    var submissions: [Submission] = []
    var known: Set<ModelReference> = []
    for reference in order.references {
      for file in try await expansion.files(of: reference) where known.insert(file).inserted {
        submissions.append(
          Submission(
            url: file.canonicalURL, tags: order.tags, folder: order.folder,
            userMetadata: order.metadata, previewID: previewID))
      }
    }
    return submissions
  }

  /// The same files with what their sources say of them.
  ///
  /// - Throws: why one of them would not be queued.
  private func listedFiles(_ order: Order, _ workspace: Workspace) async throws -> [ListedFile] {
    let expansion = try expansion(workspace.settings)
    var files: [ListedFile] = []
    var known: Set<ModelReference> = []
    for reference in order.references {
      for file in try await expansion.listedFiles(of: reference)
      where known.insert(file.reference).inserted {
        if workspace.client.backend.isCloud,
          let refusal = CloudRules.refusal(
            of: file.reference, folder: order.folder, size: file.size)
        {
          throw CommandExit(refusal)
        }
        files.append(file)
      }
    }
    return files
  }

  private func expansion(_ settings: Settings) throws -> LinkExpansion {
    let resolver = try settings.originResolver(
      secrets: SecretStore(path: settings.secretsPath))
    return LinkExpansion(resolver: resolver, selection: selection)
  }

  private func checked(_ lines: [String], hosts: SourceHosts) throws -> [PastedReference] {
    var references: [PastedReference] = []
    var known: Set<PastedReference> = []
    var problems: [String] = []
    for (index, line) in lines.enumerated() {
      do {
        let reference = try PastedReference(line, hosts: hosts)
        if known.insert(reference).inserted { references.append(reference) }
      } catch {
        let shown = HTTPURL(line)?.withoutQuery ?? LinkToken.removed(from: line).link
        problems.append("\(index + 1): \(shown): \(error.message) \(error.hint ?? "")")
      }
    }
    guard problems.isEmpty else {
      var exit = CommandExit(.badInput)
      exit.lines = problems + ["Nothing was queued."]
      throw exit
    }
    return references
  }

  private func linesOfFile() throws -> [String] {
    guard let file else { return [] }
    let input = InputFile(file)
    let data = try input.read(upTo: Self.fileLimit + 1)
    guard data.count <= Self.fileLimit, let text = String(data: data, encoding: .utf8) else {
      throw CommandExit(
        .badInput, "\(input.name) is no list of links.", "Give a text with one link a line.")
    }
    return text.split(whereSeparator: \.isNewline).map(String.init)
  }

  /// Bytes; far more than any list of links.
  private static let fileLimit = 16 << 20

  private func parsedMetadata() throws -> [String: JSONValue] {
    if let metadataJSON, !metadataJSON.trimmingSpaces().hasPrefix("{") {
      throw CommandExit(
        .badInput, "--meta-json takes one JSON object.", #"Write it as '{"author": "me"}'."#)
    }
    do {
      let values = try metadataJSON.map(MetadataText.parse) ?? [:]
      return values.merging(try MetadataText.parse(pairs: metadata)) { $1 }
    } catch {
      throw CommandExit(error)
    }
  }

  private func parsedFolder() throws -> Folder? {
    guard let folder else { return nil }
    guard let parsed = Folder(folder) else {
      throw CommandExit(
        .badInput,
        "\(folder.isEmpty ? "An empty text" : folder) cannot be a folder for models.",
        "Give a path below the models root, such as loras or checkpoints/sdxl.")
    }
    return parsed
  }
}
