import Foundation

/// Writes the manual: a page for the program and one for each command, made from what the program says
/// of itself and from the tables of the README.
///
///     winch --experimental-dump-help | Manual VERSION DATE README FOLDER
@main
enum Manual {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 5 else {
      FileHandle.standardError.write(
        Data("winch --experimental-dump-help | Manual VERSION DATE README FOLDER\n".utf8))
      exit(64)
    }
    let program = try JSONDecoder().decode(
      CommandTree.Program.self, from: FileHandle.standardInput.readDataToEndOfFile())
    let readme = try String(contentsOfFile: arguments[3], encoding: .utf8)
    let folder = URL(filePath: arguments[4], directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in pages(
      of: program.command, version: arguments[1], date: arguments[2],
      readme: MarkdownTables(readme))
    {
      try Data(text.utf8).write(to: folder.appending(path: "\(name).1"))
    }
  }

  /// The text of each page by its name.
  static func pages(
    of program: CommandTree, version: String, date: String, readme: MarkdownTables
  ) -> [String: String] {
    let pages = program.flattened.map { command in
      let isProgram = command.superCommands?.isEmpty ?? true
      let page = ManualPage(
        command, version: version, date: date, readme: isProgram ? readme : nil)
      return (command.pageName, page.text)
    }
    return Dictionary(uniqueKeysWithValues: pages)
  }
}
