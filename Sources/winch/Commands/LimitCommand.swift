import ArgumentParser
import ComfyAPI
import ComfyClient
import Downloads

struct LimitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "limit",
    abstract: "Shows or sets the speed that all downloads together may have.",
    discussion: """
      A limit takes effect at once and stays over a new start of the engine. Units are powers of
      1000, with an i of 1024.

      Examples:
        winch limit
        winch limit 10M
        winch limit 1.5MiB/s
        winch limit none
      """)

  @Argument(
    help: "Such as 10M, 800k or 1.5MiB/s; none for no limit. Without it the limit is shown.")
  var rate: String?

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
    let workspace = try backend.workspace()
    try await workspace.reachEngine()
    _ = await workspace.refresh()
    try await workspace.require(.limits, toDo: "limit its speed")
    let limits: TransferLimits
    do throws(ClientError) {
      limits = try await change(workspace.client)
    } catch {
      throw CommandExit(error)
    }
    StandardOutput.write(
      output.json
        ? try WireFormat.encodeText(limits) : SpeedText.text(ofLimit: limits.bytesPerSecond))
  }

  private func change(_ client: ComfyClient) async throws(ClientError) -> TransferLimits {
    guard let rate else { return try await client.limits() }
    // What is no speed did not get past `validate`.
    let limit = try? SpeedText.limit(rate)
    return try await client.setLimits(TransferLimits(bytesPerSecond: limit))
  }
}
