import ComfyClient
import Interface

extension CommandPerformer {
  /// Asks the backend for its tags and folders. What it does not tell cannot be completed, which is
  /// nothing to be told of.
  func learnNames(from client: ComfyClient) async {
    async let tags = try? client.tags().tags
    async let folders = try? client.modelFolders()
    let names = BackendNames(
      tags: await tags?.map(\.name) ?? [], folders: await folders?.map(\.name) ?? [])
    events.send(.outcome(.names(names)))
  }
}
