import ComfyAPI
import Downloads
import Foundation
import Logging
import Synchronization

/// What a part of the program writes to the log: lines of time, level, who, message and metadata, with
/// control characters replaced.
final class ProgramLog: Sendable {
  /// Who writes, such as `engine`.
  private let name: String
  private let file: LogFile
  /// Also written to where somebody watches the program; nil for nobody.
  private let watched: FileHandle?
  private let least: Mutex<Logger.Level>

  /// At the level of the settings.
  convenience init(
    _ name: String, settings: Settings, watched: FileHandle? = nil
  ) throws(DownloadFailure) {
    self.init(name, settings: settings, level: try settings.logLevel.value, watched: watched)
  }

  init(_ name: String, settings: Settings, level: Logger.Level, watched: FileHandle? = nil) {
    self.name = "\(name)[\(getpid())]"
    self.watched = watched
    file = LogFile(path: settings.logPath)
    least = Mutex(level)
  }

  /// The level from which on lines are written; it can change at any time.
  var level: Logger.Level {
    get { least.withLock { $0 } }
    set { least.withLock { $0 = newValue } }
  }

  var logger: Logger { Logger(label: "winch") { _ in LineLogHandler(log: self) } }

  fileprivate func write(_ event: LogEvent, _ metadata: Logger.Metadata) {
    let pairs = metadata.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    let line = PlainText.sanitized("\(event.level) \(name): \(event.message)\(pairs)")
    let whole = "\(Timestamp.text(from: Date())) \(line)"
    file.write(whole)
    try? watched?.write(contentsOf: Data((whole + "\n").utf8))
  }
}

private struct LineLogHandler: LogHandler {
  let log: ProgramLog
  var metadata: Logger.Metadata = [:]

  var logLevel: Logger.Level {
    get { log.level }
    // The level is one for the whole program.
    set {}
  }

  init(log: ProgramLog) { self.log = log }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    log.write(event, metadata.merging(event.metadata ?? [:]) { $1 })
  }
}
