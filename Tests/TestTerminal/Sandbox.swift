import Foundation
import OriginLab
import TestProcesses

/// A home of its own for the program under test: its folders, its socket and its origins.
public final class Sandbox: Sendable {
  public let root: URL
  public let environment: [String: String]

  /// Short, because a Unix socket's path has room for 107 bytes.
  public init(lab: OriginLab? = nil, variables: [String: String] = [:]) throws {
    root = URL(filePath: "/tmp/winch-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    var environment = [
      "HOME": root.path(), "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
      "LC_ALL": "C.UTF-8", "WINCH_MODELS": root.appending(path: "models").path(),
    ]
    for name in ["CONFIG", "STATE", "DATA", "RUNTIME", "CACHE"] {
      let key = name == "RUNTIME" ? "XDG_RUNTIME_DIR" : "XDG_\(name)_HOME"
      environment[key] = root.appending(path: name.lowercased()).path()
    }
    if let lab {
      environment["HF_ENDPOINT"] = lab.hubEndpoint
      environment["CIVITAI_ENDPOINT"] = lab.civitaiEndpoint
    }
    self.environment = environment.merging(variables) { $1 }
  }

  /// Runs a body with a sandbox whose origins are a lab, and leaves nothing of either.
  ///
  /// - Parameter variables: what programs have in their environment besides.
  public static func withLab(
    variables: [String: String] = [:], _ body: (OriginLab, Sandbox) async throws -> Void
  ) async throws {
    try await OriginLab.withRunning { lab in
      let sandbox = try Sandbox(lab: lab, variables: variables)
      do {
        try await body(lab, sandbox)
      } catch {
        await sandbox.remove()
        throw error
      }
      await sandbox.remove()
    }
  }

  /// Stops the engine and removes everything. An engine that a killed command has only just started
  /// answers no `stop` yet.
  public func remove() async {
    _ = try? await run(["stop"])
    await ProcessesOfHome(root).end()
    try? FileManager.default.removeItem(at: root)
  }

  public var config: URL { root.appending(path: "config/winch/config.yaml") }
  public var credentials: URL { root.appending(path: "config/winch/credentials.yaml") }

  /// Writes the config file.
  public func configure(_ text: String) throws {
    try FileManager.default.createDirectory(
      at: config.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: config)
  }

  /// The binary that `WINCH_BINARY` names, else the one that was built together with this test.
  public static var binary: URL {
    if let path = ProcessInfo.processInfo.environment["WINCH_BINARY"], !path.isEmpty {
      return URL(filePath: path)
    }
    return URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "winch")
  }

  public struct Finished: Sendable {
    public let status: Int32
    public let output: String
    public let errors: String
  }

  /// Runs a command to its end, without a terminal.
  public func run(
    _ arguments: [String], input: String = "", variables: [String: String] = [:]
  ) async throws -> Finished {
    try await run(Self.binary, arguments, input: input, variables: variables, in: nil)
  }

  /// Runs a line for the shell to its end in the root, without a terminal. Programs in `bin` there, such
  /// as a `winch`, come before those of the system.
  public func shell(_ line: String) async throws -> Finished {
    let path = root.appending(path: "bin").path() + ":" + (environment["PATH"] ?? "")
    return try await run(
      URL(filePath: "/bin/sh"), ["-c", line], input: "", variables: ["PATH": path], in: root)
  }

  private func run(
    _ program: URL, _ arguments: [String], input: String, variables: [String: String],
    in folder: URL?
  ) async throws -> Finished {
    let outputFile = root.appending(path: "out-\(UUID().uuidString)")
    let errorFile = root.appending(path: "err-\(UUID().uuidString)")
    let inputFile = root.appending(path: "in-\(UUID().uuidString)")
    try Data(input.utf8).write(to: inputFile)
    for file in [outputFile, errorFile] { try Data().write(to: file) }
    defer { try? FileManager.default.removeItem(at: inputFile) }
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.environment = environment.merging(variables) { $1 }
    process.currentDirectoryURL = folder
    process.standardInput = try FileHandle(forReadingFrom: inputFile)
    process.standardOutput = try FileHandle(forWritingTo: outputFile)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    return Finished(
      status: try await process.runToEnd(),
      output: try String(contentsOf: outputFile, encoding: .utf8),
      errors: try String(contentsOf: errorFile, encoding: .utf8))
  }

  /// A command that was started and may be killed.
  public struct Running: Sendable {
    public let processID: Int32
    fileprivate let ended: Task<Int32, Never>

    /// Its exit status, or the number of the signal that ended it, once it has ended.
    public func status() async -> Int32 { await ended.value }
  }

  /// Starts a command without a terminal.
  ///
  /// - Parameters:
  ///   - variables: what it has in its environment besides.
  ///   - output: what it writes to; by default its output is left aside.
  ///   - errors: a file for what it writes to standard error; nil leaves that aside too.
  public func start(
    _ arguments: [String], variables: [String: String] = [:],
    output: FileHandle = .nullDevice, errors: URL? = nil
  ) throws -> Running {
    let process = Process()
    process.executableURL = Self.binary
    process.arguments = arguments
    process.environment = environment.merging(variables) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    if let errors { try Data().write(to: errors) }
    process.standardError =
      try errors.map { try FileHandle(forWritingTo: $0) } ?? FileHandle.nullDevice
    let (statuses, continuation) = AsyncStream.makeStream(of: Int32.self)
    process.terminationHandler = {
      continuation.yield($0.terminationStatus)
      continuation.finish()
    }
    try process.run()
    let ended = Task {
      for await status in statuses { return status }
      return -1
    }
    return Running(processID: process.processIdentifier, ended: ended)
  }

  /// The bytes of a file below the models root, nil when it is not there.
  public func model(_ path: String) -> Data? {
    try? Data(contentsOf: root.appending(path: "models/" + path))
  }

  /// Everything the program has written that holds the text: logs, databases, files.
  public func filesContaining(_ text: String) -> [String] {
    let paths = FileManager.default.enumerator(atPath: root.path())?.compactMap { $0 as? String }
    return (paths ?? []).filter { path in
      let data = try? Data(contentsOf: root.appending(path: path))
      return data?.range(of: Data(text.utf8)) != nil
    }
  }

  /// The process id of the running engine, from its status.
  public func enginePID() async throws -> Int32? {
    let status = try await run(["status", "--json"])
    guard let match = status.output.firstMatch(of: /"process_id":(\d+)/) else { return nil }
    return Int32(match.1)
  }
}

/// Waits for a condition, asking often; false when the time is up.
public func eventually(
  within limit: Duration = .seconds(300), _ condition: () async throws -> Bool
) async rethrows -> Bool {
  let deadline = ContinuousClock.now + limit
  while ContinuousClock.now < deadline {
    if try await condition() { return true }
    try? await Task.sleep(for: .milliseconds(50))
  }
  return false
}
