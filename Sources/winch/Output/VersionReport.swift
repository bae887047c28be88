import ComfyAPI
import Model
import Terminal
import Transport

/// What `winch --version --json` prints: the program's version, the compiler's, and those of the
/// libraries that it runs with on this machine.
enum VersionReport {
  static var json: JSONValue {
    // As each library calls itself: “libcurl/7.88.1 OpenSSL/3.0.15”, “ncurses 6.4.20221231”.
    let curl = LibraryVersions.curl.split(separator: " ")
    return .object([
      "version": .string(Version.text), "swift": .string(compiler),
      "libcurl": number(curl.first),
      "tls": curl.dropFirst().first.map { .string(String($0)) } ?? .null,
      "ncurses": number(TerminalFacts.library[...]), "sqlite": number(Journal.sqliteVersion[...]),
    ])
  }

  /// Whether the arguments ask for this; the library that parses them only knows `--version` alone.
  static func isAsked(by arguments: some Sequence<String>) -> Bool {
    arguments.sorted() == ["--json", "--version"]
  }

  /// From the first digit on; null without one.
  private static func number(_ text: Substring?) -> JSONValue {
    guard let number = text?.drop(while: { !$0.isNumber }), !number.isEmpty else { return .null }
    return .string(String(number))
  }

  /// Swift does not tell its version otherwise.
  private static var compiler: String {
    #if compiler(>=6.5)
      "6.5 or later"
    #elseif compiler(>=6.4)
      "6.4"
    #elseif compiler(>=6.3)
      "6.3"
    #elseif compiler(>=6.2)
      "6.2"
    #else
      "6.1"
    #endif
  }
}
