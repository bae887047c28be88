import Foundation
import TestTerminal
import Testing

/// Asking for a key in a real terminal.
@Suite("Login in a terminal", .serialized)
struct LoginTerminalTests {
  private func atPrompt(
    _ body: (Sandbox, TmuxTerminal) async throws -> Void
  ) async throws {
    try await AccountServer.withRunning { account in
      let sandbox = try Sandbox(variables: ["COMFY_CLOUD_BASE_URL": account.address])
      let terminal = try TmuxTerminal(sandbox)
      do {
        try terminal.type("'\(Sandbox.binary.path())' config login; echo status $?")
        try terminal.press("Enter")
        try #require(await terminal.shows("Key for cloud:"))
        try await body(sandbox, terminal)
      } catch {
        terminal.close()
        await sandbox.remove()
        throw error
      }
      terminal.close()
      await sandbox.remove()
    }
  }

  /// Whether the terminal shows what is typed, and takes whole lines.
  private func isSane(_ terminal: TmuxTerminal) async throws -> Bool {
    try terminal.type(
      "clear; stty -a | tr ' ' '\\n' | grep -x -e icanon -e echo -e isig; echo end")
    try terminal.press("Enter")
    return await terminal.shows("icanon", "echo", "isig", "end")
  }

  @Test("the key that is typed never appears on the screen, and is stored")
  func hidden() async throws {
    try await atPrompt { sandbox, terminal in
      try terminal.type(AccountServer.key)
      try terminal.press("Enter")
      #expect(await terminal.shows("is stored", "status 0"), "\(terminal.text)")
      #expect(!terminal.history.contains("SECRET"))
      #expect(sandbox.filesContaining("SECRET") == ["config/winch/credentials.yaml"])
      #expect(try await isSane(terminal))
    }
  }

  @Test(
    "whatever ends the prompt, the terminal shows what is typed again, and half a key goes nowhere",
    arguments: ["C-c", "C-\\", "INT", "TERM", "HUP"])
  func interrupted(way: String) async throws {
    try await atPrompt { sandbox, terminal in
      try terminal.type("comfyui-SECRET")
      // What is typed reaches the program's terminal a little later, and nothing shows that it has.
      try await Task.sleep(for: .milliseconds(300))
      if way.hasPrefix("C-") {
        try terminal.press(way)
      } else {
        let program = try #require(try terminal.programPID())
        kill(program, ["INT": SIGINT, "TERM": SIGTERM][way] ?? SIGHUP)
      }
      #expect(await terminal.shows("status 130"), "\(terminal.text)")
      #expect(try await isSane(terminal), "\(terminal.text)")
      #expect(!terminal.history.contains("SECRET"))
      #expect(sandbox.filesContaining("SECRET") == [])
    }
  }

  @Test("the end of the input stores nothing")
  func endOfInput() async throws {
    try await atPrompt { sandbox, terminal in
      try terminal.press("C-d")
      #expect(await terminal.shows("No key was given.", "status 65"), "\(terminal.text)")
      #expect(try await isSane(terminal))
    }
  }

  @Test("while it is suspended the terminal is as ever, and fg asks again without showing")
  func suspended() async throws {
    try await atPrompt { _, terminal in
      try terminal.press("C-z")
      #expect(await terminal.shows("Stopped"), "\(terminal.text)")
      #expect(try await isSane(terminal))
      try terminal.type("clear; fg")
      try terminal.press("Enter")
      #expect(await terminal.shows("Key for cloud:"), "\(terminal.text)")
      try terminal.type(AccountServer.key)
      try terminal.press("Enter")
      #expect(await terminal.shows("is stored"), "\(terminal.text)")
      #expect(!terminal.history.contains("SECRET"))
    }
  }
}
