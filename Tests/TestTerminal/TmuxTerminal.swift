import Foundation

/// A real terminal: a tmux server of its own with one pane.
public final class TmuxTerminal: Sendable {
  /// In the sandbox, because tmux leaves its socket behind.
  private let socket: String
  private let sandbox: Sandbox

  /// Opens the terminal with a shell in it, whose prompt is `$ `.
  public init(
    _ sandbox: Sandbox, columns: Int = 120, rows: Int = 30, variables: [String: String] = [:]
  ) throws {
    self.sandbox = sandbox
    socket = sandbox.root.appending(path: "tmux-\(UUID().uuidString.prefix(8))").path()
    let settings = sandbox.environment.merging(variables) { $1 }
      .merging(["PS1": "$ ", "ENV": ""]) { $1 }.map { "\($0)=\($1)" }.sorted()
    try tmux(
      ["new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "env", "-i", "TERM=tmux-256color"]
        + settings + ["sh"])
  }

  public func close() { _ = try? tmux(["kill-server"]) }

  /// Types text and keys as tmux names them, such as `Enter` and `C-c`.
  public func press(_ keys: String...) throws { try tmux(["send-keys"] + keys) }

  /// Types text as it is.
  public func type(_ text: String) throws { try tmux(["send-keys", "-l", text]) }

  /// Pastes text as a terminal does, in brackets where the program asked for them.
  public func paste(_ text: String) throws {
    try tmux(["set-buffer", "--", text])
    try tmux(["paste-buffer", "-p"])
  }

  public func resize(columns: Int, rows: Int) throws {
    try tmux(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
  }

  /// Starts the program and waits for its first frame.
  public func open(_ arguments: String = "") async throws {
    try type("'\(Sandbox.binary.path())' \(arguments)")
    try press("Enter")
    guard await shows("Winch", "a add") else { throw NotShown(text: text) }
  }

  /// All that has been on the screen, what scrolled away included.
  public var history: String { (try? tmux(["capture-pane", "-p", "-S", "-"])) ?? "" }

  /// What stands on the screen now.
  public var text: String { (try? tmux(["capture-pane", "-p"])) ?? "" }

  /// The same with the sequences that choose colours.
  public var styledText: String { (try? tmux(["capture-pane", "-p", "-e"])) ?? "" }

  /// Waits until all of the texts stand on the screen.
  public func shows(_ texts: String..., within limit: Duration = .seconds(300)) async -> Bool {
    await eventually(within: limit) {
      let now = text
      return texts.allSatisfy(now.contains)
    }
  }

  /// The process id of the program in the foreground of the pane.
  public func programPID() throws -> Int32? {
    guard let shell = Int32(try tmux(["display-message", "-p", "#{pane_pid}"]).trimmed) else {
      return nil
    }
    let children = try String(
      contentsOfFile: "/proc/\(shell)/task/\(shell)/children", encoding: .utf8)
    return children.split(separator: " ").first.flatMap { Int32($0) }
  }

  /// Foundation's `Process` would wait for the tmux server too, which inherits how it is told of an
  /// end.
  @discardableResult
  private func tmux(_ arguments: [String]) throws -> String {
    let settings = sandbox.environment.map { "\($0)=\($1)" }
    let words = ["env"] + settings + ["tmux", "-S", socket, "-f", "/dev/null"] + arguments
    let command = words.map(\.quotedForShell).joined(separator: " ") + " 2>/dev/null"
    guard let pipe = popen(command, "re") else { throw NotShown(text: "tmux cannot be run") }
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let count = fread(&buffer, 1, buffer.count, pipe), count > 0 {
      output += buffer[..<count]
    }
    pclose(pipe)
    return String(decoding: output, as: UTF8.self)
  }
}

/// The program's screen did not come.
public struct NotShown: Error {
  public let text: String
}

extension String {
  fileprivate var quotedForShell: String {
    "'" + replacingOccurrences(of: "'", with: "'\\''") + "'"
  }

  fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
