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
  let backend: Sourced<String>
  let models: Sourced<String>
  let connections: Sourced<Int>
  let downloads: Sourced<Int>
  let places: [Place]

  init(_ settings: Settings) throws(DownloadFailure) {
    configPath = settings.configPath
    credentialsPath = settings.credentialsPath
    models = settings.chosenModelsRoot
    connections = try settings.connections
    downloads = try settings.downloads
    let chosen = try settings.chosenBackend
    var targets = try settings.namedTargets
    let target = try settings.target(named: chosen.value)
    backend = Sourced(target.name, chosen.source)
    if !targets.contains(target) { targets.append(target) }
    places = targets.map { Place($0, settings) }
  }
}

extension SettingsReport {
  var lines: [String] {
    let width = places.map(\.target.name.count).reduce(11, max) + 2
    func line(_ name: String, _ text: String) -> String {
      name + String(repeating: " ", count: max(1, width - name.count)) + text
    }
    let settings = [
      line("config", configPath), line("credentials", credentialsPath),
      line("backend", Self.text(backend)), line("models", Self.text(models)),
      line("connections", Self.text(connections)), line("downloads", Self.text(downloads)), "",
    ]
    return settings + places.map { line($0.target.name, Self.text($0)) }
  }

  private static func text(_ setting: Sourced<some CustomStringConvertible & Sendable>) -> String {
    "\(setting.value)  (\(setting.source))"
  }

  private static func text(_ place: Place) -> String {
    switch place.target.place {
    case .unixSocket(let path): return path
    case .url(let url):
      let workspace = place.target.workspace.map { ", workspace \($0)" } ?? ""
      let key = place.keySource.map { "key set, from \($0)" } ?? place.problem ?? "no key"
      return "\(url.withoutQuery)\(workspace), \(key)"
    }
  }
}

extension SettingsReport {
  var json: JSONValue {
    .object([
      "config": .string(configPath), "credentials": .string(credentialsPath),
      "backend": Self.json(backend), "models": Self.json(models),
      "connections": Self.json(connections), "downloads": Self.json(downloads),
      "backends": .array(places.map(Self.json)),
    ])
  }

  private static func json(_ setting: Sourced<String>) -> JSONValue {
    json(.string(setting.value), setting.source)
  }

  private static func json(_ setting: Sourced<Int>) -> JSONValue {
    json(.integer(Int64(setting.value)), setting.source)
  }

  private static func json(_ value: JSONValue, _ source: SettingSource) -> JSONValue {
    .object(["value": value].merging(fields(source)) { $1 })
  }

  private static func json(_ place: Place) -> JSONValue {
    var object: [String: JSONValue] = ["name": .string(place.target.name)]
    switch place.target.place {
    case .unixSocket(let path): object["socket"] = .string(path)
    case .url(let url):
      object["url"] = .string(url.withoutQuery)
      object["workspace"] = place.target.workspace.map(JSONValue.string) ?? .null
      let source = place.keySource.map(fields) ?? ["source": .null, "from": .null]
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
    case .flag(let name): ["source": "flag", "from": .string(name)]
    case .environment(let name): ["source": "environment", "from": .string(name)]
    case .file(let path): ["source": "file", "from": .string(path)]
    case .builtIn: ["source": "default", "from": .null]
    }
  }
}
