import ArgumentParser
import ComfyAPI
import ComfyClient
import Downloads

struct LimitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "limit",
    abstract: "Shows or sets the speed that all downloads together, or one of them, may have.",
    discussion: """
      A limit takes effect at once and stays over a new start of the engine.
      Where the engine's config.yaml has a limit_schedule, a limit of all holds
      until one of its rules next begins or ends. Units are powers of 1000, with
      an i of 1024.

      Examples:
        winch limit
        winch limit 10M
        winch limit none
        winch limit --task 3f2a 1.5MiB/s
      """)

  @Argument(
    help: "Such as 10M, 800k or 1.5MiB/s; none for no limit. Without it the limit is shown.",
    completion: .list(["none", "1M", "5M", "10M", "50M"]))
  var rate: String?

  @Option(
    help: ArgumentHelp(
      "Only this download: its id, or its beginning. What holds for all holds for it too.",
      valueName: "id"),
    completion: .downloads { $0.status.isCancellable })
  var task: String?

  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func validate() throws {
    do throws(DownloadFailure) {
      if let rate { _ = try SpeedText.limit(rate) }
    } catch {
      throw ValidationError(error.message)
    }
  }

  func run() async throws {
    let workspace = try await backend.workspace()
    try await workspace.reachEngine()
    _ = await workspace.refresh()
    let limits = try await limits(workspace)
    StandardOutput.write(
      output.json ? try WireFormat.encodeText(limits) : LimitText.text(limits))
  }

  private func limits(_ workspace: Workspace) async throws -> TransferLimits {
    guard let task else {
      try await workspace.require(.limits, toDo: "limit its speed")
      return try await Self.answer { () async throws(ClientError) in
        guard let wanted else { return try await workspace.client.limits() }
        return try await workspace.client.setLimits(wanted)
      }
    }
    try await workspace.require(.taskLimits, toDo: "limit single downloads")
    let id = try await Self.acceptedTask(of: workspace.find(task))
    return try await Self.answer { () async throws(ClientError) in
      guard let wanted else { return try await workspace.client.limits(of: id) }
      return try await workspace.client.setLimits(wanted, of: id)
    }
  }

  /// What is to be set; nil to look only. What is no speed did not get past `validate`.
  private var wanted: TransferLimits? {
    rate.map { TransferLimits(bytesPerSecond: try? SpeedText.limit($0)) }
  }

  private static func acceptedTask(of download: Download) throws -> String {
    if let id = download.taskID { return id }
    let hint =
      download.status.isTerminal
      ? "It has ended, so there is nothing to limit." : "Try again in a moment; winch ls tells."
    throw CommandExit(
      .downloadFailed, "\(PlainText.sanitized(download.name)) is no task of the engine.", hint)
  }

  private static func answer(
    _ ask: () async throws(ClientError) -> TransferLimits
  ) async throws -> TransferLimits {
    do throws(ClientError) {
      return try await ask()
    } catch {
      // A download that has ended, not a backend that is away.
      guard error.kind == .refused(status: 409) else { throw CommandExit(error) }
      throw CommandExit(.downloadFailed, DownloadFailure(error))
    }
  }
}
