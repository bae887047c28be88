import Downloads
import Foundation

/// What is written of downloads a line each, again only when that has changed.
public struct ChangedDownloads: Sendable {
  private var written: [UUID: Download] = [:]

  public init() {}

  /// The lines of those that are new or have changed, in their order.
  ///
  /// - Parameter line: what is written of a download.
  public mutating func lines(
    of downloads: [Download], _ line: (Download) throws -> String
  ) rethrows -> [String] {
    var lines: [String] = []
    for download in downloads {
      let before = written.updateValue(download, forKey: download.id)
      guard before != download else { continue }
      let text = try line(download)
      if try before.map(line) != text { lines.append(text) }
    }
    return lines
  }
}
