/// What is known of a pasted link before it is queued: the files behind it, and what is said of them.
public struct LinkPreview: Sendable, Equatable {
  /// One of the files.
  public struct File: Sendable, Equatable {
    public var reference: ModelReference
    /// As it will be called on the disk.
    public var name: String
    /// Path inside the repository, or the name; harmless for terminals.
    public var path: String
    /// In bytes; nil where nobody tells.
    public var size: Int64?
    public var format: FileFormat
    /// What else tells it from its siblings, such as `fp16, pruned`; nil when nothing does.
    public var variant: String?
    /// The version it belongs to, where there are several.
    public var group: String?
    public var folder: FolderSuggestion?
    /// Whether the link means it when nobody chooses.
    public var isMeant: Bool
    /// What the source's scanners found, one sentence each.
    public var warnings: [String]

    public init(
      reference: ModelReference, name: String, path: String? = nil, size: Int64? = nil,
      variant: String? = nil, group: String? = nil, folder: FolderSuggestion? = nil,
      isMeant: Bool = true, warnings: [String] = []
    ) {
      self.reference = reference
      self.name = name
      self.path = path ?? name
      self.size = size
      format = FileFormat(name: name)
      self.variant = variant
      self.group = group
      self.folder = folder
      self.isMeant = isMeant
      self.warnings = warnings
    }
  }

  /// Most files that are carried; what has more is no model.
  public static let mostFiles = 20_000

  /// The repository, or the model and its version.
  public var title: String
  /// All there are to choose from, in the order of the source.
  public var files: [File]
  public var license: String?
  public var baseModel: String?
  /// What its reader should know first, one sentence each.
  public var warnings: [String]

  /// - Parameter files: those after the first `mostFiles` are left out.
  public init(
    title: String = "", files: [File], license: String? = nil, baseModel: String? = nil,
    warnings: [String] = []
  ) {
    self.title = title
    self.files = files.count > Self.mostFiles ? Array(files.prefix(Self.mostFiles)) : files
    self.license = license
    self.baseModel = baseModel
    self.warnings = warnings
  }

  /// The files that are queued when nobody chooses; empty when it is open which are meant.
  public var meant: [File] { files.filter(\.isMeant) }
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
