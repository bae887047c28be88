import Foundation

/// This program once more, as another process.
struct ChildProcess {
  let process: Process
  let output: FileHandle

  init(_ arguments: [String]) throws {
    process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = arguments
    process.standardOutput = pipe
    output = pipe.fileHandleForReading
    try process.run()
  }

  func stop() {
    process.terminate()
    process.waitUntilExit()
  }

  /// What it writes until it ends the line or itself.
  func firstLine() async -> String {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { [output] in
        var line = Data()
        while !line.contains(UInt8(ascii: "\n")) {
          let data = output.availableData
          guard !data.isEmpty else { break }
          line += data
        }
        let text = String(decoding: line, as: UTF8.self)
        continuation.resume(returning: text.trimmingCharacters(in: .newlines))
      }
    }
  }
}
