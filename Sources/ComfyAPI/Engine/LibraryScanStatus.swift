import Foundation

/// The answer of `/api/winch/library/scan`: what stands in the engine's models tree, and how much of
/// it the engine has read.
public struct LibraryScanStatus: Sendable, Equatable, Codable {
  /// Whether the tree is being walked through, or is about to be.
  public var isScanning: Bool
  /// When the last walk ended; nil before the first.
  public var scannedAt: Date?
  /// Models in the tree, whoever put them there.
  public var files: Int
  /// Their bytes. Content with several names counts once for each.
  public var bytes: Int64
  /// Those whose hash is not known yet.
  public var unhashedFiles: Int
  public var unhashedBytes: Int64
  /// Files and folders that could not be read since the last walk began.
  public var unreadable: Int
  /// Path below the models root of the file that is being hashed; nil while none is.
  public var hashing: String?
  /// Why the last walk could not be finished; nil when it was.
  public var error: String?

  public init(
    isScanning: Bool = false, scannedAt: Date? = nil, files: Int = 0, bytes: Int64 = 0,
    unhashedFiles: Int = 0, unhashedBytes: Int64 = 0, unreadable: Int = 0, hashing: String? = nil,
    error: String? = nil
  ) {
    self.isScanning = isScanning
    self.scannedAt = scannedAt
    self.files = files
    self.bytes = bytes
    self.unhashedFiles = unhashedFiles
    self.unhashedBytes = unhashedBytes
    self.unreadable = unreadable
    self.hashing = hashing
    self.error = error
  }

  private enum CodingKeys: String, CodingKey {
    case files, bytes, unreadable, hashing, error
    case isScanning = "scanning"
    case scannedAt = "scanned_at"
    case unhashedFiles = "unhashed_files"
    case unhashedBytes = "unhashed_bytes"
  }
}
