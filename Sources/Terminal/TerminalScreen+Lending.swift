extension TerminalScreen {
  /// Gives the terminal back while the body runs, then takes it again and draws everything anew.
  /// Frames presented meanwhile are shown afterwards, and no input is read.
  ///
  /// Interrupts from the keyboard (`^C`, `^\`) do not end the program meanwhile: they are meant for
  /// who has the terminal.
  public func lend<Result>(_ body: @MainActor () async throws -> Result) async rethrows -> Result {
    guard hold == .none else { return try await body() }
    beginHold(.lent)
    defer { endHold(.lent) }
    return try await body()
  }

  /// Runs a program on the terminal, such as the user's editor, and waits for its end.
  ///
  /// - Parameter command: the program, found in `PATH`, and its arguments; no shell reads them.
  /// - Returns: its exit status; 128 and the signal's number when a signal ended it.
  /// - Throws: `TerminalError` when it could not be started.
  public func run(_ command: [String]) async throws -> Int32 {
    let status = await lend { await ForegroundProgram.run(command) }
    guard status >= 0 else {
      throw TerminalError(message: "\(command.first ?? "The program") could not be started.")
    }
    return status
  }
}
