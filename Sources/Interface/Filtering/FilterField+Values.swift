import ComfyAPI
import Downloads
import Foundation

extension FilterField {
  /// The texts of the field that a download has.
  func texts(of download: Download) -> [String] {
    switch self {
    case .name: [download.name]
    case .folder: [download.folder].compactMap(\.self)
    case .tag: download.tags
    case .base: [download.baseModel].compactMap(\.self)
    case .path: [download.path].compactMap(\.self)
    case .link: [download.url]
    default: []
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
