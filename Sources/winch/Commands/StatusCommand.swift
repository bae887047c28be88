import ArgumentParser
import ComfyAPI
import Downloads

struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Says how the engine stands.",
    discussion: """
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
    let counts = status.tasks.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    StandardOutput.write("downloads    \(counts.isEmpty ? "none" : counts.joined(separator: ", "))")
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
