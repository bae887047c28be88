import ComfyAPI
import ComfyClient
import Downloads
import Model

/// What the backend has of the models that workflows need.
struct ModelSurvey: Sendable {
  let client: ComfyClient
  let board: Board
  let hosts: SourceHosts

  /// How each model stands with the backend, which must be reached already.
  func needs(_ models: [NeededModel]) async throws(ClientError) -> [ModelNeed] {
    let stored = try await stored(models)
    let snapshot = await board.snapshot
    return models.map { model in
      ModelNeed(
        model, stored: stored, downloads: snapshot.downloads, hosts: hosts,
        isCloud: client.backend.isCloud,
        namesFiles: snapshot.backend.abilities.contains(.nameFile))
    }
  }

  /// Asks first for the files in the models' folders, which loaders go by and which need not be assets;
  /// then, when some were not found, for all assets.
  private func stored(_ models: [NeededModel]) async throws(ClientError) -> StoredModels {
    var stored = StoredModels()
    let sought = models.filter { $0.fileName != nil }
    guard !sought.isEmpty else { return stored }
    let wanted = Set(sought.map { $0.category?.name.split(separator: "/").first.map(String.init) })
    for folder in try await client.modelFolders()
    where wanted.contains(nil) || wanted.contains(Folder(folder.name)?.name) {
      do throws(ClientError) {
        stored.insert(try await client.modelFiles(in: folder.name), in: folder.name)
      } catch  where error.kind == .notFound {
        continue
      }
    }
    if sought.contains(where: { stored.path(of: $0) == nil }) {
      try await client.readAssets { stored.insert($0) }
    }
    return stored
  }
}
