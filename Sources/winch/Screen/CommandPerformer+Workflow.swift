import ComfyClient
import Downloads
import Foundation
import Interface

extension CommandPerformer {
  /// Reads which models a workflow needs, and asks the backend which of them are there.
  func readWorkflow(_ path: String) async {
    do {
      let models = try await Self.models(at: path)
      let survey = ModelSurvey(client: client, board: board, hosts: hosts)
      let needs = try await survey.needs(models.models)
      let name = URL(filePath: path).lastPathComponent
      events.send(.outcome(.workflow(name, needs)))
    } catch let exit as CommandExit {
      events.send(.outcome(.problem(exit.lines.joined(separator: " "))))
    } catch {
      events.send(.outcome(.problem("The backend did not tell which models are there.")))
    }
  }

  /// Not on the screen's actor: the disk may be slow. Only plain files are opened, for others may never
  /// end.
  nonisolated private static func models(at path: String) async throws -> WorkflowModels {
    let home = ProcessInfo.processInfo.environment["HOME"] ?? NSHomeDirectory()
    let path = path.hasPrefix("~/") ? home + path.dropFirst() : path
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw CommandExit(.badInput, "There is no file \(PlainText.sanitized(path)).")
    }
    return try InputFile(path: path).workflowModels()
  }
}
