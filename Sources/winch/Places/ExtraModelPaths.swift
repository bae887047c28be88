import Downloads

/// What a file such as ComfyUI's `extra_model_paths.yaml` says: where models are besides its own folder.
///
/// It is understood as ComfyUI does (`utils/extra_config.py`), with the same names of its own. What is
/// wrong in it is left out and told.
struct ExtraModelPaths: Sendable, Equatable {
  /// Places, those of groups with `is_default` first.
  private(set) var places: [ModelsPlace] = []
  /// What could not be used, one sentence each.
  private(set) var warnings: [String] = []

  /// More places than anybody has.
  static let mostPlaces = 500
  /// Linux's PATH_MAX, in bytes.
  private static let longestPath = 4096

  private let file: String
  private var defaults: [ModelsPlace] = []

  /// - Parameter file: absolute path of the file; relative paths begin at its folder.
  init(text: String, file: String, paths: PythonPath) {
    self.file = file
    do throws(ConfigError) {
      guard !Self.hasAliases(text) else {
        throw ConfigError(file: file, problem: "Aliases are not read here.")
      }
      guard let root = try YAMLNode(text: text, file: file), !root.isEmpty else { return }
      for (_, group) in try root.members() where !group.isEmpty { read(group, paths) }
    } catch {
      warnings.append(error.failure.message)
    }
    places = defaults + places
  }

  /// Reads a file; one that cannot be read has no places and a warning, one that is not there neither.
  init(file: String, paths: PythonPath) {
    do throws(DownloadFailure) {
      self.init(text: try SettingsFile.text(at: file) ?? "", file: file, paths: paths)
    } catch {
      self.init(text: "", file: file, paths: paths)
      warnings.append(error.message)
    }
  }

  private mutating func read(_ group: YAMLNode, _ paths: PythonPath) {
    do throws(ConfigError) {
      let members = try group.members()
      let folder = PythonPath.absolute("..", from: file)
      var base = folder
      if let given = members.first(where: { $0.name == "base_path" })?.value, !given.isEmpty {
        base = PythonPath.absolute(paths.expanded(try given.text()), from: folder)
      }
      let isDefault = members.first { $0.name == "is_default" }?.value.textIfScalar.map(Self.isTrue)
      for (name, value) in members where !["base_path", "is_default"].contains(name) {
        // What holds no models: custom_nodes, configs, and names that no folder can have.
        guard let folder = Folder(name), !value.isEmpty else { continue }
        read(value, as: folder, base, isDefault: isDefault ?? false)
      }
    } catch {
      warnings.append(error.failure.message)
    }
  }

  /// Lines of a text, or the items of a list.
  private mutating func read(
    _ value: YAMLNode, as folder: Folder, _ base: String, isDefault: Bool
  ) {
    do throws(ConfigError) {
      for line in try value.texts().flatMap({ $0.split(whereSeparator: \.isNewline) }) {
        let path = PythonPath.absolute(String(line).trimmingSpaces(), from: base)
        guard path.utf8.count <= Self.longestPath, path == PlainText.sanitized(path), path != "/"
        else {
          throw value.error("This is no path of a folder of models.")
        }
        guard places.count + defaults.count < Self.mostPlaces else {
          throw value.error("Only the first \(Self.mostPlaces) folders are read.")
        }
        let place = ModelsPlace(path: path, folder: folder, origin: file)
        if isDefault { defaults.append(place) } else { places.append(place) }
      }
    } catch {
      warnings.append(error.failure.message)
    }
  }

  private static func isTrue(_ text: String) -> Bool {
    ["true", "yes", "on", "y"].contains(text.lowercased())
  }

  /// Whether a value stands for another of the file. A few of them can make one of any size, and the file
  /// may be anybody's.
  private static func hasAliases(_ text: String) -> Bool {
    var before: Character = "\n"
    for character in text {
      if character == "*", before.isWhitespace || "[{,:-?".contains(before) { return true }
      before = character
    }
    return false
  }
}
