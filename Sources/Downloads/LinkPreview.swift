/// What is known of a pasted link before it is queued.
public struct LinkPreview: Sendable, Equatable {
  /// One file that the link means.
  public struct File: Sendable, Equatable {
    public var reference: ModelReference
    public var name: String
    /// In bytes; nil where nobody tells.
    public var size: Int64?
    public var folder: FolderSuggestion?

    public init(
      reference: ModelReference, name: String, size: Int64? = nil, folder: FolderSuggestion? = nil
    ) {
      self.reference = reference
      self.name = name
      self.size = size
      self.folder = folder
    }
  }

  /// The files that are queued; empty when it is open which are meant.
  public var files: [File]
  /// How many there are to choose from.
  public var choices: Int
  public var license: String?
  public var baseModel: String?
  /// What its reader should know first, one sentence each.
  public var warnings: [String]

  public init(
    files: [File], choices: Int = 1, license: String? = nil, baseModel: String? = nil,
    warnings: [String] = []
  ) {
    self.files = files
    self.choices = choices
    self.license = license
    self.baseModel = baseModel
    self.warnings = warnings
  }
}

/// How far a look at a link has come.
public enum LinkLook: Sendable, Equatable {
  case asked
  case found(LinkPreview)
  /// The source says no, for good or until the user does something.
  case refused(DownloadFailure)
  /// Nothing could be learnt, which says nothing against the link.
  case unknown(DownloadFailure)
}
