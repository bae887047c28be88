import Downloads
import Foundation
import HostileInput
import Testing

@testable import winch

/// A home folder with ComfyUIs in it, and processes as `/proc` would show them.
private final class ComfyHome {
  let path: String
  var environment: [String: String] = [:]

  init() throws {
    let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "winch-places-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.path(percentEncoded: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var proc: String { path + "/proc" }

  @discardableResult
  func folder(_ name: String) throws -> String {
    try FileManager.default.createDirectory(
      atPath: path + "/" + name, withIntermediateDirectories: true)
    return path + "/" + name
  }

  func file(_ name: String, _ text: String) throws {
    let url = URL(filePath: path + "/" + name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  /// A process of this user.
  func process(_ number: Int, in folder: String, _ arguments: [String]) throws {
    try file("proc/\(number)/cmdline", arguments.map { $0 + "\0" }.joined())
    try FileManager.default.createSymbolicLink(
      atPath: proc + "/\(number)/cwd", withDestinationPath: path + "/" + folder)
  }

  func settings(_ text: String = "") throws -> Settings {
    Settings(
      environment: environment.merging(["HOME": path]) { $1 },
      config: try ConfigFile(text: text, path: "/c.yaml"))
  }

  /// Below home, with the folder behind it.
  func found(_ text: String = "") throws -> [String] {
    FoundPlaces(try settings(text), proc: proc).places.map { place in
      place.path.replacing(path, with: "~") + (place.folder.map { " " + $0.name } ?? "")
    }
  }

  func warnings(_ text: String = "") throws -> [String] {
    FoundPlaces(try settings(text), proc: proc).warnings.map { $0.replacing(path, with: "~") }
  }
}

@Suite("Where ComfyUI is on this machine")
struct FoundPlacesTests {
  @Test("the models root: the file, then the base directory, then ComfyUI, then comfy-cli's")
  func root() throws {
    let home = try ComfyHome()
    #expect(try home.settings().modelsRoot == home.path + "/.local/share/winch/models")
    try home.folder("data/ComfyUI/models")
    try home.file(
      ".config/comfy-cli/config.ini", "[DEFAULT]\nrecent_workspace = \(home.path)/data/ComfyUI\n")
    #expect(try home.settings().modelsRoot == home.path + "/data/ComfyUI/models")
    try home.folder("comfy/ComfyUI/models")
    #expect(try home.settings().modelsRoot == home.path + "/comfy/ComfyUI/models")
    let base = try home.settings("base_directory: ~/base")
    #expect(base.modelsRoot == home.path + "/base/models")
    #expect(base.chosenModelsRoot.source == .file(base.configPath, line: 1))
    #expect(try home.settings("base_directory: ~/base\nmodels: ~/m").modelsRoot == home.path + "/m")
  }

  @Test("the trees of other ComfyUIs, and of comfy-cli's workspace as it was before, are places")
  func trees() throws {
    let home = try ComfyHome()
    for name in ["ComfyUI/models", "comfy/ComfyUI/models", "w/ComfyUI/models", "base/models"] {
      try home.folder(name)
    }
    try home.file(".config/comfy-cli/config.ini", "[DEFAULT]\ndefault_workspace = ~/w\n")
    #expect(try home.found() == ["~/comfy/ComfyUI/models", "~/w/ComfyUI/models"])
    #expect(
      try home.found("models: ~/m\nbase_directory: ~/base")
        == ["~/base/models", "~/ComfyUI/models", "~/comfy/ComfyUI/models", "~/w/ComfyUI/models"])
  }

  @Test("extra_model_paths.yaml is understood as ComfyUI does")
  func extraPaths() throws {
    let home = try ComfyHome()
    home.environment = ["DISK": "disk"]
    try home.folder("ComfyUI/models")
    try home.file(
      "ComfyUI/extra_model_paths.yaml",
      """
      # as in the example
      a1111:
        base_path: ~/$DISK/sd/
        checkpoints: models/Stable-diffusion
        loras: |
          models/Lora

          models/LyCORIS
        custom_nodes: nodes
        configs: models/configs
      empty:
      own:
        is_default: true
        unet: here
        clip: ../there
        /no: x
      shared:
        base_path: shared
        vae: /abs/vae
        my_nodes_models: extra/
      """)
    #expect(
      try home.found() == [
        "~/ComfyUI/here diffusion_models", "~/there text_encoders",
        "~/disk/sd/models/Stable-diffusion checkpoints", "~/disk/sd/models/Lora loras",
        "~/disk/sd/models/LyCORIS loras", "/abs/vae vae", "~/ComfyUI/shared/extra my_nodes_models",
      ])
    #expect(try home.warnings().isEmpty)
  }

  @Test("the option names other files, and one that is not there is told")
  func option() throws {
    let home = try ComfyHome()
    try home.file("x/a.yaml", "g: {loras: l}")
    #expect(try home.found("extra_model_paths: ~/x/a.yaml") == ["~/x/l loras"])
    #expect(
      try home.warnings("extra_model_paths: [~/x/a.yaml, ~/gone.yaml]")
        == ["~/gone.yaml is not there."])
  }

  @Test("a running ComfyUI tells its base directory and its files of paths")
  func running() throws {
    let home = try ComfyHome()
    try home.folder("ComfyUI/models")
    try home.folder("base/models")
    try home.file("opt/comfy/folder_paths.py", "")
    try home.file("opt/comfy/main.py", "")
    try home.file("opt/comfy/extra_model_paths.yaml", "a: {vae: /v}")
    try home.file("opt/more.yaml", "b: {loras: l}")
    try home.process(
      7, in: "opt/comfy",
      [
        "python3", "main.py", "--base-directory", "../../base", "--extra-model-paths-config",
        "../more.yaml",
      ])
    // Another program's main.py, and one that is ComfyUI but has no models.
    try home.file("app/main.py", "")
    try home.process(8, in: "app", ["python3", "main.py", "--base-directory", home.path])
    try home.process(9, in: "opt", ["python3", "comfy/main.py", "--base-directory=gone"])
    #expect(try home.found() == ["/v vae", "~/opt/l loras", "~/base/models"])
    #expect(try home.settings().modelsRoot == home.path + "/ComfyUI/models")
  }

  @Test(
    "what is wrong in a file is told with its line, and the rest is used",
    arguments: [
      ("a: {loras: /l}\nb: [x]\nc: {vae: /v}", ["/l loras", "/v vae"], "~/x.yaml:2"),
      ("a:\n  loras: {x: y}\n  vae: /v", ["/v vae"], "~/x.yaml:2"),
      ("a:\n  base_path: [x]\n  vae: /v\nb: {vae: /w}", ["/w vae"], "~/x.yaml:2"),
      ("a:\n  vae: /\n  loras: /l", ["/l loras"], "~/x.yaml:2"),
      ("a:\n\tb", [], "~/x.yaml"),
      ("a: &a {vae: /v}\nb: *a", [], "Aliases"),
      ("- x", [], "~/x.yaml"),
    ])
  func wrong(text: String, expected: [String], warning: String) throws {
    let home = try ComfyHome()
    try home.file("x.yaml", text)
    #expect(try home.found("extra_model_paths: ~/x.yaml") == expected)
    let warnings = try home.warnings("extra_model_paths: ~/x.yaml")
    #expect(warnings.count == 1)
    #expect(warnings.first?.contains(warning) == true, "\(warnings)")
  }

  @Test("a pipe, a folder, other bytes and a file that is too large are told and hold up nothing")
  func odd() throws {
    let home = try ComfyHome()
    try home.folder("folder.yaml")
    #expect(mkfifo(home.path + "/pipe.yaml", 0o600) == 0)
    try Data([0xFF, 0xFE, 0x00]).write(to: URL(filePath: home.path + "/bytes.yaml"))
    try home.file("large.yaml", String(repeating: "#", count: 300 << 10))
    for name in ["folder", "pipe", "bytes", "large"] {
      #expect(try home.warnings("extra_model_paths: ~/\(name).yaml").count == 1, "\(name)")
    }
  }

  @Test(
    "what a file comes to name, and a ComfyUI that is started, are noticed", .timeLimit(.minutes(5))
  )
  func watched() async throws {
    let home = try ComfyHome()
    try home.folder("ComfyUI/models")
    try home.file("ComfyUI/extra_model_paths.yaml", "a: {loras: /srv/a}")
    let settings = try home.settings()
    let watch = PlacesWatch(settings: settings, proc: home.proc, interval: .milliseconds(5))
    let news = AsyncStream.makeStream(of: [String].self)
    let known = FoundPlaces(settings, proc: home.proc)
    let watching = Task {
      await watch.run(knowing: known) { found in
        news.continuation.yield(found.places.map(\.path))
      }
    }
    defer { watching.cancel() }
    var told = news.stream.makeAsyncIterator()
    try home.file("ComfyUI/extra_model_paths.yaml", "a: {loras: /srv/a, vae: /srv/b}")
    while let places = await told.next(), places != ["/srv/a", "/srv/b"] {}
    try home.file("other/folder_paths.py", "")
    try home.folder("other/models")
    try home.file("other/main.py", "")
    try home.process(7, in: "other", ["python", "main.py"])
    while let places = await told.next(), !places.contains(home.path + "/other/models") {}
  }

  @Test("hostile files trap nothing and name no more than a bounded number of absolute paths")
  func hostile() throws {
    let paths = PythonPath(environment: ["A": "b"]) { _ in "/home/me" }
    let seeds = [
      "a:\n  base_path: ~/x\n  is_default: yes\n  loras: |\n    l\n    m\n  unet: $A/u\n",
      "[[[[{{{{", "a: {b: c, d: [e, f]}", "? [a]\n: b", "a: !!binary x", "\u{FEFF}a:\n", "a: &x *x",
    ]
    var generator = HostileInput(seed: 93)
    for _ in 0..<HostileInput.count / 5 {
      let extra = ExtraModelPaths(text: generator.mutate(seeds), file: "/c/e.yaml", paths: paths)
      #expect(extra.places.allSatisfy { $0.path.hasPrefix("/") && $0.folder != nil })
    }
    let deep = String(repeating: "[", count: 100_000)
    #expect(ExtraModelPaths(text: deep, file: "/e.yaml", paths: paths).warnings.count == 1)
    let many = "a:\n  loras: |\n" + (0..<2000).map { "    l\($0)\n" }.joined()
    let bounded = ExtraModelPaths(text: many, file: "/e.yaml", paths: paths)
    #expect(bounded.places.count == ExtraModelPaths.mostPlaces)
    #expect(bounded.warnings.count == 1)
  }
}
