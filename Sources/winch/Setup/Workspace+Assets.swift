import ComfyClient
import Downloads

extension Workspace {
  /// The stored files that words mean, newest first; all of them without words.
  func storedFiles(chosenBy words: [String]) async throws -> [LibraryAsset] {
    var assets: [LibraryAsset] = []
    do throws(ClientError) {
      try await client.readAssets { assets.append(LibraryAsset($0)) }
    } catch {
      throw CommandExit(error)
    }
    do {
      return try AssetSelection.chosen(by: words, from: assets)
    } catch {
      throw CommandExit(
        .badInput, "Nothing stored is called \(error.word).",
        error.nearest.map { "Did you mean \($0)?" }
          ?? "Files that others put into the folder are found by winch assets scan --wait.")
    }
  }
}
