import ComfyAPI
import Downloads
import Foundation

/// A stored file as a row of the table, so that filter, order, marks and columns are those of
/// downloads.
extension Download {
  /// - Parameter check: how far reading the file again has come; nil while nobody has asked for it.
  init(_ asset: LibraryAsset, check: AssetCheck? = nil) {
    self.init(
      id: Self.rowID(ofAsset: asset.id), backend: "", url: asset.sourceURL ?? "", name: asset.name,
      createdAt: asset.createdAt, status: .completed)
    assetID = asset.id
    folder = asset.folder
    path = asset.path
    hash = asset.hash
    sha256 = asset.sha256
    tags = asset.tags
    // What the user says comes before what the source said.
    userMetadata = asset.metadata.merging(asset.userMetadata) { $1 }
    if let base = asset.baseModel { userMetadata["base_model"] = .string(base) }
    previewID = asset.previewID
    verified = asset.isVerified
    bytesTotal = asset.size
    bytesDownloaded = asset.size
    apply(check, of: asset)
  }

  private mutating func apply(_ check: AssetCheck?, of asset: LibraryAsset) {
    if let check, !check.state.isEnd {
      status = .running
      phase = check.state == .running ? .verifying : .waiting
      bytesTotal = check.bytesTotal
      bytesDownloaded = check.bytesChecked
    } else if let trouble = FileTrouble(check?.state ?? asset.lastCheck, isIntact: asset.isIntact) {
      status = .failed
      failure = trouble.failure
    }
  }

  /// Backends may have identifiers of another form; what is made of one is the same each time.
  private static func rowID(ofAsset id: String) -> UUID {
    if let id = UUID(uuidString: id) { return id }
    var bytes = (fnv1a(id.utf8, basis: 0xCBF2_9CE4_8422_2325), fnv1a(id.utf8, basis: 0x100))
    return withUnsafeBytes(of: &bytes) { $0.loadUnaligned(as: UUID.self) }
  }

  private static func fnv1a(_ bytes: String.UTF8View, basis: UInt64) -> UInt64 {
    bytes.reduce(basis) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}

/// What can be wrong with a stored file; as a status and as words of the filter.
enum FileTrouble: String, Sendable, CaseIterable {
  case damaged, missing, unreadable

  /// - Parameters:
  ///   - found: what reading the file again last came to; nil where nobody has told.
  ///   - isIntact: what the backend keeps of it, where it keeps no more.
  init?(_ found: AssetCheck.State?, isIntact: Bool?) {
    switch found {
    case .damaged?: self = .damaged
    case .missing?: self = .missing
    case .unreadable?: self = .unreadable
    case nil where isIntact == false: self = .damaged
    default: return nil
    }
  }

  /// The trouble that such a failure tells of.
  init?(_ failure: DownloadFailure?) {
    guard let failure else { return nil }
    self.init(rawValue: failure.code.lowercased())
  }

  var failure: DownloadFailure {
    let (message, hint) =
      switch self {
      case .damaged:
        ("The file is not what was stored: its hash has changed.", "Delete it and queue it again.")
      case .missing: ("There is no file under this path.", "Put it back, or forget it here.")
      case .unreadable: ("The file could not be read.", "Look at its permissions and the disk.")
      }
    return DownloadFailure(code: rawValue.uppercased(), message: message, hint: hint)
  }
}
