import Downloads
import Foundation

/// Where ComfyUI has models on this machine besides the models root, as its files, its processes and
/// comfy-cli tell.
///
/// It is found anew each time it is asked for: what is mounted and running changes.
struct FoundPlaces: Sendable, Equatable {
  /// The first wins where a name is in several. None is the models root.
  private(set) var places: [ModelsPlace] = []
  /// What could not be used, one sentence each.
  private(set) var warnings: [String] = []

  private var files: [String] = []

  /// Reads files; what is on a disk that hangs holds it up.
  init(_ settings: Settings, proc: String = "/proc") {
    let root = settings.modelsRoot
    if let base = settings.baseDirectory {
      addTree(base + "/models", told: ConfigFile.baseDirectoryOption.name)
    }
    files = settings.extraModelPathsFiles
    if root.hasSuffix("/models") { addFile(of: String(root.dropLast("/models".count))) }
    for found in settings.installations {
      addFile(of: found.path)
      addTree(found.path + "/models", told: found.origin)
    }
    for running in ComfyUIProcesses(proc: proc).all {
      addFile(of: running.folder)
      for file in running.extraModelPaths where !files.contains(file) { files.append(file) }
      addTree(running.baseDirectory + "/models", told: "a running ComfyUI")
    }
    files += [settings.desktopPathsFile].filter { !files.contains($0) }
    let named = files.map { ExtraModelPaths(file: $0, paths: settings.pythonPath) }
    for file in settings.extraModelPathsFiles where !FileManager.default.fileExists(atPath: file) {
      warnings.append("\(file) is not there.")
    }
    warnings += named.flatMap(\.warnings)
    places = ModelsPlace.besides(root, among: named.flatMap(\.places) + places)
  }

  /// A tree that is not there is no ComfyUI's.
  private mutating func addTree(_ path: String, told origin: String) {
    guard Self.isFolder(path), !places.contains(where: { $0.path == path }) else { return }
    places.append(ModelsPlace(path: path, origin: origin))
  }

  private mutating func addFile(of installation: String) {
    let file = installation + "/extra_model_paths.yaml"
    if !files.contains(file) { files.append(file) }
  }

  static func isFolder(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
      && isDirectory.boolValue
  }
}

/// Where ComfyUI is on this machine.
extension Settings {
  /// A folder that holds ComfyUI, and how it was found.
  struct Installation: Sendable, Equatable {
    var path: String
    var origin: String
  }

  /// Those in the usual places, then comfy-cli's workspaces. Each has a folder of models.
  var installations: [Installation] {
    var found: [Installation] = []
    for path in [home + "/ComfyUI", home + "/comfy/ComfyUI"] {
      found.append(Installation(path: path, origin: "ComfyUI's usual place"))
    }
    for workspace in ComfyCLIConfig(comfyCLIText).workspaces {
      let path = PythonPath.absolute(pythonPath.withHome(workspace), from: home)
      // A workspace is ComfyUI's own folder; it was the one around it before.
      for path in [path, path + "/ComfyUI"] where !found.contains(where: { $0.path == path }) {
        found.append(Installation(path: path, origin: "comfy-cli's workspace"))
      }
    }
    return found.filter { FoundPlaces.isFolder($0.path + "/models") }
  }

  /// What ComfyUI is given as `--base-directory`; absolute.
  var baseDirectory: String? { config.baseDirectory.map(absolute) }

  /// The files that the option `extra_model_paths` names; absolute.
  var extraModelPathsFiles: [String] { config.extraModelPaths.map(absolute) }

  /// Where ComfyUI's desktop program keeps its paths on macOS.
  var desktopPathsFile: String {
    home + "/Library/Application Support/ComfyUI/extra_models_config.yaml"
  }

  var pythonPath: PythonPath {
    let home = home
    return PythonPath(environment: environment) { user in
      guard let user else { return home }
      return NSHomeDirectoryForUser(user)
    }
  }

  private var comfyCLIText: String {
    let places = [
      home + "/.config/comfy-cli/config.ini",
      home + "/Library/Application Support/comfy-cli/config.ini",
    ]
    for place in places {
      // A file that cannot be used is as good as none: it is comfy-cli's, not ours to complain about.
      if let text = try? SettingsFile.text(at: place) { return text }
    }
    return ""
  }
}
