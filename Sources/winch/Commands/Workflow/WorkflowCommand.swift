import ArgumentParser
import ComfyAPI
import ComfyClient
import Downloads
import Foundation

struct WorkflowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "workflow", abstract: "Shows which models a workflow of ComfyUI needs.",
    discussion: """
      A workflow is JSON as ComfyUI saves or exports it, or a PNG or WebP picture
      that it has made. Each model is there, queued, can be fetched, or unknown:
      then nothing says where it can be had. Models of muted and bypassed nodes
      are left out, as ComfyUI does.

      The status is 0 when every model is there or queued, else 1.

      Examples:
        winch workflow flux.json
        winch workflow --add --wait picture.png
        winch workflow --json *.json
        curl -s https://example.com/w.json | winch workflow --add --dry-run -
      """)

  @Argument(
    help: "Workflows; - for standard input.",
    completion: .file(extensions: ["json", "png", "webp"]))
  var files: [String]

  @Flag(help: "Queue the missing models that can be fetched, with their folders.")
  var add = false

  @Flag(help: "With --add, only say what would be queued.")
  var dryRun = false

  @Flag(help: "Count the models of muted and bypassed nodes, too.")
  var muted = false

  @OptionGroup var queueing: QueueOptions
  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func validate() throws {
    let needsAdd =
      dryRun || queueing.wait || queueing.progress.quiet || !queueing.tags.isEmpty
    guard add || !needsAdd else {
      throw ValidationError("--dry-run, --wait, --quiet and --tag need --add.")
    }
  }

  func run() async throws {
    let tags = try queueing.checkedTags()
    let all = try models().models
    let models = muted ? all : all.filter(\.isActive)
    let workspace = try await backend.workspace()
    let needs = try await needs(models, workspace)
    let report = WorkflowReport(needs, left: all.count - models.count)
    let json = output.json || queueing.progress.choice == .json
    try report.write(json: json)
    let submissions = needs.compactMap { $0.submission(tags: tags) }
    if add, !dryRun {
      if !submissions.isEmpty {
        try await workspace.queue(submissions, queueing, json: json)
      }
      guard report.unknown == 0 else { throw CommandExit(.downloadFailed) }
    } else if let lines = report.missing(add: add, files: files) {
      var exit = CommandExit(.downloadFailed)
      exit.lines = lines
      throw exit
    }
  }

  /// Everything is read before anything is asked or queued.
  private func models() throws -> WorkflowModels {
    var models = WorkflowModels()
    for path in files {
      let file = InputFile(path)
      do {
        try models.formUnion(file.workflowModels())
      } catch let problem as WorkflowProblem {
        throw CommandExit(problem.failure)
      }
    }
    return models
  }

  private func needs(_ models: [NeededModel], _ workspace: Workspace) async throws -> [ModelNeed] {
    guard !models.isEmpty else { return [] }
    try await workspace.reachEngine()
    _ = await workspace.refresh()
    do throws(ClientError) {
      let survey = ModelSurvey(
        client: workspace.client, board: workspace.board, hosts: workspace.hosts)
      return try await survey.needs(models)
    } catch {
      throw CommandExit(error)
    }
  }
}
