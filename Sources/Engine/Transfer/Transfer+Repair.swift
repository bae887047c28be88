import Downloads
import Foundation
import Origins

/// A transfer that brings back the content of an asset.
extension Transfer {
  /// The asset whose file the task fetches again; nil for an ordinary download, and when the asset was
  /// forgotten meanwhile.
  func repaired() throws -> AssetRecord? { try record().repairs.flatMap(store.asset) }

  /// What the source has now must be what was stored: else a repair would change the file behind the
  /// user's back.
  func checkStillOffered(_ file: ResolvedFile) throws {
    guard let asset = try repaired() else { return }
    let isOther =
      file.size.map { $0 != asset.size } == true
      || file.hashes.sha256.map { $0.lowercased() != asset.sha256 } == true
      || file.hashes.blake3.map { $0.lowercased() != asset.blake3 } == true
    if isOther { throw TransferError(Self.isGone, .none) }
  }

  /// As `checkStillOffered`, for what has come.
  func checkIsStored(_ hashes: ContentHashes) throws {
    guard let asset = try repaired(), hashes.sha256 != asset.sha256 else { return }
    throw TransferError(Self.isGone, .reject)
  }

  private static let isGone = DownloadFailure(
    code: "SOURCE_CHANGED", message: "The link leads to another file than the one that was stored.",
    hint: "Queue the link to have the new file beside the old one.")

  /// Brings the content back from another place of the models tree that has it: no byte is fetched.
  func repairFromStorage(_ asset: AssetRecord, _ file: ResolvedFile) async throws -> Bool {
    let shelf = Shelf(store: store, library: library, now: environment.now())
    guard let found = try await shelf.find(file, folder: asset.folder),
      found.sha256 == asset.sha256
    else { return false }
    let isBack = try await Disk.run { [library] in
      // It may be another name of the very file that is wrong.
      let source = library.absolute(found.path)
      guard try ContentHashes.ofFile(at: source).sha256 == asset.sha256 else { return false }
      if found.path == asset.path { return true }
      try library.replace(
        asset.path, source: source, sha256: asset.sha256, bind: Library.linkIn)
      return true
    }
    guard isBack else { return false }
    try await completeRepair(of: asset, verified: found.verified)
    await removePartial(of: try record())
    return true
  }

  func completeRepair(of asset: AssetRecord, verified: Bool) async throws {
    var asset = asset
    try asset.restore(library: library, verified: verified, now: environment.now())
    try await complete(asset)
  }
}
