import Foundation

/// A program that fetches a file, and what it is called with.
struct DownloadProgram {
  enum Kind {
    /// With the path of its binary.
    case winch(String)
    case aria2(checks: Bool)
    case curl
    case huggingFace(String)
  }

  let kind: Kind
  /// Of one transfer, where the program can choose.
  let connections: Int

  var title: String {
    switch kind {
    case .winch(let path):
      let isBeside = path == Self.besideWinch
      return isBeside ? "winch" : path
    case .aria2(let checks):
      return "aria2c -x\(connections) -s\(connections)" + (checks ? " --checksum" : "")
    case .curl: return "curl"
    case .huggingFace: return "hf download"
    }
  }

  var isWinch: Bool { if case .winch = kind { true } else { false } }

  /// The program's path; nil when it is not installed.
  var path: String? {
    switch kind {
    case .winch(let path): InstalledProgram.path(path)
    case .aria2: InstalledProgram.path("aria2c")
    case .curl: InstalledProgram.path("curl")
    case .huggingFace(let name): InstalledProgram.path(name)
    }
  }

  /// The `winch` that was built with this program.
  static var besideWinch: String {
    URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "winch").path()
  }

  /// Fetches a file into a folder that is empty before and after.
  func download(
    _ file: HubFile, from hub: LocalHub, over network: any Network, into folder: String
  ) throws -> MeasuredProcess.Usage {
    guard let path else { throw BenchmarkError(description: "\(title) is not installed.") }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let home = try BenchmarkHome()
    Leftovers.add(folder: home.path(""))
    defer { home.remove() }
    let usage =
      isWinch
      ? try downloadByEngine(path, file, hub, network, home, folder)
      : try MeasuredProcess.run(
        network.onClient([path] + arguments(file, hub, folder)),
        environment: environment(home, hub), output: home.path("output"))
    try check(file, in: folder)
    return usage
  }

  private func downloadByEngine(
    _ path: String, _ file: HubFile, _ hub: LocalHub, _ network: any Network,
    _ home: BenchmarkHome, _ folder: String
  ) throws -> MeasuredProcess.Usage {
    let engine = try WinchEngine(
      path, models: folder, home: home, hub: hub.endpoint, network: network,
      connections: connections)
    defer { engine.stop() }
    try engine.firstAnswer(to: "/api/tasks")
    return try engine.download([hub.link(file)])
  }

  private func arguments(_ file: HubFile, _ hub: LocalHub, _ folder: String) -> [String] {
    switch kind {
    case .winch: []
    case .aria2(let checks):
      [
        "--no-conf", "--quiet", "--file-allocation=none", "-x\(connections)", "-s\(connections)",
        "--dir=\(folder)", "--out=\(file.name)",
      ] + (checks ? ["--checksum=sha-256=\(file.sha256)"] : []) + [hub.content(file)]
    case .curl: ["-q", "-s", "-S", "-f", "-o", folder + "/" + file.name, hub.content(file)]
    case .huggingFace:
      ["download"] + hub.clientArguments(file) + ["--local-dir", folder, "--quiet"]
    }
  }

  private func environment(_ home: BenchmarkHome, _ hub: LocalHub) -> [String: String] {
    home.environment.merging([
      "HF_ENDPOINT": hub.endpoint, "HF_HOME": home.path("hub"), "HF_HUB_DISABLE_XET": "1",
      "HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    ]) { $1 }
  }

  /// A download that did not fetch the file would look fast.
  private func check(_ file: HubFile, in folder: String) throws {
    let found = FileManager.default.enumerator(atPath: folder)?.lazy.compactMap { $0 as? String }
      .first { $0.hasSuffix("/" + file.name) || $0 == file.name }
    let attributes = try found.map {
      try FileManager.default.attributesOfItem(atPath: folder + "/" + $0)
    }
    guard attributes?[.size] as? Int == file.size else {
      throw BenchmarkError(description: "\(title) left no complete file.")
    }
  }
}
