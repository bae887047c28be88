import ComfyAPI
import ComfyClient
import Downloads
import Engine
import Model

/// Compares a manifest with what the backend has, which must be reached already.
struct ManifestSurvey: Sendable {
  let client: ComfyClient
  let board: Board

  func plan(_ manifest: ModelManifest) async throws(ClientError) -> ManifestPlan {
    let snapshot = await board.snapshot
    let abilities = snapshot.backend.abilities
    let backend = ManifestNeed.Backend(
      isCloud: client.backend.isCloud, namesFiles: abilities.contains(.nameFile),
      expectsHashes: abilities.contains(.expectHash))
    return ManifestPlan(
      manifest, stock: try await stock(for: manifest, backend), downloads: snapshot.downloads,
      backend: backend)
  }

  /// A backend that names files has them in folders, where they may have been removed or put by others.
  private func stock(
    for manifest: ModelManifest, _ backend: ManifestNeed.Backend
  ) async throws(ClientError) -> ManifestStock {
    var assets: [LibraryAsset] = []
    try await client.readAssets { assets.append(LibraryAsset($0)) }
    guard backend.namesFiles else { return ManifestStock(assets: assets) }
    let folders = manifest.models.map(\.folder.name) + assets.compactMap(\.folder)
    return ManifestStock(
      assets: assets, files: try await files(in: Set(folders.compactMap(Self.first))),
      isListed: Engine.listsModel)
  }

  private static func first(of folder: String) -> String? {
    folder.split(separator: "/").first.map(String.init)
  }

  private func files(in folders: Set<String>) async throws(ClientError) -> [String: Int64?] {
    var files: [String: Int64?] = [:]
    for folder in folders.sorted() {
      do throws(ClientError) {
        for file in try await client.modelFiles(in: folder) {
          files.updateValue(file.size, forKey: "\(folder)/\(file.name)")
        }
      } catch  where error.kind == .notFound {
        continue
      }
    }
    return files
  }
}
