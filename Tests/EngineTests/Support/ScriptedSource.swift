import ComfyAPI
import Crypto
import Downloads
import Foundation
import Origins
import Synchronization
import Transport

@testable import Engine

/// A file at a scripted source and what goes wrong with it.
struct ScriptedFile: Sendable {
  var bytes: [UInt8]
  var name: String
  var identity: String
  var hashes: PublishedHashes
  var knowsSize = true
  var suggestedFolder: Folder?
  var header: ModelHeader?
  /// What a look at the header is refused with.
  var headerError: OriginError?
  var metadata: [String: JSONValue] = ["origin": "scripted"]
  var warnings: [DownloadFailure] = []
  /// What worked otherwise than asked for.
  var notices: [String] = []
  /// What the source says when it is asked for facts alone.
  var facts: SourceFacts?
  /// What the source shows of the model, and what it is refused with instead.
  var picture: [UInt8]?
  var pictureError: OriginError?
  /// What is told of the next requests for content.
  var exchanges: [SourceExchange] = []
  /// A size that the source tells instead of the true one.
  var announcedSize: Int64?
  var ignoresRange = false
  /// What each of the next questions is refused with.
  var resolveErrors: [OriginError] = []
  /// What each of the next content requests is refused with.
  var contentErrors: [OriginError] = []
  /// Each of the next content requests breaks off after so many bytes.
  var drops: [Int] = []
  /// How many of the next content requests have one wrong byte, their last.
  var spoils = 0
  /// Content stops flowing at this position, until this is a later one or nil.
  var holdsAt: Int?
  /// Holds every question until the time is up or the asker is cancelled.
  var resolveDelay: Duration?

  init(size: Int, seed: UInt8 = 1, name: String = "model.safetensors") {
    let header = Self.header(size, seed)
    bytes =
      header
      + (header.count..<size).map { UInt8(truncatingIfNeeded: ($0 &* 31) ^ ($0 >> 8)) &+ seed }
    self.name = name
    let sha256 = Self.sha256(bytes)
    identity = "scripted:\(sha256)"
    hashes = PublishedHashes(sha256: sha256)
  }

  /// A safetensors header whose one tensor fills the rest; small files are all header.
  private static func header(_ size: Int, _ seed: UInt8) -> [UInt8] {
    let length = 120
    guard size >= 8 + length else {
      guard size >= 10 else { return [] }
      let blanks = min(Int(seed), size - 10)
      let json = "{" + String(repeating: " ", count: blanks) + "}"
      return [UInt8(size - 8), 0, 0, 0, 0, 0, 0, 0] + json.utf8
        + Array(repeating: 0x20, count: size - 8 - json.utf8.count)
    }
    let data = size - 8 - length
    let json = #"{"a":{"dtype":"U8","shape":[\#(data)],"data_offsets":[0,\#(data)]}}"#
    return [UInt8(length), 0, 0, 0, 0, 0, 0, 0] + Array(json.utf8)
      + Array(repeating: 0x20, count: length - json.utf8.count)
  }

  static func sha256(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}

/// A source without network that does what a test tells it, and remembers what it was asked.
final class ScriptedSource: ModelSource {
  struct State {
    var files: [String: ScriptedFile] = [:]
    var questions = 0
    var factQuestions = 0
    /// URLs whose pictures were asked for.
    var picturesAsked: [String] = []
    /// How often new connections were asked for.
    var renewals = 0
    /// First byte asked for, of each content request.
    var offsets: [Int64] = []
  }

  private let state = Mutex(State())

  var questions: Int { state.withLock { $0.questions } }
  var picturesAsked: [String] { state.withLock { $0.picturesAsked } }
  var factQuestions: Int { state.withLock { $0.factQuestions } }
  var renewals: Int { state.withLock { $0.renewals } }
  var offsets: [Int64] { state.withLock { $0.offsets } }

  func offer(_ file: ScriptedFile, at url: String) { state.withLock { $0.files[url] = file } }

  func change(_ url: String, _ change: (inout ScriptedFile?) -> Void) {
    state.withLock { change(&$0.files[url]) }
  }

  func resolve(_ reference: ModelReference) async throws(OriginError) -> ResolvedFile {
    let url = reference.canonicalURL
    let (file, error) = state.withLock { state in
      state.questions += 1
      let error = state.files[url]?.resolveErrors.popFirst()
      return (state.files[url], error)
    }
    if let delay = file?.resolveDelay { try? await Task.sleep(for: delay) }
    if let error { throw error }
    guard let file, let link = HTTPURL("https://content.example/file") else {
      throw .refusal("RESOURCE_NOT_FOUND", .giveUp)
    }
    var resolved = ResolvedFile(
      reference: reference, name: file.name,
      size: file.announcedSize ?? (file.knowsSize ? Int64(file.bytes.count) : nil),
      hashes: file.hashes, identity: file.identity, link: ContentLink(url: link),
      suggestion: file.suggestedFolder.flatMap {
        FolderSuggestion($0.name, because: "the test says so")
      }, metadata: file.metadata, warnings: file.warnings)
    resolved.notices = file.notices
    return resolved
  }

  func header(of file: ResolvedFile) async throws(OriginError) -> ModelHeader? {
    let script = state.withLock { $0.files[file.reference.canonicalURL] }
    if let error = script?.headerError { throw error }
    return script?.header
  }

  func content(
    of file: ResolvedFile, from offset: Int64, to end: Int64?
  ) async throws(OriginError) -> SourceContent {
    let url = file.reference.canonicalURL
    let (script, error, drop) = state.withLock { state in
      state.offsets.append(offset)
      let error = state.files[url]?.contentErrors.popFirst()
      let drop = error == nil ? state.files[url]?.drops.popFirst() : nil
      var script = state.files[url]
      if let spoils = script?.spoils, spoils > 0, error == nil {
        let last = (script?.bytes.count ?? 1) - 1
        script?.bytes[last] ^= 0xFF
        state.files[url]?.spoils = spoils - 1
      }
      return (script, error, drop)
    }
    if let error { throw error }
    guard let script else { throw .refusal("RESOURCE_NOT_FOUND", .giveUp) }
    let start = script.ignoresRange ? 0 : Int(offset)
    let end = script.ignoresRange ? nil : end.map(Int.init)
    return SourceContent(
      start: Int64(start), isWhole: script.ignoresRange,
      total: script.knowsSize ? Int64(script.bytes.count) : nil,
      pieces: ContentPieces(stream(script, url, from: start, to: end, droppingAfter: drop)))
  }

  func facts(of reference: ModelReference) async -> SourceFacts? {
    state.withLock { state in
      state.factQuestions += 1
      return state.files[reference.canonicalURL]?.facts
    }
  }

  func picture(
    of reference: ModelReference, limit: Int
  ) async throws(OriginError) -> [UInt8]? {
    let file = state.withLock { state in
      state.picturesAsked.append(reference.canonicalURL)
      return state.files[reference.canonicalURL]
    }
    if let error = file?.pictureError { throw error }
    return file?.picture
  }

  func watched(by watch: @escaping @Sendable (SourceExchange) -> Void) -> any ModelSource {
    WatchedScript(source: self, watch: watch)
  }

  func overNewConnections() -> any ModelSource {
    state.withLock { $0.renewals += 1 }
    return self
  }

  private func stream(
    _ file: ScriptedFile, _ url: String, from start: Int, to last: Int?, droppingAfter drop: Int?
  ) -> AsyncThrowingStream<[UInt8], any Error> {
    let all = min(last ?? file.bytes.count, file.bytes.count)
    let end = min(all, drop.map { start + $0 } ?? all)
    return AsyncThrowingStream { continuation in
      let sending = Task {
        var position = start
        while position < end {
          let next = drop == nil ? min(end, max(position, hold(of: url) ?? end)) : end
          if next == position { try await Task.sleep(for: .milliseconds(5)) }
          for piece in stride(from: position, to: next, by: 4096) {
            continuation.yield(Array(file.bytes[piece..<min(piece + 4096, next)]))
          }
          position = next
        }
        guard drop != nil else { return continuation.finish() }
        continuation.finish(
          throwing: TransportError(.interrupted(receivedBytes: end - start), "the line broke"))
      }
      continuation.onTermination = { _ in sending.cancel() }
    }
  }

  private func hold(of url: String) -> Int? { state.withLock { $0.files[url]?.holdsAt } }
}

/// A scripted source somebody listens to.
private struct WatchedScript: ModelSource {
  let source: ScriptedSource
  let watch: @Sendable (SourceExchange) -> Void

  func resolve(_ reference: ModelReference) async throws(OriginError) -> ResolvedFile {
    try await source.resolve(reference)
  }

  func header(of file: ResolvedFile) async throws(OriginError) -> ModelHeader? {
    try await source.header(of: file)
  }

  func content(
    of file: ResolvedFile, from offset: Int64, to end: Int64?
  ) async throws(OriginError) -> SourceContent {
    var host: String?
    source.change(file.reference.canonicalURL) { script in
      guard let exchange = script?.exchanges.popFirst() else { return }
      host = exchange.host
      watch(exchange)
    }
    var content = try await source.content(of: file, from: offset, to: end)
    content.host = host
    return content
  }

  func facts(of reference: ModelReference) async -> SourceFacts? {
    await source.facts(of: reference)
  }

  func picture(
    of reference: ModelReference, limit: Int
  ) async throws(OriginError) -> [UInt8]? {
    try await source.picture(of: reference, limit: limit)
  }

  func watched(by watch: @escaping @Sendable (SourceExchange) -> Void) -> any ModelSource {
    WatchedScript(source: source, watch: watch)
  }

  func overNewConnections() -> any ModelSource {
    _ = source.overNewConnections()
    return self
  }
}

extension OriginError {
  static func refusal(_ code: String, _ advice: Advice) -> OriginError {
    OriginError(
      failure: DownloadFailure(code: code, message: "The source refused: \(code).", hint: "Do it."),
      advice: advice)
  }
}

extension Array {
  fileprivate mutating func popFirst() -> Element? { isEmpty ? nil : removeFirst() }
}
