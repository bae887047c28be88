import ComfyAPI
import Foundation

/// What the backend has stored, as far as it has been read.
public struct LibrarySnapshot: Sendable, Equatable {
  public enum Reading: Sendable, Equatable {
    /// Nobody has asked yet.
    case unread
    /// Pages are coming in; the number of assets that there are, once it is known.
    case reading(of: Int?)
    case read(at: Date)
    /// What had been read until then stays.
    case failed(DownloadFailure)
  }

  /// Newest first.
  public var assets: [LibraryAsset]
  /// The tags in use, most used first; placement tags are left out.
  public var tags: [TagInfo]
  public var reading: Reading
  /// Files that are being read again, and what came of it, by asset.
  public var checks: [String: AssetCheck]

  public init(
    assets: [LibraryAsset] = [], tags: [TagInfo] = [], reading: Reading = .unread,
    checks: [String: AssetCheck] = [:]
  ) {
    self.assets = assets
    self.tags = tags
    self.reading = reading
    self.checks = checks
  }
}

/// A change of what the user says of stored files.
public struct AssetEdit: Sendable, Equatable {
  public var name: String?
  public var addedTags: [String]
  public var removedTags: [String]
  /// Values to set; null takes one away.
  public var metadata: [String: JSONValue]

  public init(
    name: String? = nil, addedTags: [String] = [], removedTags: [String] = [],
    metadata: [String: JSONValue] = [:]
  ) {
    self.name = name
    self.addedTags = addedTags
    self.removedTags = removedTags
    self.metadata = metadata
  }

  public var isEmpty: Bool { self == AssetEdit() }
}
