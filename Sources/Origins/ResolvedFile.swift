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
  /// Where ComfyUI expects such a file; nil when the source does not tell.
  public var suggestedFolder: Folder?
  /// What is worth remembering: repository, commit, model and base model.
  public var metadata: [String: JSONValue]

  public init(
    reference: ModelReference, name: String, size: Int64?, hashes: PublishedHashes,
    identity: String, link: ContentLink, suggestedFolder: Folder? = nil,
    metadata: [String: JSONValue] = [:]
  ) {
    self.reference = reference
    self.name = name
    self.size = size
    self.hashes = hashes
    self.identity = identity
    self.link = link
    self.suggestedFolder = suggestedFolder
    self.metadata = metadata
  }
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
