import ComfyAPI
import Downloads
import Foundation
import Logging
import Synchronization
import Testing

@testable import Engine

/// A models folder, a scripted source and engines on them, for one test.
final class Bench: Sendable {
  static let url = "https://huggingface.co/acme/model/resolve/main/model.safetensors"
  static let otherURL = "https://huggingface.co/acme/other/resolve/main/other.safetensors"

  let source = ScriptedSource()
  let directory: String
  private let pauses = Mutex<[Duration]>([])
  private let holdsPauses = Mutex(false)
  private let free = Mutex<Int64?>(nil)

  init() throws {
    directory = NSTemporaryDirectory() + "winch-engine-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  var models: String { directory + "/models" }

  /// The pauses that were asked for; none is really waited for, unless they are held.
  var pausesAsked: [Duration] { pauses.withLock { $0 } }

  /// Bytes that the models' disk has for engines; nil for what it really has.
  var freeBytes: Int64? {
    get { free.withLock(\.self) }
    set { free.withLock { $0 = newValue } }
  }

  /// Lets no pause end, or all of them.
  func holdPauses(_ holds: Bool) { holdsPauses.withLock { $0 = holds } }

  private var arePausesHeld: Bool { holdsPauses.withLock(\.self) }

  /// Where a cache of Hugging Face's own programs may stand.
  var hubCache: String { directory + "/hub" }

  func engine(
    models: String? = nil, data: String = "data", reservedBytes: Int64 = 0,
    resolutionTimeout: Duration = .seconds(5),
    limitSchedule: LimitSchedule = LimitSchedule(), smallFilesFirst: Bool = false,
    hashesFoundFiles: Bool = false, places: [ModelsPlace] = [], previews: Bool = false,
    log: (any LogHandler)? = nil, now: @escaping @Sendable () -> Date = { Date() }
  ) throws -> Engine {
    let environment = EngineEnvironment(
      now: now,
      pause: { [weak self] pause in
        self?.pauses.withLock { $0.append(pause) }
        while self?.arePausesHeld == true { try await Task.sleep(for: .milliseconds(5)) }
        try Task.checkCancellation()
      }, jitter: { 0.5 },
      freeBytes: { [weak self] path in self?.freeBytes ?? Disk.freeBytes(path) },
      diskInterval: .milliseconds(10))
    return try Engine(
      configuration: EngineConfiguration(
        modelsRoot: models ?? self.models, databasePath: directory + "/\(data)/engine.sqlite",
        simultaneousDownloads: 2, limitSchedule: limitSchedule, smallFilesFirst: smallFilesFirst,
        version: "test",
        reservedBytes: reservedBytes,
        resolutionTimeout: resolutionTimeout, hashesFoundFiles: hashesFoundFiles,
        hubCache: hubCache, places: places, previews: previews),
      source: source, hosts: try SourceHosts(environment: [:]),
      secrets: SecretStore(path: directory + "/data/secrets.json"),
      logger: Logger(label: "test") { _ in log ?? SwiftLogNoOpLogHandler() },
      environment: environment)
  }

  /// Runs a new engine while the body works with it, and waits until it has stopped.
  func withEngine<Value: Sendable>(
    models: String? = nil, reservedBytes: Int64 = 0, smallFilesFirst: Bool = false,
    hashesFoundFiles: Bool = false, places: [ModelsPlace] = [], previews: Bool = false,
    log: (any LogHandler)? = nil,
    _ body: @Sendable (Engine) async throws -> Value
  ) async throws -> Value {
    // The lock of an engine before this one goes when the last reference to it does.
    let engine = try await eventually {
      try? self.engine(
        models: models, reservedBytes: reservedBytes, smallFilesFirst: smallFilesFirst,
        hashesFoundFiles: hashesFoundFiles, places: places, previews: previews,
        log: log)
    }
    return try await engine.running(body)
  }

  /// Fetches 40,000 of a file's 100,000 bytes and ends the engine; the file then flows freely.
  func stopInTheMiddle() async throws -> (id: String, file: ScriptedFile) {
    let file = offerHeldFile()
    let id = try await withEngine { try await $0.queueUntilHeld() }
    releaseFile()
    return (id, file)
  }

  /// Offers a file of 100,000 bytes of which only the first 40,000 come.
  @discardableResult
  func offerHeldFile() -> ScriptedFile {
    var file = ScriptedFile(size: 100_000)
    file.holdsAt = 40_000
    source.offer(file, at: Bench.url)
    return file
  }

  /// Offers a second file of another content at `otherURL`.
  @discardableResult
  func offerOtherFile(size: Int) -> ScriptedFile {
    let file = ScriptedFile(size: size, seed: 2, name: "other.safetensors")
    source.offer(file, at: Bench.otherURL)
    return file
  }

  /// Offers a file's content at `otherURL` as well, as `copy.safetensors`.
  ///
  /// - Parameter position: of which only the bytes before it come; nil for all.
  func offerCopy(of file: ScriptedFile, holdingAt position: Int? = nil) {
    var copy = file
    copy.name = "copy.safetensors"
    copy.identity = "scripted:copy"
    copy.holdsAt = position
    source.offer(copy, at: Bench.otherURL)
  }

  /// Waits until a task waits for more than its turn, and returns what it says of that.
  func waits(_ id: String, _ engine: Engine) async throws -> String {
    try await eventually("the task waits") {
      let task = try await engine.task(id)
      try #require(!task.status.isTerminal, "\(task.errorMessage ?? "")")
      return task.progress?.phase == .waiting ? task.errorMessage : nil
    }
  }

  /// Lets the rest of it come.
  func releaseFile() { source.change(Bench.url) { $0?.holdsAt = nil } }

  /// Tells the database which bytes of a task are there, as an engine before would have.
  func keep(_ ranges: TransferRanges, of id: String) async throws {
    let store = try Store(path: directory + "/data/engine.sqlite")
    try await store.keep(ranges, of: id, countsForTask: false, now: Date())
  }

  func read(_ path: String) -> [UInt8]? {
    FileManager.default.contents(atPath: models + "/" + path).map(Array.init)
  }

  func write(_ bytes: [UInt8], to path: String) throws {
    let url = URL(fileURLWithPath: models + "/" + path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  /// Whether two paths below the models folder lead to the same file.
  func isOneFile(_ path: String, _ other: String) -> Bool {
    guard let first = Disk.status(models + "/" + path),
      let second = Disk.status(models + "/" + other)
    else { return false }
    return first.isSameFile(as: second)
  }

  /// The files of the work folder, but the engine's lock.
  var workFiles: [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: models + "/.winch")
    return (names ?? []).filter { $0 != "engine.lock" }.sorted()
  }

  /// All files below the models folder but those of transfers under way.
  func placedFiles() -> [String] {
    let all = FileManager.default.enumerator(atPath: models)?.compactMap { $0 as? String } ?? []
    return all.filter { path in
      var isDirectory: ObjCBool = false
      let exists = FileManager.default.fileExists(
        atPath: models + "/" + path, isDirectory: &isDirectory)
      return exists && !isDirectory.boolValue && !path.hasPrefix(".winch/")
    }.sorted()
  }
}

/// Asks again and again until there is an answer, for at most five minutes: many tests run at one time.
func eventually<Value>(
  _ what: Comment = "in time", sourceLocation: SourceLocation = #_sourceLocation,
  _ answer: () async throws -> Value?
) async throws -> Value {
  let deadline = ContinuousClock.now + .seconds(300)
  while ContinuousClock.now < deadline {
    if let value = try await answer() { return value }
    try await Task.sleep(for: .milliseconds(5))
  }
  return try #require(try await answer(), what, sourceLocation: sourceLocation)
}

extension Engine {
  /// Runs while the body works with it, and has stopped when this returns or throws.
  nonisolated func running<Value: Sendable>(
    _ body: @Sendable (Engine) async throws -> Value
  ) async throws -> Value {
    let running = Task { await run() }
    let outcome: Result<Value, any Error>
    do {
      outcome = .success(try await body(self))
    } catch {
      outcome = .failure(error)
    }
    running.cancel()
    await running.value
    return try outcome.get()
  }

  /// Asks for a download and returns its task; fails the test when it is an asset.
  func queue(
    _ url: String = Bench.url, tags: [String] = ["models", "checkpoints"],
    at place: QueuePlace? = nil
  ) async throws -> String {
    let answer = try await download(AssetDownloadRequest(sourceURL: url, tags: tags), at: place)
    guard case .task(let task) = answer else {
      throw UnexpectedAnswer(answer: answer)
    }
    return task.taskID
  }

  /// Asks for the held file and waits until what comes of it is there.
  func queueUntilHeld() async throws -> String {
    let id = try await queue()
    try await reached(40_000, id)
    return id
  }

  /// Asks for a download that needs none.
  func stored(
    _ url: String = Bench.url, tags: [String] = ["models", "checkpoints"], filename: String? = nil
  ) async throws -> AssetCreated {
    let answer = try await download(
      AssetDownloadRequest(sourceURL: url, tags: tags, filename: filename))
    guard case .asset(let created) = answer else { throw UnexpectedAnswer(answer: answer) }
    return created
  }

  nonisolated func ended(_ id: String) async throws -> TaskResponse {
    try await eventually("the task ends") {
      let task = try await self.task(id)
      return task.status.isTerminal ? task : nil
    }
  }

  nonisolated func reached(_ bytes: Int64, _ id: String) async throws {
    _ = try await eventually("the task reaches \(bytes) bytes") {
      try await self.task(id).progress?.bytesDownloaded == bytes ? true : nil
    }
  }
}

struct UnexpectedAnswer: Error {
  let answer: AssetDownloadAnswer
}

extension Library {
  /// A tree that several engines may use.
  init(root: String) throws { self.init(base: try ModelsRoot(path: root, isShared: true)) }
}
