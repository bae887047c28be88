import ComfyClient
import Downloads
import Engine
import Foundation

/// Starts the local engine when nobody answers on its socket, as tmux does its server.
struct EngineLauncher: Sendable {
  let settings: Settings
  let client: ComfyClient

  /// How long a starting engine may take to answer.
  private static let patience = Duration.seconds(10)

  /// Returns once the engine answers. It takes a session of its own, so that neither a closed
  /// terminal nor a lost connection reaches it.
  func reach() async throws(DownloadFailure) {
    guard case .unixSocket = client.backend.address else { return }
    if await answers() { return }
    if let refusal = Engine.refusal(ofModelsRoot: settings.modelsRoot) { throw refusal }
    let process = try start()
    var reason: String?
    let deadline = ContinuousClock.now + Self.patience
    while ContinuousClock.now < deadline {
      if await answers() { return }
      if reason == nil, Self.hasEnded(process) {
        reason = lastError(of: process) ?? ""
        // Another program may have started one at the same time, which answers soon.
        if !Self.isAnotherEngine(reason ?? "") { break }
      }
      try? await Task.sleep(for: .milliseconds(25))
      if Task.isCancelled { break }
    }
    if reason.map(Self.isAnotherEngine) == true, let engine = SilentEngine(settings) {
      throw engine.failure
    }
    throw Self.failure(
      for: reason, hint: "See \(settings.logPath), or run winch serve to watch it.")
  }

  /// - Parameter reason: why the process that was started has ended; empty where it did not say, nil while
  ///   it runs.
  private static func failure(for reason: String?, hint: String) -> DownloadFailure {
    guard let reason else {
      return DownloadFailure(
        code: "ENGINE_SILENT", message: "The engine does not answer yet.", hint: hint)
    }
    return DownloadFailure(
      // Another engine may end soon; everything else stays as it is until somebody mends it.
      code: isAnotherEngine(reason) ? "ENGINE_ALREADY_RUNNING" : "ENGINE_NOT_STARTED",
      message: "The engine did not start" + (reason.isEmpty ? "." : ": \(reason)"), hint: hint)
  }

  /// Whether an engine ended because another has the database, the models folder or the socket.
  private static func isAnotherEngine(_ reason: String) -> Bool {
    ["Another engine", "An engine"].contains(where: reason.hasPrefix)
  }

  /// Whether the process that was started is over; says so once.
  private static func hasEnded(_ process: pid_t) -> Bool {
    waitpid(process, nil, WNOHANG) == process
  }

  /// What a process wrote to the log last as its error.
  private func lastError(of process: pid_t) -> String? {
    guard let log = FileHandle(forReadingAtPath: settings.logPath) else { return nil }
    defer { try? log.close() }
    let size = (try? log.seekToEnd()) ?? 0
    try? log.seek(toOffset: size > Self.logTail ? size - Self.logTail : 0)
    let text = String(decoding: (try? log.readToEnd()) ?? Data(), as: UTF8.self)
    let mark = " error engine[\(process)]: "
    guard let place = text.range(of: mark, options: .backwards) else { return nil }
    return String(text[place.upperBound...].prefix { !$0.isNewline })
  }

  /// Bytes at the end of the log in which the error of a process that has just ended stands.
  private static let logTail: UInt64 = 65_536

  private func answers() async -> Bool {
    (try? await client.status()) != nil
  }

  /// What the engine inherits: all but Comfy Cloud's variables. Its tokens for the origins come
  /// this way; a key of the cloud is none of its business.
  static func engineEnvironment(_ environment: [String: String]) -> [String: String] {
    environment.filter { !$0.key.hasPrefix("COMFY_") }
  }

  /// The environment carries tokens to the engine; its arguments never do.
  private func start() throws(DownloadFailure) -> pid_t {
    var arguments = ["winch", "serve", "--detached"]
    if let models = settings.modelsChoice { arguments += ["--models", models] }
    var process = pid_t()
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var allSignals = sigset_t()
    sigfillset(&allSignals)
    // The screen ignores some signals, and what is ignored stays so in a new program.
    posix_spawnattr_setsigdefault(&attributes, &allSignals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    // Whoever waits for the end of a pipe must not wait for an engine that inherited it.
    for descriptor in Self.openDescriptors where descriptor > STDERR_FILENO {
      posix_spawn_file_actions_addclose(&actions, descriptor)
    }
    let pointers = arguments.map { strdup($0) } + [nil]
    let variables =
      Self.engineEnvironment(settings.environment).map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in pointers + variables { free(pointer) } }
    let status = posix_spawn(&process, Self.executable, &actions, &attributes, pointers, variables)
    guard status == 0 else {
      throw DownloadFailure(
        code: "ENGINE_NOT_STARTED",
        message: "The engine could not be started: \(String(cString: strerror(status))).")
    }
    return process
  }

  private static var openDescriptors: [Int32] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/dev/fd")) ?? []
    return names.compactMap { Int32($0) }
  }

  /// The path of the program that is running.
  static var executable: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments[0]
  }
}
