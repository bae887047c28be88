import ComfyAPI
import ComfyClient
import Downloads
import Engine
import Foundation
import Model
import Transport

/// What can stand in a command line on this machine, for the Tab key.
///
/// Nobody may feel it while typing: no engine is started, no other machine is asked, and what takes
/// too long, cannot be read or is not there gives nothing.
struct CompletionSource: Sendable {
  let settings: Settings

  /// How long all of it may take.
  private static let patience = Duration.milliseconds(500)

  /// - Parameter words: the command line so far, as the shell splits it.
  init(
    words: [String], environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    let backend = Self.backend(in: words)
    settings =
      (try? Settings(environment: environment, backend: backend))
      ?? Settings(environment: environment, backend: backend, config: ConfigFile())
  }

  /// What `--backend` was given. bash makes `--backend=gpu` three words.
  static func backend(in words: [String]) -> String? {
    guard let option = words.lastIndex(where: { $0.hasPrefix("--backend") }) else { return nil }
    if words[option].hasPrefix("--backend=") { return String(words[option].dropFirst(10)) }
    let value = words[(option + 1)...].first { $0 != "=" }
    return value.flatMap { $0.isEmpty ? nil : $0 }
  }

  var backendNames: [String] { settings.config.backendNames }

  /// The downloads that the journal has of the backend, newest first, as a running engine of this
  /// machine says they stand.
  func downloads() async -> [Download] {
    guard FileManager.default.fileExists(atPath: settings.journalPath) else { return [] }
    let downloads = await Self.newest { yield in
      guard let backend = try? settings.target(named: settings.chosenBackend.value),
        let kept = try? Journal(path: settings.journalPath).downloads(of: backend.name)
      else { return }
      yield(kept)
      guard runningEngine != nil, let workspace = try? Workspace(settings),
        await workspace.refresh()
      else { return }
      yield(await workspace.board.snapshot.downloads)
    }
    return downloads?.reversed() ?? []
  }

  /// The tags in use, the most used first, without those that only say where a file belongs.
  func tags() async -> [String] {
    async let downloads = downloads()
    let stored = await Self.newest { yield in
      guard let tags = try? await runningEngine?.tags() else { return }
      yield(tags.tags.map(\.name))
    }
    return await ((stored ?? []) + downloads.flatMap(\.tags)).unique.filter {
      !Folder.isPlacement(tag: $0)
    }
  }

  /// The folders that ComfyUI knows, and those that are there or were chosen before.
  func folders() async -> [String] {
    async let downloads = downloads()
    let there = await Self.newest { yield in
      guard let folders = try? await runningEngine?.modelFolders() else { return }
      yield(folders.map(\.name))
    }
    return await (Folder.known + (there ?? []) + downloads.compactMap(\.folder)).unique
  }

  /// The newest of the stored files.
  func assets() async -> [LibraryAsset] {
    await Self.newest { yield in
      guard let page = try? await runningEngine?.assets() else { return }
      yield(page.assets.map { LibraryAsset($0) })
    } ?? []
  }

  /// The tokens that are stored, without their values.
  func secrets() async -> [SecretResponse] {
    await Self.newest { yield in
      guard let secrets = try? await runningEngine?.secrets() else { return }
      yield(secrets)
    } ?? []
  }

  /// The engine of this machine, where it is the backend and runs. A socket that systemd holds would
  /// start one, so the engine's lock is looked at first.
  private var runningEngine: ComfyClient? {
    guard let backend = try? settings.backend, backend.name == BackendTarget.localName,
      Engine.isRunning(onDatabase: settings.databasePath)
    else { return nil }
    return ComfyClient(backend: backend, transport: HTTPTransport())
  }

  /// The last value that a body hands over before it ends or the time is up.
  private static func newest<Value: Sendable>(
    _ body: @escaping @Sendable (_ yield: @Sendable (Value) -> Void) async -> Void
  ) async -> Value? {
    let (values, continuation) = AsyncStream.makeStream(of: Value.self)
    let work = Task {
      await body { continuation.yield($0) }
      continuation.finish()
    }
    let alarm = Task {
      try? await Task.sleep(for: patience)
      continuation.finish()
    }
    defer {
      work.cancel()
      alarm.cancel()
    }
    var newest: Value?
    for await value in values { newest = value }
    return newest
  }
}

extension Array where Element: Hashable {
  /// Each once, where it first stands.
  var unique: [Element] {
    var known: Set<Element> = []
    return filter { known.insert($0).inserted }
  }
}
