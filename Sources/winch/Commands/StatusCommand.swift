import ArgumentParser
import ComfyAPI
import Downloads

struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Says how the engine stands.")

  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func run() async throws {
    let workspace = try backend.workspace()
    let status: EngineStatus
    do {
      status = try await workspace.client.status()
    } catch  where error.kind == .unreachable && workspace.client.backend.name == "local" {
      throw CommandExit(
        .unavailable, "The engine is not running.", "It starts by itself when it is needed.")
    } catch {
      throw CommandExit(error)
    }
    guard !output.json else {
      return StandardOutput.write(try WireFormat.encodeText(status))
    }
    StandardOutput.write("engine       \(status.version), process \(status.processID)")
    StandardOutput.write("models       \(PlainText.sanitized(status.modelsRoot))")
    if let free = status.freeBytes { StandardOutput.write("free         \(ByteCount.text(free))") }
    let counts = status.tasks.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    StandardOutput.write("downloads    \(counts.isEmpty ? "none" : counts.joined(separator: ", "))")
    StandardOutput.write("speed        \(ByteCount.speedText(status.bytesPerSecond))")
    StandardOutput.write("limit        \(LimitText.text(status.limits))")
  }
}
