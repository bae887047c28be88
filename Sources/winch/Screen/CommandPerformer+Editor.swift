import Foundation
import Interface

extension CommandPerformer {
  /// Opens a text in the user's editor. Whatever goes wrong there, the pane keeps its own text.
  func edit(_ text: EditedText) async {
    do {
      let editor = ExternalEditor(environment: ProcessInfo.processInfo.environment)
      let file = try EditedFile(text)
      defer { file.remove() }
      let status = try await screen.run(editor.command(for: file.path))
      guard status == 0 else {
        throw ExternalEditor.Problem("\(editor.name) ended with status \(status).")
      }
      guard let edited = try file.edited() else { return }
      events.send(.outcome(.edited(edited)))
    } catch let problem as ExternalEditor.Problem {
      events.send(.outcome(.problem("\(problem.message) The text is as it was.")))
    } catch {
      events.send(.outcome(.problem("The editor could not be used. The text is as it was.")))
    }
  }
}
