import ComfyClient
import Downloads
import Foundation

/// Takes a key from the user: asked for on the terminal without showing it, else from standard
/// input.
struct KeyInput {
  let prompt: String
  /// What people call it.
  var noun = "key"

  /// Bytes; a key is far shorter, and a terminal hands over no longer line.
  private static let longest = 4096

  /// The key without spaces and line ends around it.
  ///
  /// - Throws: `CommandExit` when nothing, or more than a key, was given, and on a signal.
  func read() async throws -> APIKey {
    let bytes: [UInt8]
    if let echo = TerminalEcho(STDIN_FILENO) {
      bytes = try await HiddenLine(prompt: prompt, echo: echo).read()
    } else {
      bytes = Array(
        (try? FileHandle.standardInput.read(upToCount: Self.longest + 1)) ?? Data())
    }
    return try key(in: bytes)
  }

  private func key(in bytes: [UInt8]) throws -> APIKey {
    let text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(
      in: .whitespacesAndNewlines)
    guard !text.isEmpty else { throw CommandExit(.badInput, "No \(noun) was given.") }
    guard bytes.count <= Self.longest, text.isHeaderWord else {
      throw CommandExit(
        .badInput, "This is not a \(noun): \(noun)s are one word of letters, digits and signs.")
    }
    return APIKey(text)
  }
}
