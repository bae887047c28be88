import ComfyAPI
import Downloads

/// One value of `config.yaml` given another, or taken out.
struct ConfigChange {
  /// The names that lead to the value.
  let path: [String]
  /// Nil for none, where a default holds.
  let text: String?
  /// The whole file as it will be.
  let result: String
  let file: ConfigFile
  private let configPath: String

  /// Writes nothing yet.
  ///
  /// - Parameters:
  ///   - key: as people write it, such as `downloads` or `profiles.gpu.url`.
  ///   - text: the value; for lists and mappings YAML on one line.
  /// - Throws: where the file would be wrong then.
  init(_ key: String, to text: String, at configPath: String) throws(DownloadFailure) {
    self.text = text
    self.configPath = configPath
    path = Self.path(key)
    let before = try SettingsFile.text(at: configPath) ?? ""
    do {
      let value = Self.value(text, for: path[0])
      result = try YAMLEdit.setting(path, to: value, in: before, file: configPath)
      file = try Self.checked(result, before: before, at: configPath)
    } catch {
      throw error.failure
    }
  }

  /// Takes a value out; writes nothing yet.
  ///
  /// - Throws: where it is not there, or the file would be wrong without it.
  init(removing key: String, at configPath: String) throws(DownloadFailure) {
    text = nil
    self.configPath = configPath
    path = Self.path(key)
    let before = try SettingsFile.text(at: configPath) ?? ""
    do throws(ConfigError) {
      guard let result = try YAMLEdit.removing(path, in: before, file: configPath) else {
        throw ConfigError(
          file: configPath, key: key, problem: "\(key) is not set there.",
          hint: "winch config show tells where each setting is from.")
      }
      self.result = result
      file = try Self.checked(result, before: before, at: configPath)
    } catch {
      throw error.failure
    }
  }

  func write() throws(DownloadFailure) { try SettingsFile.write(result, to: configPath) }

  /// The option that the change belongs to.
  var option: ConfigOption<ConfigFile>? { ConfigFile.options.first { $0.name == path[0] } }

  /// Names of profiles may hold dots.
  private static func path(_ key: String) -> [String] {
    let parts = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 2, parts[0] == ConfigFile.profilesOption.name else { return parts }
    let last = parts[parts.count - 1]
    guard Profile.options.contains(where: { $0.name == last }) else {
      return [parts[0], parts[1...].joined(separator: ".")]
    }
    return [parts[0], parts[1..<(parts.count - 1)].joined(separator: "."), last]
  }

  /// What a text is in YAML: where lists and mappings belong it may be one, else it means itself.
  private static func value(_ text: String, for name: String) -> String {
    let kind = ConfigFile.options.first { $0.name == name }?.kind
    let isCollection = text.hasPrefix("[") || text.hasPrefix("{")
    guard [.mapping, .rules, .paths].contains(kind), isCollection, !text.contains("\n"),
      (try? YAMLNode(text: text, file: "")) != nil
    else { return YAMLText.scalar(text) }
    return text
  }

  /// - Throws: what the change makes wrong, without a line, for it stands in no file; what was wrong
  ///   before, with its line.
  private static func checked(
    _ text: String, before: String, at path: String
  ) throws(ConfigError) -> ConfigFile {
    do throws(ConfigError) {
      return try ConfigFile(text: text, path: path)
    } catch {
      var problem = error
      if (errorOf(before, path).map { ($0.key, $0.problem) == (error.key, error.problem) }) == true
      {
        problem.hint = problem.hint ?? "winch config edit opens the file."
      } else {
        problem.file = ""
        problem.line = nil
      }
      throw problem
    }
  }

  private static func errorOf(_ text: String, _ path: String) -> ConfigError? {
    do throws(ConfigError) {
      _ = try ConfigFile(text: text, path: path)
      return nil
    } catch {
      return error
    }
  }
}
