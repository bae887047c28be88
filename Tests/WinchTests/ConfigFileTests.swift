import Downloads
import Interface
import Testing

@testable import winch

@Suite("What config.yaml says")
struct ConfigFileTests {
  private func error(_ text: String) throws -> ConfigError {
    try #require(throws: ConfigError.self) { try ConfigFile(text: text, path: "/c.yaml") }
  }

  @Test(
    "a file that says nothing is fine",
    arguments: ["", "\n", "# only this\n", "---\n", "~", "backend:\nprofiles:\n", "{}", "\u{FEFF}"])
  func empty(text: String) throws {
    #expect(try ConfigFile(text: text, path: "/c.yaml") == ConfigFile())
  }

  @Test("every option is read")
  func everything() throws {
    let config = try ConfigFile(
      text: """
        backend: gpu
        models: ~/models
        base_directory: /srv/comfy
        extra_model_paths: [/srv/a.yaml, ~/b.yaml]
        connections: 12
        downloads: 5
        small_files_first: true
        limit_schedule:
        - {from: "08:00", to: 18:00, days: mon-fri, limit: 5M}
        - {from: 22:00, to: 06:00, days: [sat, sun], limit: none}
        profiles:
          gpu:
            url: https://GPU.example:8189/
          team: {url: "https://cloud.comfy.org", workspace: 12345}
          cloud:
            workspace: ws-1
        keys:
          retry: F5
          cancel: [^X, Del]
          edit: []
        theme: light
        """, path: "/c.yaml")
    #expect(config.backend == "gpu")
    #expect(config.models == "~/models")
    #expect(config.baseDirectory == "/srv/comfy")
    #expect(config.extraModelPaths == ["/srv/a.yaml", "~/b.yaml"])
    #expect(config.connections == 12)
    #expect(config.downloads == 5)
    #expect(config.smallFilesFirst)
    #expect(config.limitSchedule.map(\.bytesPerSecond) == [5_000_000, nil])
    #expect(config.limitSchedule.map(\.days.count) == [5, 2])
    #expect(config.limitSchedule.map(\.to.minutes) == [1080, 360])
    #expect(config.profiles.map(\.name) == ["gpu", "team", "cloud"])
    #expect(config.profile("gpu")?.url?.originText == "https://gpu.example:8189")
    #expect(config.profile("team")?.workspace == "12345")
    #expect(config.profile("cloud")?.workspace == "ws-1")
    #expect(config.profile("cloud")?.url == nil)
    #expect(
      config.keys == [
        "retry": [.function(5)], "cancel": [.control("x"), .delete], "edit": [],
      ])
    #expect(config.theme == .light)
    #expect(config.backendNames == ["local", "cloud", "gpu", "team"])
  }

  @Test(
    "an unknown option is named with its line and the nearest right one",
    arguments: [
      ("bakend: cloud", 1, "bakend", "Did you mean backend?"),
      ("\nmodel: /m", 2, "model", "Did you mean models?"),
      ("profiles:\n  gpu:\n    ulr: https://h", 3, "profiles.gpu.ulr", "Did you mean url?"),
      (
        "colour: red", 1, "colour",
        "There are \(ConfigFile.options.map(\.name).joined(separator: ", "))."
      ),
    ])
  func unknown(text: String, line: Int, key: String, hint: String) throws {
    let error = try error(text)
    #expect(error.line == line)
    #expect(error.key == key)
    #expect(error.hint == hint)
    #expect(error.failure.message.hasPrefix("/c.yaml:\(line): \(key): "))
  }

  @Test(
    "a value of the wrong kind is named with its line",
    arguments: [
      ("backend: [cloud]", 1, "backend"), ("models: {a: b}", 1, "models"),
      ("models: models", 1, "models"), ("profiles: gpu", 1, "profiles"),
      ("connections: 0", 1, "connections"), ("connections: many", 1, "connections"),
      ("downloads: 17", 1, "downloads"), ("downloads: [3]", 1, "downloads"),
      ("small_files_first: often", 1, "small_files_first"),
      ("limit_schedule: 5M", 1, "limit_schedule"),
      ("limit_schedule:\n- 5M", 2, "limit_schedule"),
      ("limit_schedule:\n- {to: 9:00, limit: 5M}", 2, "limit_schedule"),
      ("limit_schedule:\n- {from: 8:00, to: 9:00, limit: fast}", 2, "limit_schedule.limit"),
      ("limit_schedule:\n- {from: 8, to: 9:00, limit: 5M}", 2, "limit_schedule.from"),
      ("limit_schedule:\n- {from: 8:00, to: 9:00, days: mo, limit: 5M}", 2, "limit_schedule.days"),
      ("profiles:\n- a", 1, "profiles"), ("profiles:\n  gpu: https://h", 2, "profiles.gpu"),
      ("profiles:\n  gpu:\n    url: ftp://h", 3, "profiles.gpu.url"),
      ("profiles:\n  gpu:\n    url: https://h/?k=1", 3, "profiles.gpu.url"),
      ("profiles:\n  gpu:\n    url: https://user@h", 3, "profiles.gpu.url"),
      ("profiles:\n  gpu:\n    url: https://h#x", 3, "profiles.gpu.url"),
      ("profiles:\n  gpu:", 2, "profiles.gpu"),
      ("profiles:\n  gpu: {workspace: w}", 2, "profiles.gpu"),
      ("profiles:\n  local: {url: https://h}", 2, "profiles.local"),
      ("profiles:\n  a/b: {url: https://h}", 2, "profiles.a/b"),
      (
        "profiles:\n  gpu:\n    url: https://h\n    workspace: \"w\\r\\nX-Evil: 1\"", 4,
        "profiles.gpu.workspace"
      ),
      ("backend: gpx\nprofiles:\n  gpu: {url: https://h}", 1, "backend"),
      ("keys:\n  retyr: F5", 2, "keys.retyr"), ("keys:\n  retry: F99", 2, "keys.retry"),
      ("keys:\n  retry: {a: b}", 2, "keys.retry"), ("keys: d", 1, "keys"),
      ("- backend", 1, ""), ("[a]: b", 1, ""), ("backend", 1, ""),
    ])
  func wrongKind(text: String, line: Int, key: String) throws {
    let error = try error(text)
    #expect(error.line == line, "\(error)")
    #expect(error.key == key, "\(error)")
  }

  @Test(
    "what is not YAML is said with its line",
    arguments: [
      ("backend: cloud\n\tmodels: /m", 2), ("backend: \"cloud", 1), ("backend: *x", 1),
      ("backend: a\nbackend: b", 1), ("a: b\n---\nc: d", 2), ("# a\nback\u{1B}end: x", 2),
    ])
  func syntax(text: String, line: Int) throws {
    let error = try error(text)
    #expect(error.line.map { abs($0 - line) <= 1 } == true, "\(error)")
    #expect(error.failure.code == "INVALID_CONFIG")
  }

  @Test("no nesting, however deep, brings the program down")
  func deep() throws {
    _ = try error(String(repeating: "[", count: 100_000))
    _ = try error(String(repeating: "[", count: 900) + String(repeating: "]", count: 900))
    _ = try error(
      (0..<2000).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n"))
  }

  @Test(
    "the nearest name is the one that was meant, if any",
    arguments: [
      ("bakcend", "backend"), ("CLOUD", "cloud"), ("loca", "local"), ("gpu-1", nil), ("", nil),
      (String(repeating: "x", count: 100_000), nil),
    ])
  func nearest(text: String, expected: String?) {
    #expect(NearestName.to(text, among: ["backend", "cloud", "local"]) == expected)
  }

  @Test("every option is explained, and no two have one name")
  func table() {
    let options = ConfigFile.options
    #expect(Set(options.map(\.name)).count == options.count)
    #expect(options.allSatisfy { $0.help.hasSuffix(".") })
    #expect(LimitRule.options.allSatisfy { $0.help.hasSuffix(".") })
    #expect(Profile.options.allSatisfy { $0.help.hasSuffix(".") })
  }
}
