import ComfyAPI
import Downloads
import Foundation

/// The user's own command, run when downloads end while the screen is open.
///
/// It gets the download as JSON on standard input, as `winch show --json` prints it, and
/// `WINCH_EVENT`, which is `completed` or `failed`, or `idle` without a download once nothing is
/// under way any more. What it prints goes nowhere: the terminal belongs to the screen.
actor EndHook {
  private let command: String
  private let failed: @Sendable (String) -> Void
  /// The run before, for which the next one waits: commands see one end at a time.
  private var last: Task<Void, Never>?

  /// - Parameters:
  ///   - command: for `/bin/sh -c`.
  ///   - failed: told in one sentence that a run ended with another status than 0.
  init(command: String, failed: @escaping @Sendable (String) -> Void) {
    self.command = command
    self.failed = failed
  }

  func run(_ downloads: [Download], isQueueDone: Bool) {
    for download in downloads {
      let input = (try? WireFormat.encodeText(download.json)) ?? "{}"
      enqueue(event: download.status.rawValue, input: input)
    }
    if isQueueDone { enqueue(event: "idle", input: "") }
  }

  private func enqueue(event: String, input: String) {
    last = Task { [last] in
      await last?.value
      let status = await Self.run(command, event: event, input: input)
      if status != 0 { failed("The command of --exec ended with status \(status).") }
    }
  }

  private static func run(_ command: String, event: String, input: String) async -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    process.environment = ProcessInfo.processInfo.environment.merging(["WINCH_EVENT": event]) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardInput = pipe
    return await withCheckedContinuation { continuation in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do {
        try process.run()
        // A pipe holds little, and the command may never read it.
        DispatchQueue.global().async {
          try? pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
          try? pipe.fileHandleForWriting.close()
        }
      } catch {
        process.terminationHandler = nil
        continuation.resume(returning: 127)
      }
    }
  }
}
