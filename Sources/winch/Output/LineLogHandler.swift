import ComfyAPI
import Downloads
import Foundation
import Logging

/// Writes the log a line at a time: time, level, message and metadata, control characters replaced.
struct LineLogHandler: LogHandler {
  let output: FileHandle
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.info

  init(output: FileHandle) { self.output = output }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    let pairs = all.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    let line = PlainText.sanitized("\(event.level) \(event.message)\(pairs)")
    let time = Timestamp.text(from: Date())
    try? output.write(contentsOf: Data("\(time) \(line)\n".utf8))
  }
}
