import ComfyAPI
import Downloads

/// What stands behind a pasted link: the files to choose from, and what is said of them.
public struct FileListing: Sendable, Equatable {
  public var reference: PastedReference
  /// Repository, or name of the model and its version.
  public var title: String
  public var facts: SourceFacts
  /// In the order of the source.
  public var files: [ListedFile]
  /// The versions of a model's page, newest first, whose files are those above; empty for others.
  public var versions: [ListedVersion] = []
  /// What worked otherwise than asked for, one sentence each.
  public var notices: [String] = []

  /// The files that the link means when nobody chooses: the only model there is, or the one that
  /// Civitai calls primary. Empty when there are several that it could be.
  public var meant: [ListedFile] {
    let primary = files.filter(\.isPrimary)
    if !primary.isEmpty { return primary }
    let models = files.filter { $0.format.isModel }
    return models.count == 1 ? models : files.count == 1 ? files : []
  }
}

/// One version of a model, with the files to choose from.
public struct ListedVersion: Sendable, Equatable {
  public var name: String
  public var baseModel: String?
  public var files: [ListedFile]
}

/// One file of a listing.
public struct ListedFile: Sendable, Equatable {
  public var reference: ModelReference
  /// Path inside the repository, or the file's name.
  public var path: String
  /// In bytes; nil where the source does not tell.
  public var size: Int64?
  /// Whether the size is rounded by the source.
  public var isSizeRounded = false
  public var hashes: PublishedHashes
  public var format: FileFormat
  /// Such as `fp16` or `Q4_K_M`; nil where nothing tells.
  public var precision: String?
  /// What else tells it from its siblings, such as `pruned`, `full` or `VAE`; nil when nothing does.
  public var variant: String?
  public var folder: FolderSuggestion?
  /// The file that the source offers when nobody chooses.
  public var isPrimary = false
  /// What the source's scanners found, in their order; empty when nothing.
  public var warnings: [DownloadFailure] = []
}

/// What a source says of a repository or a model. Everything may be unknown.
public struct SourceFacts: Sendable, Equatable {
  public var license: String?
  public var baseModel: String?
  /// Such as `LORA` (Civitai) or `text-to-image` (Hugging Face).
  public var modelType: String?
  public var trainedWords: [String] = []
  /// Whether its terms must be accepted first.
  public var isGated = false
  public var previewURL: String?
  /// The page that people read.
  public var page: String

  public init(
    license: String? = nil, baseModel: String? = nil, modelType: String? = nil,
    trainedWords: [String] = [], isGated: Bool = false, previewURL: String? = nil, page: String
  ) {
    self.license = license
    self.baseModel = baseModel
    self.modelType = modelType
    self.trainedWords = trainedWords
    self.isGated = isGated
    self.previewURL = previewURL
    self.page = page
  }
}
