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
      // One connection each, so that downloads take as long as their speed says.
      let sandbox = try Sandbox(lab: lab, variables: ["WINCH_CONNECTIONS": "1"])
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

  private nonisolated static func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path))
  }

  private nonisolated static let introduction = """
    # A tour

    `make tour` made this page: it drives the program in a terminal of 100 columns and 30 lines,
    with the keys that are named, and fails where a screen does not come. Hugging Face and Civitai
    are played by the tests, with files that are small and slow. Blank lines are left out.
    """
}
