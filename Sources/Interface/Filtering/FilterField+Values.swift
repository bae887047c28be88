import ComfyAPI
import Downloads
import Foundation

extension FilterField {
  /// Whether one of the field's texts is wanted.
  func hasText(of download: Download, where isWanted: (String) -> Bool) -> Bool {
    switch self {
    case .name: isWanted(download.name)
    case .folder: download.folder.map(isWanted) ?? false
    case .tag: download.tags.contains(where: isWanted)
    case .base: download.baseModel.map(isWanted) ?? false
    case .path: download.path.map(isWanted) ?? false
    case .link: isWanted(download.url)
    default: false
    }
  }

  /// Bytes, bytes per second, seconds or a count; nil while unknown.
  func number(of download: Download, now: Date) -> Double? {
    switch self {
    case .size: download.bytesTotal.map(Double.init)
    case .speed: download.status.isTerminal ? nil : Double(download.bytesPerSecond ?? 0)
    case .done: download.bytesDownloaded.map(Double.init)
    case .left: download.secondsLeft.map(Double.init)
    case .age: now.timeIntervalSince(download.createdAt)
    case .elapsed: download.elapsed(at: now)
    case .attempts: Double(download.attempt)
    default: nil
    }
  }
}

extension FilterTerm {
  static func holds(_ metadata: [String: JSONValue], key: String, value: Needle?) -> Bool {
    guard let found = metadata[key] else {
      return metadata.contains { $0.key.lowercased() == key.lowercased() && holds($0.value, value) }
    }
    return holds(found, value)
  }

  private static func holds(_ found: JSONValue, _ value: Needle?) -> Bool {
    guard let value else { return true }
    return value.isIn(found.string ?? (try? WireFormat.encodeText(found)) ?? "")
  }
}
