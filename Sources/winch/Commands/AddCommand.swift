import ArgumentParser
import ComfyAPI
import Downloads
import Engine
import Foundation

struct AddCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Queues downloads.",
    discussion: """
      Examples:
        winch add --folder loras --tag style URL
        winch add --from urls.txt --wait
        winch add --include '*fp16*' https://huggingface.co/org/repo
        pbpaste | winch add --from - --json
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

  @OptionGroup var queueing: QueueOptions
  @OptionGroup var selection: FileSelection
  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func run() async throws {
    let workspace = try await backend.workspace()
    try await workspace.queue(
      try await submissions(workspace), untilFinished: queueing.wait, json: output.json)
  }

  /// Everything is checked before anything is queued.
  private func submissions(_ workspace: Workspace) async throws -> [Submission] {
    let lines = try (urls + linesOfFile()).map { $0.trimmingSpaces() }
      .filter { !$0.isEmpty && !$0.hasPrefix("#") }
      .flatMap { PastedText.lines($0, hosts: workspace.hosts) }
    guard !lines.isEmpty else {
      throw CommandExit(.usage, "No link was given. See winch help add.")
    }
    let pasted = try checked(lines, hosts: workspace.hosts)
    let userMetadata = try parsedMetadata()
    let chosenFolder = try parsedFolder()
    let tags = try queueing.checkedTags()
    if let previewID, UUID(uuidString: previewID) == nil {
      throw CommandExit(.badInput, "The preview id is not a UUID.")
    }
    return try await files(of: pasted, workspace.settings).map {
      Submission(
        url: $0.canonicalURL, tags: tags, folder: chosenFolder, userMetadata: userMetadata,
        previewID: previewID)
    }
  }

  /// The files that the lines mean, each once.
  private func files(
    of pasted: [PastedReference], _ settings: Settings
  ) async throws -> [ModelReference] {
    let resolver = try settings.originResolver(
      secrets: SecretStore(path: settings.secretsPath))
    let expansion = LinkExpansion(resolver: resolver, selection: selection)
    var files: [ModelReference] = []
    var known: Set<ModelReference> = []
    for reference in pasted {
      files += try await expansion.files(of: reference).filter { known.insert($0).inserted }
    }
    return files
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
        let shown = HTTPURL(line)?.withoutQuery ?? line
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
    let data = try InputFile(file).read(upTo: Self.fileLimit)
    guard let text = String(data: data, encoding: .utf8) else {
      throw CommandExit(.badInput, "\(file) is not UTF-8 text.")
    }
    return text.split(whereSeparator: \.isNewline).map(String.init)
  }

  /// Bytes; far more than any list of links.
  private static let fileLimit = 16 << 20

  private func parsedMetadata() throws -> [String: JSONValue] {
    do {
      var values = try metadataJSON.map(MetadataText.parse) ?? [:]
      for pair in metadata { values.merge(try MetadataText.parse(pair)) { $1 } }
      return values
    } catch {
      throw CommandExit(error)
    }
  }

  private func parsedFolder() throws -> Folder? {
    guard let folder else { return nil }
    guard let parsed = Folder(folder) else {
      throw CommandExit(
        .badInput, "\(folder) cannot be a folder for models.",
        "Give a path below the models root, such as loras or checkpoints/sdxl.")
    }
    return parsed
  }
}
