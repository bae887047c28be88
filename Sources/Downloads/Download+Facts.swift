import ComfyAPI
import Foundation

/// What follows from what is known of a download.
extension Download {
  /// The beginning of its identifier, which commands take for the whole.
  public var shortID: String { String(id.uuidString.lowercased().prefix(8)) }

  /// The model it is made for, where the metadata or a tag such as `base_model:SDXL` says so.
  public var baseModel: String? {
    for key in ["base_model", "baseModel", "base model"] {
      if let name = userMetadata[key]?.string, !name.isEmpty { return name }
    }
    for prefix in ["base_model:", "base:"] {
      if let tag = tags.first(where: { $0.hasPrefix(prefix) }) {
        return String(tag.dropFirst(prefix.count))
      }
    }
    return nil
  }

  /// Seconds from the start to the end, or to now; nil before the start.
  public func elapsed(at now: Date) -> Double? {
    guard let startedAt, let end = completedAt ?? (status.isTerminal ? nil : now) else {
      return nil
    }
    return max(0, end.timeIntervalSince(startedAt))
  }

  /// Bytes per second from the start to the end, or to now; nil while unknown, and for a later
  /// attempt, which may have begun with the bytes of an earlier one.
  public func averageSpeed(at now: Date) -> Int64? {
    guard attempt == 1, let bytesDownloaded, bytesDownloaded > 0, let elapsed = elapsed(at: now),
      elapsed >= 1
    else { return nil }
    return Int64(Double(bytesDownloaded) / elapsed)
  }
}
