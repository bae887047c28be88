import Foundation
import Logging
import Synchronization
import Testing

@testable import Engine

extension Engine {
  /// Has the tree walked through now, and waits for the end.
  nonisolated func scanned() async throws {
    _ = try await self.scanLibrary()
    _ = try await eventually("the scan ends") {
      try await self.libraryScan().isScanning ? nil : true
    }
  }

  /// The same, and waits until all is hashed that can be.
  nonisolated func read() async throws {
    try await scanned()
    _ = try await eventually("all is hashed") {
      let status = try await self.libraryScan()
      return status.unhashedFiles == 0 && status.hashing == nil ? true : nil
    }
  }
}

/// What an engine logs, a line an entry.
final class KeptLog: LogHandler {
  private let entries = Mutex<[String]>([])

  var lines: [String] { entries.withLock { $0 } }

  var metadata: Logger.Metadata {
    get { [:] }
    set {}
  }

  var logLevel: Logger.Level {
    get { .trace }
    set {}
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { nil }
    set {}
  }

  func log(event: LogEvent) {
    entries.withLock { $0.append("\(event.level) \(event.message) \(event.metadata ?? [:])") }
  }
}
