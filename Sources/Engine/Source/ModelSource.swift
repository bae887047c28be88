import Downloads
import Origins

/// Where files come from. Tests put a scripted one in the place of the network.
protocol ModelSource: Sendable {
  func resolve(_ reference: ModelReference) async throws(OriginError) -> ResolvedFile
  /// What the file's header tells, from a small request of its own; nil for a file without one.
  func header(of file: ResolvedFile) async throws(OriginError) -> ModelHeader?
  func content(
    of file: ResolvedFile, from offset: Int64
  ) async throws(OriginError) -> SourceContent
  /// What the source says of the model, from a small request of its own; nil when it says nothing.
  func facts(of reference: ModelReference) async -> SourceFacts?
  /// The same source, which tells of each of its requests.
  func watched(by watch: @escaping @Sendable (SourceExchange) -> Void) -> any ModelSource
}

/// The bytes of a file, on their way.
struct SourceContent: Sendable {
  /// Position of the first byte that comes: 0 from a server that ignores ranges.
  var start: Int64
  /// Size of the whole file in bytes as the server says it now.
  var total: Int64?
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
    of file: ResolvedFile, from offset: Int64
  ) async throws(OriginError) -> SourceContent {
    let stream = try await resolver.content(of: file, from: offset)
    return SourceContent(
      start: stream.start, total: stream.total, pieces: ContentPieces(stream.body))
  }

  func facts(of reference: ModelReference) async -> SourceFacts? {
    await resolver.facts(of: reference)
  }

  func watched(by watch: @escaping @Sendable (SourceExchange) -> Void) -> any ModelSource {
    OriginSource(resolver: resolver.watched(by: watch))
  }
}
