#if compiler(>=6.2)
  import Foundation
  import Interface
  import Testing

  @testable import Terminal

  extension TerminalScreenTests {
    /// Where the process that crashes finds the terminal.
    private nonisolated static let deviceName = "WINCH_TEST_DEVICE"
    private nonisolated static let termName = "WINCH_TEST_TERM"

    @Test("A crash gives the terminal back, with mouse, title and pastes as they were")
    func crash() async throws {
      let (text, isRestored) = try await outputOfCrash(on: "xterm-256color")
      let parts = [
        "\u{1B}[?1049h", "\u{1B}[?1000h", "hello", "\u{1B}[23;2t", "\u{1B}[?1006l\u{1B}[?1000l",
        "\u{1B}[?2004l", "\u{1B}[?25h", "\u{1B}[?1049l",
      ]
      expect(parts, in: text)
      #expect(isRestored)
    }

    @Test("A crash shows no waits that a description asks for")
    func crashOfOldTerminal() async throws {
      let (text, isRestored) = try await outputOfCrash(on: "vt100")
      #expect(text.contains("hello"))
      #expect(!text.contains("$<"), "\(text.debugDescription)")
      #expect(isRestored)
    }

    /// What the terminal got from a process that crashed while it had a screen on it, and whether the
    /// line has the modes of before.
    private func outputOfCrash(on term: String) async throws -> (text: String, isRestored: Bool) {
      let terminal = try PseudoTerminal()
      defer { terminal.close() }
      let before = terminal.lineModes
      setenv(Self.deviceName, terminal.name, 1)
      setenv(Self.termName, term, 1)
      await #expect(processExitsWith: .signal(SIGSEGV)) { try await TerminalScreenTests.crash() }
      unsetenv(Self.deviceName)
      unsetenv(Self.termName)
      return (terminal.takeText(), terminal.lineModes == before)
    }

    private nonisolated static func crash() async throws {
      try await MainActor.run {
        let environment = ProcessInfo.processInfo.environment
        let device = open(environment[deviceName] ?? "", O_RDWR | O_NOCTTY)
        let screen = try TerminalScreen(
          input: device, output: device, environment: ["TERM": environment[termName] ?? ""],
          locale: "C.UTF-8")
        var frame = Frame(size: screen.size)
        frame.write("hello", column: 0, row: 0)
        screen.present(frame, TerminalModes(hasMouse: true, title: "winch"))
        raise(SIGSEGV)
      }
    }
  }
#endif
