import ComfyClient
import Downloads
import Foundation
import Testing

@testable import winch

/// Settings with a home of their own, which is removed in the end.
private func withSettings(
  _ text: String = "", environment: [String: String] = [:], backend: String? = nil,
  keys: [String: Credentials.Entry] = [:], _ body: (Settings) throws -> Void
) throws {
  let home = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  defer { try? FileManager.default.removeItem(at: home) }
  let variables = ["HOME": home.path(), "XDG_RUNTIME_DIR": "/run/me"]
  let settings = Settings(
    environment: environment.merging(variables) { $1 }, backend: backend,
    config: try ConfigFile(text: text, path: "/c.yaml"))
  for (name, entry) in keys { try settings.credentials.setEntry(entry, for: name) }
  try body(settings)
}

@Suite("What wins")
struct SettingsTests {
  private static let profiles = """
    profiles:
      gpu: {url: "https://gpu:8189"}
      team: {url: "https://cloud.comfy.org", workspace: ws-9}
    """

  @Test("the command line wins over the environment, and that over the file")
  func precedence() throws {
    let text = "backend: gpu\n" + Self.profiles
    try withSettings(text) { (settings) throws in
      #expect(try settings.chosenBackend == Sourced("gpu", .file(settings.configPath, line: 1)))
    }
    try withSettings(text, environment: ["WINCH_BACKEND": "team"]) { (settings) throws in
      #expect(try settings.chosenBackend == Sourced("team", .environment("WINCH_BACKEND")))
    }
    let both = ["WINCH_BACKEND": "team"]
    try withSettings(text, environment: both, backend: "local") { (settings) throws in
      #expect(try settings.chosenBackend == Sourced("local", .flag("--backend")))
    }
  }

  @Test("the models root: environment, then file, where ~ is home")
  func models() throws {
    try withSettings("models: ~/m") { (settings) throws in
      #expect(settings.modelsRoot == settings.home + "/m")
      #expect(settings.chosenModelsRoot.source == .file(settings.configPath, line: 1))
    }
    try withSettings("models: ~/m", environment: ["WINCH_MODELS": "/other"]) { (settings) throws in
      #expect(settings.chosenModelsRoot == Sourced("/other", .environment("WINCH_MODELS")))
    }
  }

  @Test("how much goes on at one time: environment, then file, then what is usual")
  func engine() throws {
    try withSettings { (settings) throws in
      #expect(try settings.connections == Sourced(8, .builtIn))
      #expect(try settings.downloads == Sourced(3, .builtIn))
    }
    let text = "connections: 16\ndownloads: 1"
    try withSettings(text, environment: ["WINCH_CONNECTIONS": "2"]) { (settings) throws in
      #expect(try settings.connections == Sourced(2, .environment("WINCH_CONNECTIONS")))
      #expect(try settings.downloads == Sourced(1, .file(settings.configPath, line: 2)))
    }
  }

  @Test("a number out of its range is refused by the variable's name", arguments: ["0", "17", "x"])
  func engineRange(value: String) throws {
    try withSettings(environment: ["WINCH_CONNECTIONS": value]) { (settings) throws in
      let failure = try #require(throws: DownloadFailure.self) { try settings.connections }
      #expect(failure.message == "WINCH_CONNECTIONS takes a number from 1 to 16.")
    }
  }

  @Test("COMFY_LOCAL_URL names the ComfyUI that is told, before the file does")
  func comfyUI() throws {
    let text = "comfyui_url: http://127.0.0.1:8188\n"
    try withSettings(text) { (settings) throws in
      #expect(try settings.comfyUIURL == HTTPURL("http://127.0.0.1:8188"))
    }
    try withSettings(text, environment: ["COMFY_LOCAL_URL": "http://box:1"]) { (settings) throws in
      #expect(try settings.comfyUIURL == HTTPURL("http://box:1"))
    }
    try withSettings(text, environment: ["COMFY_LOCAL_URL": "nonsense"]) { (settings) throws in
      let failure = try #require(throws: DownloadFailure.self) { try settings.comfyUIURL }
      #expect(failure.message == "COMFY_LOCAL_URL takes an http or https URL.")
    }
  }

  @Test("without a choice a key for the cloud means the cloud, wherever it is kept")
  func defaults() throws {
    try withSettings { (settings) throws in
      #expect(try settings.chosenBackend == Sourced("local", .builtIn))
    }
    for name in ["COMFY_CLOUD_API_KEY", "COMFY_API_KEY"] {
      try withSettings(environment: [name: "k"]) { (settings) throws in
        #expect(try settings.chosenBackend == Sourced("cloud", .builtIn))
      }
    }
    try withSettings(keys: ["cloud": .init(key: APIKey("k"))]) { (settings) throws in
      #expect(try settings.chosenBackend == Sourced("cloud", .builtIn))
    }
    try withSettings("backend: local", keys: ["cloud": .init(key: APIKey("k"))]) {
      (settings) throws in
      #expect(try settings.backend.name == "local")
    }
    try withSettings(keys: ["gpu": .init(key: APIKey("k"))]) { (settings) throws in
      #expect(try settings.chosenBackend.value == "local")
    }
  }

  @Test("each backend gets its own key, and none another's")
  func keys() throws {
    let environment = [
      "COMFY_CLOUD_API_KEY": "c-1", "COMFY_API_KEY": "c-2", "WINCH_API_KEY": "w-1",
    ]
    let stored = ["gpu": Credentials.Entry(key: APIKey("s-gpu"))]
    try withSettings(Self.profiles, environment: environment, keys: stored) { (settings) throws in
      for (name, key, variable) in [
        ("cloud", "c-1", "COMFY_CLOUD_API_KEY"), ("team", "c-1", "COMFY_CLOUD_API_KEY"),
        ("gpu", "w-1", "WINCH_API_KEY"), ("https://other", "w-1", "WINCH_API_KEY"),
      ] {
        let found = try settings.key(of: settings.target(named: name))
        #expect(found == Sourced(APIKey(key), .environment(variable)), "\(name)")
      }
      #expect(try settings.key(of: settings.target(named: "local")) == nil)
    }
    try withSettings(Self.profiles, keys: stored) { (settings) throws in
      let found = try settings.key(of: settings.target(named: "gpu"))
      #expect(found == Sourced(APIKey("s-gpu"), .file(settings.credentialsPath)))
      #expect(try settings.key(of: settings.target(named: "team")) == nil)
      #expect(try settings.key(of: settings.target(named: "https://gpu:8189")) == nil)
    }
  }

  @Test("a stored key is not sent to another address than it was stored for")
  func origin() throws {
    let stored = [
      "cloud": Credentials.Entry(key: APIKey("SECRET"), origin: "https://cloud.comfy.org")
    ]
    try withSettings(keys: stored) { (settings) throws in
      #expect(try settings.backend.name == "cloud")
    }
    let elsewhere = ["COMFY_CLOUD_BASE_URL": "https://evil.example"]
    try withSettings(environment: elsewhere, keys: stored) { (settings) throws in
      let failure = try #require(throws: DownloadFailure.self) { try settings.backend }
      #expect(failure.code == "UNAUTHORIZED")
      #expect(!"\(failure)".contains("SECRET"))
    }
  }

  @Test("a name stays what it is: a URL is a URL though a profile has the same address")
  func names() throws {
    try withSettings(Self.profiles) { (settings) throws in
      #expect(try settings.target(named: "gpu").name == "gpu")
      #expect(try settings.target(named: "https://GPU:8189//").name == "https://gpu:8189/")
      #expect(try settings.target(named: "team").workspace == "ws-9")
    }
  }

  @Test("a name that nobody has is refused with the nearest one")
  func unknown() throws {
    try withSettings(Self.profiles, backend: "gpv") { (settings) throws in
      let failure = try #require(throws: DownloadFailure.self) { try settings.backend }
      #expect(failure.hint?.contains("mean gpu?") == true)
    }
  }

  @Test("the engine that is started does not inherit Comfy's keys")
  func engineEnvironment() {
    let environment = ["COMFY_CLOUD_API_KEY": "a", "COMFY_API_KEY": "b", "HF_TOKEN": "c"]
    #expect(EngineLauncher.engineEnvironment(environment) == ["HF_TOKEN": "c"])
  }

  @Test("a report of the settings names sources and holds no key, in lines and in JSON")
  func report() throws {
    let environment = ["WINCH_API_KEY": "SECRET-1"]
    let stored = ["cloud": Credentials.Entry(key: APIKey("SECRET-2"))]
    try withSettings(Self.profiles, environment: environment, keys: stored) { (settings) throws in
      let report = try SettingsReport(settings)
      let text = report.lines.joined(separator: "\n")
      #expect(text.contains("key set, from WINCH_API_KEY"))
      #expect(text.contains("key set, from \(settings.credentialsPath)"))
      #expect(text.contains("workspace ws-9, no key"))
      #expect(!"\(text) \(report.json)".contains("SECRET"))
    }
  }
}
