import ComfyAPI

/// A model of a manifest: what it is, where it belongs and where it can be had.
public struct ManifestModel: Sendable, Equatable {
  public var folder: Folder
  /// A safe file name.
  public var name: String
  /// Nil where nobody knows where it can be had.
  public var reference: ModelReference?
  /// At most one of each kind; none where any content is right.
  public var hashes: [ContentHash]
  /// In bytes; nil where nobody has said.
  public var size: Int64?
  /// The user's own, each once, sorted.
  public var tags: [String]

  public init(
    folder: Folder, name: String, reference: ModelReference? = nil, hashes: [ContentHash] = [],
    size: Int64? = nil, tags: [String] = []
  ) {
    self.folder = folder
    self.name = name
    self.reference = reference
    self.hashes = hashes
    self.size = size
    self.tags = tags
  }

  /// Below the models root: `loras/style/x.safetensors`.
  public var place: String { folder.name + "/" + name }

  /// The hash that a download must have: SHA-256, which most sources publish, before BLAKE3.
  public var expectedHash: ContentHash? {
    hashes.first { $0.kind == .sha256 } ?? hashes.first
  }
}

/// How the hashes that two sides know of a content compare.
public enum HashComparison: Sendable, Equatable {
  case equal
  /// The one that is known in place of the one that is wanted.
  case different(ContentHash, wanted: ContentHash)
  /// They have no kind in common.
  case unknown

  public init(known: [ContentHash], wanted: [ContentHash]) {
    let pairs = wanted.compactMap { hash in
      known.first { $0.kind == hash.kind }.map { (known: $0, wanted: hash) }
    }
    if let pair = pairs.first(where: { $0.known != $0.wanted }) {
      self = .different(pair.known, wanted: pair.wanted)
    } else {
      self = pairs.isEmpty ? .unknown : .equal
    }
  }
}
