import Downloads
import Foundation

/// The ComfyUIs that run on this machine for this user, as Linux's `/proc` shows them.
struct ComfyUIProcesses: Sendable {
  struct Running: Sendable, Equatable {
    /// Where its `main.py` is; absolute.
    var folder: String
    /// What `--base-directory` says, else its own folder; absolute.
    var baseDirectory: String
    /// Files that `--extra-model-paths-config` names; absolute.
    var extraModelPaths: [String]
  }

  /// In the order of their numbers; none where the system does not tell.
  private(set) var all: [Running] = []

  /// More than anybody runs.
  private static let most = 16
  /// Bytes of a command line that are read.
  private static let longestCommandLine = 64 << 10

  /// - Parameter proc: where the system shows processes.
  init(proc: String = "/proc") {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: proc)) ?? []
    for number in names.compactMap({ Int32($0) }).sorted() where all.count < Self.most {
      guard let running = Self.look("\(proc)/\(number)"), !all.contains(running) else { continue }
      all.append(running)
    }
  }

  private static func look(_ process: String) -> Running? {
    var status = stat()
    // What another user runs is that user's affair.
    guard stat(process, &status) == 0, status.st_uid == geteuid(),
      let arguments = ComfyUIArguments(commandLine(process)),
      let folder = try? FileManager.default.destinationOfSymbolicLink(atPath: process + "/cwd"),
      folder.hasPrefix("/")
    else { return nil }
    let script = PythonPath.absolute(arguments.script, from: folder)
    let home = PythonPath.absolute(
      "..", from: URL(filePath: script).resolvingSymlinksInPath().path(percentEncoded: false))
    // Many programs have a main.py.
    guard FileManager.default.fileExists(atPath: home + "/folder_paths.py") else { return nil }
    return Running(
      folder: home,
      baseDirectory: arguments.baseDirectory.map { PythonPath.absolute($0, from: folder) } ?? home,
      extraModelPaths: arguments.extraModelPaths.map { PythonPath.absolute($0, from: folder) })
  }

  private static func commandLine(_ process: String) -> [String] {
    guard let file = FileHandle(forReadingAtPath: process + "/cmdline"),
      let bytes = try? file.read(upToCount: longestCommandLine)
    else { return [] }
    return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }
}
