import ComfyAPI
import ComfyClient
import Downloads
import Engine
import Foundation
import Model
import Synchronization
import Terminal
import Transport

/// Looks at everything that `winch doctor` judges, at the same time.
struct Examination: Sendable {
  let settings: Settings
  /// Why the config file cannot be used; everything else is looked at without it.
  private let configFailure: DownloadFailure?
  private let transport = HTTPTransport()

  /// How long one look may take.
  private static let patience = 10
  /// How long a backend may take to answer: so long that there is time to say that it did not.
  private static let patienceForAnswer = 7

  init(backend: String?) {
    do throws(DownloadFailure) {
      settings = try Settings(backend: backend)
      configFailure = nil
    } catch {
      configFailure = error
      settings = Settings(
        environment: ProcessInfo.processInfo.environment, backend: backend, config: ConfigFile())
    }
  }

  func report() async -> HealthReport {
    async let terminal = Self.bounded(["terminal"]) {
      await OffThread.run { TerminalHealth.looking(settings.environment).checks }
    }
    async let engine = Self.bounded(["backend", "engine"]) { await engineChecks() }
    async let databases = Self.bounded(DatabaseHealth.names) { await databaseChecks() }
    async let models = Self.bounded(["models"]) { await modelsChecks() }
    async let sites = sites()
    async let network = Self.bounded(["proxy"]) {
      await OffThread.run { NetworkHealth.looking(settings.environment).checks }
    }
    let found = await sites
    let checks =
      [configCheck] + (await terminal) + (await engine) + (await databases) + [found.clock]
      + (await models)
      + found.checks + (await network) + [Self.libraries]
    return HealthReport(version: Version.text, checks: checks)
  }

  /// The engine's own words; nil where no engine answers in time.
  func status() async -> EngineStatus? { await status(within: Self.patience) }

  private func status(within seconds: Int) async -> EngineStatus? {
    await Self.within(seconds) {
      try? await withClient { try? await $0.status() }
    } ?? nil
  }

  private var configCheck: HealthCheck {
    if let configFailure {
      return HealthCheck(
        "config", .failed, configFailure.message,
        remedy: configFailure.hint ?? "Correct the file; everything else was looked at without it.")
    }
    let exists = FileManager.default.fileExists(atPath: settings.configPath)
    return HealthCheck(
      "config", .ok,
      exists ? settings.configPath : "\(settings.configPath), which need not be there")
  }

  private static var libraries: HealthCheck {
    HealthCheck(
      "libraries", .ok,
      "\(LibraryVersions.curl), \(TerminalFacts.library), SQLite \(Journal.sqliteVersion)")
  }

  private func databaseChecks() async -> [HealthCheck] {
    let settings = settings
    return await OffThread.run {
      OwnDatabase.allCases.map { database in
        let path =
          switch database {
          case .journal: settings.journalPath
          case .engine: settings.databasePath
          }
        return DatabaseHealth.looking(at: database, path).check
      }
    }
  }

  private func modelsChecks() async -> [HealthCheck] {
    guard (try? settings.chosenBackend.value) ?? BackendTarget.localName == BackendTarget.localName
    else {
      return [
        HealthCheck("models", .skipped, "They are kept by the backend, not on this machine.")
      ]
    }
    let settings = settings
    let engine =
      Engine.isRunning(onDatabase: settings.databasePath)
      ? await status(within: Self.patienceForAnswer) : nil
    return await OffThread.run {
      ModelsHealth.looking(at: settings.modelsRoot, engine: engine).checks
        + [PlacesHealth.looking(FoundPlaces(settings)).check]
    }
  }

  // MARK: The backend

  private func engineChecks() async -> [HealthCheck] {
    do throws(DownloadFailure) {
      let target = try settings.target(named: settings.chosenBackend.value)
      let key = try settings.key(of: target)
      return try await withClient { client in
        let answer = await Self.within(Self.patienceForAnswer) {
          await EngineHealth.answer(of: client)
        }
        return EngineHealth.looking(
          at: target,
          answer: answer
            ?? .unreachable("no answer came within \(Self.patienceForAnswer) seconds."),
          keySource: key?.source.description, databasePath: settings.databasePath
        ).checks
      }
    } catch {
      return [
        HealthCheck("backend", .failed, error.message, remedy: error.hint),
        HealthCheck("engine", .skipped, "Nothing is known of it without a backend."),
      ]
    }
  }

  /// Speaks to the chosen backend. One behind SSH is reached before, as long as nothing must be asked.
  private func withClient<Value: Sendable>(
    _ body: (ComfyClient) async -> Value
  ) async throws(DownloadFailure) -> Value {
    guard case .ssh = try settings.target(named: settings.chosenBackend.value).place else {
      return await body(ComfyClient(backend: try settings.backend, transport: transport))
    }
    let workspace = try Workspace(settings)
    try await workspace.openTunnel(mayAsk: false)
    let value = await body(workspace.client)
    // The tunnel closes with the workspace.
    return withExtendedLifetime(workspace) { value }
  }

  // MARK: The sites

  private struct Sites: Sendable {
    var checks: [HealthCheck]
    var clock: HealthCheck
  }

  private func sites() async -> Sites {
    let hosts: SourceHosts
    do throws(DownloadFailure) {
      hosts = try settings.hosts
    } catch {
      let clock = ClockHealth.check(skew: nil, host: nil)
      return Sites(
        checks: [HealthCheck("sites", .failed, error.message, remedy: error.hint)], clock: clock)
    }
    let tokens = SiteTokens(settings)
    async let hub = look(
      at: hosts.huggingFace, "/api/whoami-v2", tokens.huggingFace, "Hugging Face", "HF_TOKEN")
    async let civitai = look(
      at: hosts.civitai, "/api/v1/me", tokens.civitai, "Civitai", "CIVITAI_API_TOKEN")
    let looks = [("huggingface", await hub), ("civitai", await civitai)]
    let told = looks.compactMap(\.1).first { $0.skew != nil }
    return Sites(
      checks: looks.map { name, look in
        look?.health.check(name) ?? .tookTooLong(name, seconds: Self.patience)
      },
      clock: ClockHealth.check(skew: told?.skew, host: told?.health.host))
  }

  private func look(
    at site: HTTPURL, _ path: String, _ token: SiteTokens.Token?, _ name: String,
    _ variable: String
  ) async -> SiteLook? {
    await Self.within(Self.patience) {
      await SiteLook(
        site: name, base: site, path: path, variable: variable, token: token,
        transport: transport)
    }
  }

  // MARK: Time

  private static func bounded(
    _ names: [String], _ look: @escaping @Sendable () async -> [HealthCheck]
  ) async -> [HealthCheck] {
    await within(patience, look) ?? names.map { .tookTooLong($0, seconds: patience) }
  }

  /// What the work gives, or nil when it has not in so many seconds. The work then goes on by itself:
  /// nothing ends a call that a dead filesystem holds.
  private static func within<Value: Sendable>(
    _ seconds: Int, _ work: @escaping @Sendable () async -> Value
  ) async -> Value? {
    await withCheckedContinuation { continuation in
      let answer = FirstAnswer(continuation)
      let working = Task { answer.give(await work()) }
      Task {
        try? await Task.sleep(for: .seconds(seconds))
        answer.give(nil)
        working.cancel()
      }
    }
  }
}

/// Resumes once, with whichever answer comes first.
private final class FirstAnswer<Value: Sendable>: Sendable {
  private let continuation: Mutex<CheckedContinuation<Value?, Never>?>

  init(_ continuation: CheckedContinuation<Value?, Never>) {
    self.continuation = Mutex(continuation)
  }

  func give(_ value: Value?) {
    let waiting = continuation.withLock { kept in
      defer { kept = nil }
      return kept
    }
    waiting?.resume(returning: value)
  }
}
