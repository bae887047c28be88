extension ActionTable {
  private static let files: Set<Level> = [.library, .asset]

  static let libraryActions: [Action] =
    tabActions + editActions + deleteActions + checkActions

  private static let tabActions: [Action] = [
    Action(
      "library", at: [.table], [.tab], label: "library", help: "Show what the backend has stored."
    ) { $0.openLibrary() },
    Action(
      "details", at: [.library], [.enter, .character("l"), .right], label: "details",
      help: "Show all that is known of the stored file.", reasonWhyNot: \.whyNotTarget
    ) { $0.openAsset() },
  ]

  private static let editActions: [Action] = [
    Action(
      "tag", at: files, [.character("t")], label: "tag", help: "Add tags, separated by spaces.",
      parameter: Action.Parameter("TAGS") { $0.library.snapshot.tags.map(\.name) },
      reasonWhyNot: \.whyNotTarget
    ) { $0.tag($1) },
    Action(
      "untag", at: files, [.character("T")], help: "Take tags away.",
      parameter: Action.Parameter("TAGS") { $0.tagsOfTargets }, reasonWhyNot: \.whyNotTarget
    ) { $0.untag($1) },
    Action(
      "metadata", at: files, [.character("m")], label: "metadata",
      help: "Set field=value, or the members of a JSON object; field= takes one away.",
      parameter: Action.Parameter("FIELD=VALUE") { $0.metadataOfTargets },
      reasonWhyNot: \.whyNotTarget
    ) { $0.setMetadata($1) },
    Action(
      "rename", at: files, [.character("e")],
      help: "Give it another name in the library; the file keeps its own.",
      parameter: Action.Parameter("NAME"), reasonWhyNot: \.whyNotRename
    ) { $0.rename(to: $1) },
    Action(
      "undo", at: files, [.character("u")],
      help: "Take back the last change of tags, metadata or name.",
      reasonWhyNot: \.whyNotUndo
    ) { $0.undo() },
  ]

  private static let deleteActions: [Action] = [
    Action(
      "delete", at: files, [.character("D")], label: "delete",
      help: "Delete the file, after a question.", reasonWhyNot: \.whyNotTarget
    ) { $0.deleteAssets() },
    Action(
      "forget", at: files, [.character("x")],
      help: "Take it out of the library, after a question; the file stays.",
      reasonWhyNot: \.whyNotForget
    ) { $0.forgetAssets() },
  ]

  private static let checkActions: [Action] = [
    Action(
      "verify", at: files, [.character("H")], label: "verify",
      help: "Read the file again, to see whether it is still what was stored.",
      reasonWhyNot: \.whyNotVerify
    ) { $0.verify() },
    Action(
      "refresh", at: files, [.character("C")], help: "Ask the backend again what it has stored."
    ) { $0.refreshLibrary() },
    Action(
      "clear-marks", at: [.library], [.escape],
      help: "Take the marks away, then the filter, then go back to the downloads."
    ) { $0.clearLibrary() },
    Action(
      "downloads", at: [.library], [.tab, .character("q")], label: "downloads",
      help: "Go back to the downloads."
    ) { $0.openDownloads() },
  ]
}
