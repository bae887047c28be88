import ArgumentParser
import ComfyAPI
import ComfyClient
import Downloads

struct AssetsScanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Has the engine look for models that others put into its folder.",
    discussion: """
      What is there is not downloaded again: it is known by its size at once, and
      by its hash when it was read. The engine reads while no download runs, and
      looks by itself whenever it starts.

      Examples:
        winch assets scan
        winch assets scan --wait --json
        winch assets scan --wait --progress json | jq --unbuffered '.files_done // .files'
      """)

  @Flag(help: "Wait until all of it was read, too.")
  var wait = false

  @OptionGroup var progress: ProgressOptions
  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func validate() throws { try progress.validate(waiting: wait) }

  func run() async throws {
    let workspace = try await backend.workspace()
    try await workspace.reachEngine()
    let display = ProgressDisplay(workspace.settings, wait ? progress.choice : .none)
    let status: LibraryScanStatus = try await Waiting.forEnd(
      showing: display, farewell: Self.farewell
    ) {
      do throws(ClientError) {
        return try await scan(workspace.client, display)
      } catch  where error.kind == .notFound {
        throw CommandExit(
          .unavailable, "This backend cannot scan a library.",
          "Winch's own engine can: --backend local.")
      } catch {
        throw CommandExit(error)
      }
    }
    report(status)
    if let error = status.error {
      throw CommandExit(.downloadFailed, PlainText.sanitized(error))
    }
  }

  /// Standard output is JSON alone, or not at all.
  private var json: Bool { output.json || progress.choice == .json }

  private static let farewell = [
    "Stopped waiting. The engine goes on looking and reading.",
    "winch assets scan --wait waits for it again.",
  ]

  private func scan(
    _ client: ComfyClient, _ display: ProgressDisplay
  ) async throws(ClientError) -> LibraryScanStatus {
    var status = try await client.scanLibrary()
    while status.isScanning || (wait && status.isReading) {
      display.show(status.progress, measuringSpeed: !status.isScanning)
      do {
        try await Task.sleep(for: ProgressDisplay.interval)
      } catch {
        return status
      }
      status = try await client.libraryScan()
    }
    return status
  }

  private func report(_ status: LibraryScanStatus) {
    guard !json else {
      if let text = try? WireFormat.encodeText(status) { StandardOutput.write(text) }
      return
    }
    guard !progress.quiet else { return }
    StandardOutput.write("models       \(status.files), \(ByteCount.text(status.bytes))")
    StandardOutput.write(
      "unread       \(status.unhashedFiles), \(ByteCount.text(status.unhashedBytes))")
    if status.unreadable > 0 {
      StandardOutput.write("unreadable   \(status.unreadable); the engine's log names them")
    }
  }
}

extension LibraryScanStatus {
  /// While a walk goes on the figures are those of the walk before.
  fileprivate var progress: BatchProgress {
    guard isScanning else {
      return BatchProgress(
        verb: "reading", files: files - unhashedFiles, filesTotal: files,
        bytes: bytes - unhashedBytes, bytesTotal: bytes)
    }
    var progress = BatchProgress(verb: "looking", filesTotal: 0, bytesTotal: 0)
    progress.hasUnknownFiles = true
    return progress
  }

  fileprivate var isReading: Bool { unhashedFiles > 0 || hashing != nil }
}
