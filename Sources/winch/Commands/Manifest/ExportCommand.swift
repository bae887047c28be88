import ArgumentParser
import ComfyAPI
import Downloads

struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes down the stored models, so that winch apply can fill another machine.",
    discussion: """
      The list is YAML: link, folder, name, hash, size and tags of each model.
      It is sorted and has no dates, so that two lists can be compared.
      Models that nobody knows a link of have url: null.

      --pin makes the links of Hugging Face lead to the commits that the files
      came from, so that they stay good when a branch gets other files.

      A word chooses files as it does for winch verify.

      Examples:
        winch export > models.yaml
        winch export --pin checkpoints tag:production > models.yaml
        winch export | ssh gpu winch apply --yes -
      """)

  @Argument(
    help: "Paths, folders, names, patterns, tags or ids; without any all files.",
    completion: .storedFiles)
  var selection: [String] = []

  @Flag(help: "Write links to commits instead of branches.")
  var pin = false

  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func run() async throws {
    let workspace = try await backend.workspace()
    try await workspace.reachEngine()
    let assets = try await workspace.storedFiles(chosenBy: selection)
    var leftOut: [ModelManifest.LeftOut] = []
    let manifest = ModelManifest(
      of: assets, hosts: workspace.hosts, isPinned: pin, leftOut: &leftOut)
    StandardOutput.write(
      output.json ? try WireFormat.encodeText(manifest.json) : String(manifest.yaml.dropLast()))
    for file in leftOut { StandardError.write("\(file.name) is left out. \(file.reason)") }
    for model in manifest.withoutSource {
      StandardError.write("\(model.place) has no link: winch apply cannot fetch it.")
    }
  }
}
