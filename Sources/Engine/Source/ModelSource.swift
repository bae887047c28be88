import Downloads
import Origins

/// Where files come from. Tests put a scripted one in the place of the network.
protocol ModelSource: Sendable {
  func resolve(_ reference: ModelReference) async throws(OriginError) -> ResolvedFile
  /// What the file's header tells, from a small request of its own; nil for a file without one.
  func header(of file: ResolvedFile) async throws(OriginError) -> ModelHeader?
  /// The bytes from `offset` up to, and without, `end`; to the last one when that is nil.
  func content(
    of file: ResolvedFile, from offset: Int64, to end: Int64?
  ) async throws(OriginError) -> SourceContent
  /// What the source says of the model, from a small request of its own; nil when it says nothing.
  func facts(of reference: ModelReference) async -> SourceFacts?
  /// A picture that shows what the model makes, of at most `limit` bytes in which nobody has looked; nil
  /// where the source has none beside its models.
  func picture(of reference: ModelReference, limit: Int) async throws(OriginError) -> [UInt8]?
  /// The same source, which tells of each of its requests.
  func watched(by watch: @escaping @Sendable (SourceExchange) -> Void) -> any ModelSource
  /// The same source, which never uses a connection again.
  func overNewConnections() -> any ModelSource
}

/// The bytes of a file, on their way.
struct SourceContent: Sendable {
  /// Position of the first byte that comes.
  var start: Int64
  /// Whether the server knows no ranges and sends all of the file.
  var isWhole = false
  /// Size of the whole file in bytes as the server says it now.
  var total: Int64?
  /// Who sends the bytes; nil when that is the host of the link.
  var host: String?
  /// The same as long as the content behind one link is the same (`ETag`); nil when the server has none.
  var validator: String?
  var pieces: ContentPieces
}

/// Hugging Face and Civitai.
struct OriginSource: ModelSource {
  let resolver: OriginResolver

  func resolve(_ reference: ModelReference) async throws(OriginError) -> ResolvedFile {
    try await resolver.resolve(reference)
  }

  func header(of file: ResolvedFile) async throws(OriginError) -> ModelHeader? {
    try await resolver.header(of: file)
  }

  func content(
    of file: ResolvedFile, from offset: Int64, to end: Int64?
  ) async throws(OriginError) -> SourceContent {
    let stream = try await resolver.content(of: file, from: offset, through: end.map { $0 - 1 })
    return SourceContent(
      start: stream.start, isWhole: stream.isWhole, total: stream.total, host: stream.host,
      validator: stream.validator,
      pieces: ContentPieces(stream.body))
  }

  func facts(of reference: ModelReference) async -> SourceFacts? {
    await resolver.facts(of: reference)
  }

  /// Civitai's pictures belong to one version. What a repository of Hugging Face shows on its card is
  /// often of something else than this file, so it is not put beside it.
  func picture(
    of reference: ModelReference, limit: Int
  ) async throws(OriginError) -> [UInt8]? {
    guard case .civitai = reference else { return nil }
    return try await resolver.picture(of: reference, limit: limit)
  }

  func watched(by watch: @escaping @Sendable (SourceExchange) -> Void) -> any ModelSource {
    OriginSource(resolver: resolver.watched(by: watch))
  }

  func overNewConnections() -> any ModelSource {
    OriginSource(resolver: resolver.overNewConnections())
  }
}
