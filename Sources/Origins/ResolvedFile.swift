import ComfyAPI
import Downloads
import Foundation

/// What a source says a reference is, now.
public struct ResolvedFile: Sendable, Equatable {
  public var reference: ModelReference
  /// A safe file name (`FileName.isSafe`).
  public var name: String
  /// In bytes; nil when the source does not say.
  public var size: Int64?
  public var hashes: PublishedHashes
  /// Equal for equal content, today and next week: what decides whether received bytes still
  /// belong to the file. It holds no link and no token.
  public var identity: String
  public var link: ContentLink
  /// Where ComfyUI expects such a file, and who says so; nil when the source does not tell.
  public var suggestion: FolderSuggestion?
  /// In the words of the source, such as `PickleTensor`; nil when it does not say.
  public var format: String?
  /// What is worth remembering: repository, commit, model and base model.
  public var metadata: [String: JSONValue]
  /// What the source's scanners found.
  public var warnings: [DownloadFailure]
  /// What worked otherwise than asked for, one sentence each.
  public var notices: [String] = []
  /// What was learnt of the model on the way; nil when nothing was.
  public var facts: SourceFacts?

  public init(
    reference: ModelReference, name: String, size: Int64?, hashes: PublishedHashes,
    identity: String, link: ContentLink, suggestion: FolderSuggestion? = nil,
    format: String? = nil, metadata: [String: JSONValue] = [:], warnings: [DownloadFailure] = []
  ) {
    self.reference = reference
    self.name = name
    self.size = size
    self.hashes = hashes
    self.identity = identity
    self.link = link
    self.suggestion = suggestion
    self.format = format
    self.metadata = metadata
    self.warnings = warnings
  }
}

extension ResolvedFile {
  /// What Civitai calls a file that is no model; nil for models.
  public var unsupportedType: String? {
    metadata["model_type"]?.string.flatMap { Self.unsupportedTypes.contains($0) ? $0 : nil }
  }

  private static let unsupportedTypes: Set<String> = [
    "Poses", "Wildcards", "Workflows", "ComfyWorkflows",
  ]
}

/// Where the bytes are. Signed links run out; the reference does not.
public struct ContentLink: Sendable, Equatable {
  public var url: HTTPURL
  /// Present only when the link is on the site itself; never for a storage host.
  public var authorization: String?
  /// When the link stops working; nil when it does not say.
  public var expires: Date?

  public init(url: HTTPURL, authorization: String? = nil, expires: Date? = nil) {
    self.url = url
    self.authorization = authorization
    self.expires = expires
  }
}

extension ContentLink: CustomStringConvertible, CustomDebugStringConvertible {
  /// Without the query, which holds the signature.
  public var description: String { url.withoutQuery }
  public var debugDescription: String { description }
}
