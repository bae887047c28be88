import ArgumentParser
import ComfyAPI
import Downloads
import Interface

struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Says how the engine stands.",
    discussion: """
      Tasks are the downloads that the engine itself has taken. Links that
      were refused at once, and those that were given again, are in winch ls
      alone.

      Examples:
        winch status
        winch status --start --json
        winch status --backend ssh://me@gpu.example
      """)

  @Flag(help: "Start the engine of this machine where it does not run.")
  var start = false

  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func run() async throws {
    let workspace = try await backend.workspace()
    if start { try await workspace.reachEngine() }
    let status: EngineStatus
    do {
      status = try await workspace.client.status()
    } catch  where error.kind == .unreachable && workspace.isLocal {
      if let engine = SilentEngine(workspace.settings) { throw CommandExit(engine.failure) }
      throw CommandExit(
        .unavailable, "The engine is not running.", "It starts by itself when it is needed.")
    } catch {
      throw CommandExit(error)
    }
    guard !output.json else {
      return StandardOutput.write(try Self.json(status, workspace))
    }
    StandardOutput.write("engine       \(status.version), process \(status.processID)")
    StandardOutput.write("models       \(PlainText.sanitized(status.modelsRoot))")
    for place in status.places ?? [] {
      let folder = place.folder.map { " (\($0))" } ?? ""
      StandardOutput.write("also reads   \(PlainText.sanitized(place.path + folder))")
    }
    if workspace.isLocal {
      StandardOutput.write("socket       \(PlainText.sanitized(workspace.settings.socketPath))")
    }
    if let free = status.freeBytes { StandardOutput.write("free         \(ByteCount.text(free))") }
    StandardOutput.write("tasks        \(TaskCounts.text(status.tasks) ?? "none")")
    StandardOutput.write("speed        \(ByteCount.speedText(status.bytesPerSecond))")
    StandardOutput.write("limit        \(LimitText.text(status.limits))")
  }

  /// What the engine says, and for that of this machine where its socket is: another machine asks for
  /// it through SSH.
  private static func json(_ status: EngineStatus, _ workspace: Workspace) throws -> String {
    let text = try WireFormat.encodeText(status)
    guard workspace.isLocal else { return text }
    var members = try WireFormat.decode([String: JSONValue].self, from: text.utf8)
    members["socket"] = .string(workspace.settings.socketPath)
    return try WireFormat.encodeText(members)
  }
}
