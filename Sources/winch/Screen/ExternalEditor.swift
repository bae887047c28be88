/// The editor that the user has chosen.
struct ExternalEditor: Sendable, Equatable {
  /// As a shell reads it: `code --wait`.
  let name: String

  /// Looks at `VISUAL`, then at `EDITOR`; `vi` is on every system that has a terminal.
  init(environment: [String: String]) {
    name =
      ["VISUAL", "EDITOR"].compactMap { environment[$0] }
      .first { !$0.allSatisfy(\.isWhitespace) } ?? "vi"
  }

  /// The program and its arguments for a file. The user's own words are read by a shell, as git does;
  /// the path reaches it as an argument, so that nothing in it is read.
  func command(for path: String) -> [String] {
    ["/bin/sh", "-c", name + " \"$@\"", name, path]
  }

  /// Why nothing came of it, in one sentence.
  struct Problem: Error, Equatable {
    let message: String

    init(_ message: String) { self.message = message }
  }
}
