import ComfyAPI
import ComfyClient
import Downloads

extension ComfyClient {
  /// Changes what the user says of a stored file. Metadata that others have set since it was read is
  /// kept, but for the keys of the change.
  ///
  /// - Returns: the file as it stands then.
  /// - Throws: why the backend would not. What it had taken by then stays.
  public func edit(_ id: String, _ edit: AssetEdit) async throws(ClientError) -> Asset {
    if !edit.addedTags.isEmpty { _ = try await addTags(edit.addedTags, to: id) }
    if !edit.removedTags.isEmpty { _ = try await removeTags(edit.removedTags, from: id) }
    if edit.name != nil || !edit.metadata.isEmpty {
      var change = AssetUpdate(name: edit.name)
      if !edit.metadata.isEmpty {
        let present = try await asset(id).userMetadata ?? [:]
        change.userMetadata = present.merging(edit.metadata) { $1 }.filter { $0.value != .null }
      }
      _ = try await update(id, change)
    }
    return try await asset(id)
  }
}
