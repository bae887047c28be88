import Downloads

/// The folder as typed, and what is wrong with it.
struct FolderText: Sendable, Equatable {
  /// Nil when nothing was typed or it is no folder.
  let folder: Folder?
  let problem: String?

  init(_ text: String) {
    let text = text.trimmingSpaces()
    folder = Folder(text)
    problem =
      text.isEmpty || folder != nil
      ? nil : "Not a folder below models: write a name such as loras or checkpoints/sdxl."
  }
}
