import Foundation
import OriginLab
import TestTerminal

/// Drives the program in a real terminal with keys alone, and writes what it shows: `Docs/Tour.md`
/// and the README's picture, below the working directory.
@main
struct Tour {
  static func main() async {
    do {
      try await run()
    } catch {
      FileHandle.standardError.write(Data("\(error)\n".utf8))
      exit(1)
    }
  }

  private nonisolated static func run() async throws {
    try await OriginLab.withRunning { lab in
      let sandbox = try Sandbox(lab: lab, variables: ["WINCH_CONNECTIONS": "4"])
      do {
        try await record(lab, sandbox)
      } catch {
        await sandbox.remove()
        throw error
      }
      await sandbox.remove()
    }
  }

  private nonisolated static func record(_ lab: OriginLab, _ sandbox: Sandbox) async throws {
    let terminal = try TmuxTerminal(sandbox, columns: 100, rows: 30)
    defer { terminal.close() }
    let story = Story(
      guide: Guide(terminal, introduction: introduction), shop: ModelShop(lab: lab),
      sandbox: sandbox)
    try await story.tell()
    try write(story.guide.page.markdown, to: "Docs/Tour.md")
    try write(story.picture, to: "Docs/screen.svg")
  }

  /// A file that says the same already is left, so that figures alone make no change to be looked at.
  private nonisolated static func write(_ text: String, to path: String) throws {
    let file = URL(filePath: path)
    if let old = try? String(contentsOf: file, encoding: .utf8),
      MovingFigures.areAll(between: old, and: text)
    {
      return
    }
    try Data(text.utf8).write(to: file)
  }

  private nonisolated static let introduction = """
    # A tour

    `make tour` made this page: it drives the program in a terminal of 100 columns and 30 lines,
    with the keys that are named, and fails where a screen does not come. Hugging Face and Civitai
    are played by the tests, with files that are small and slow. Several blank lines are shown as one.
    A run in which only speeds, times and bars are others leaves the page as it is.
    """
}
