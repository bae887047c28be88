import ComfyAPI
import Downloads

/// The settings that hold, and where each was set.
struct SettingsReport {
  struct Place {
    var target: BackendTarget
    /// Where its key was set; nil where there is none. The key itself is left behind here.
    var keySource: SettingSource?
    /// Why there is a key that is not used.
    var problem: String?

    init(_ target: BackendTarget, _ settings: Settings) {
      self.target = target
      do {
        keySource = try settings.key(of: target)?.source
      } catch {
        problem = error.message
      }
    }
  }

  let configPath: String
  let credentialsPath: String
  /// Every option of the file, in the order of their table.
  let options: [(name: String, setting: Sourced<JSONValue>)]
  let places: [Place]

  init(_ settings: Settings) throws(DownloadFailure) {
    configPath = settings.configPath
    credentialsPath = settings.credentialsPath
    var options: [(name: String, setting: Sourced<JSONValue>)] = []
    for option in ConfigFile.options {
      options.append((option.name, try settings.setting(option)))
    }
    self.options = options
    var targets = try settings.namedTargets
    let target = try settings.target(named: settings.chosenBackend.value)
    if !targets.contains(target) { targets.append(target) }
    places = targets.map { Place($0, settings) }
  }
}

extension SettingsReport {
  var lines: [String] {
    let names = options.map(\.name) + places.map(\.target.name)
    let width = names.map(\.count).reduce(11, max) + 2
    func line(_ name: String, _ text: String) -> String {
      name + String(repeating: " ", count: max(1, width - name.count)) + text
    }
    let files = [line("config", configPath), line("credentials", credentialsPath), ""]
    let settings = options.map {
      line($0.name, "\(Self.text($0.setting.value))  (\($0.setting.source))")
    }
    return files + settings + [""] + places.map { line($0.target.name, Self.text($0)) }
  }

  /// A value as people read it; lists and mappings as JSON.
  static func text(_ value: JSONValue) -> String {
    switch value {
    case .null, .array([]), .object([:]): "none"
    case .string(let text): text
    default: (try? WireFormat.encodeText(value)) ?? ""
    }
  }

  private static func text(_ place: Place) -> String {
    switch place.target.place {
    case .unixSocket(let path): return path
    case .ssh(let address): return address.text
    case .url(let url):
      let workspace = place.target.workspace.map { ", workspace \($0)" } ?? ""
      let key = place.keySource.map { "key set, from \($0)" } ?? place.problem ?? "no key"
      return "\(url.withoutQuery)\(workspace), \(key)"
    }
  }
}

extension SettingsReport {
  var json: JSONValue {
    let files: [String: JSONValue] = [
      "config": .string(configPath), "credentials": .string(credentialsPath),
      "backends": .array(places.map(Self.json)),
    ]
    let settings = options.map { ($0.name, Self.json($0.setting)) }
    return .object(files.merging(settings) { $1 })
  }

  private static func json(_ setting: Sourced<JSONValue>) -> JSONValue {
    .object(["value": setting.value].merging(fields(setting.source)) { $1 })
  }

  private static func json(_ place: Place) -> JSONValue {
    var object: [String: JSONValue] = ["name": .string(place.target.name)]
    switch place.target.place {
    case .unixSocket(let path): object["socket"] = .string(path)
    case .ssh(let address): object["url"] = .string(address.text)
    case .url(let url):
      object["url"] = .string(url.withoutQuery)
      object["workspace"] = place.target.workspace.map(JSONValue.string) ?? .null
      let source = place.keySource.map(fields) ?? ["source": .null, "from": .null, "line": .null]
      let state: [String: JSONValue] = [
        "is_set": .bool(place.keySource != nil),
        "problem": place.problem.map(JSONValue.string) ?? .null,
      ]
      object["key"] = .object(state.merging(source) { $1 })
    }
    return .object(object)
  }

  private static func fields(_ source: SettingSource) -> [String: JSONValue] {
    switch source {
    case .flag(let name): ["source": "flag", "from": .string(name), "line": .null]
    case .environment(let name): ["source": "environment", "from": .string(name), "line": .null]
    case .file(let path, let line):
      [
        "source": "file", "from": .string(path),
        "line": line.map { .integer(Int64($0)) } ?? .null,
      ]
    case .builtIn: ["source": "default", "from": .null, "line": .null]
    }
  }
}
