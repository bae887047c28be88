import ComfyAPI
import Foundation
import OriginLab
import TestTerminal
import Testing

/// The real binary.
@Suite("Settings by commands", .serialized)
struct ConfigCommandTests {
  private func json(_ text: String) throws -> [String: JSONValue] {
    try WireFormat.decode([String: JSONValue].self, from: text.utf8)
  }

  private func text(_ sandbox: Sandbox) throws -> String {
    try String(contentsOf: sandbox.config, encoding: .utf8)
  }

  @Test("show tells each value and where it came from")
  func show() async throws {
    let sandbox = try Sandbox()
    try sandbox.configure("# mine\ndownloads: 5\nkeys: {retry: F5}\ntheme: dark\n")
    let result = try await sandbox.run(
      ["config", "show", "--json", "--backend", "local"], variables: ["WINCH_CONNECTIONS": "2"])
    let shown = try json(result.output)
    func setting(_ name: String) -> [String: JSONValue]? { shown[name]?.object }
    #expect(setting("downloads")?["value"] == 5)
    #expect(setting("downloads")?["source"] == "file")
    #expect(setting("downloads")?["from"] == .string(sandbox.config.path()))
    #expect(setting("downloads")?["line"] == 2)
    #expect(setting("connections")?["source"] == "environment")
    #expect(setting("connections")?["from"] == "WINCH_CONNECTIONS")
    #expect(setting("backend")?["source"] == "flag")
    #expect(setting("notifications")?["source"] == "default")
    #expect(setting("notifications")?["value"] == "each")
    #expect(setting("keys")?["value"] == .object(["retry": "F5"]))
    let lines = try await sandbox.run(["config", "show"]).output
    #expect(lines.contains("theme              dark  (\(sandbox.config.path()):4)"), "\(lines)")
    await sandbox.remove()
  }

  @Test("set keeps the rest of the file, and refuses what would be wrong")
  func set() async throws {
    let sandbox = try Sandbox()
    let before = "# mine\ntheme: dark  # at night\n\ndownloads: 5\n"
    try sandbox.configure(before)
    let done = try await sandbox.run(["config", "set", "theme", "light"])
    #expect(done.status == 0, "\(done.errors)")
    let after = before.replacing("dark", with: "light")
    #expect(try text(sandbox) == after)
    for (key, value, word) in [
      ("theme", "ligth", "Did you mean light?"), ("them", "light", "Did you mean theme?"),
      ("downloads", "99", "a number from 1 to 16"), ("downloads.x", "1", "cannot change"),
      ("profiles.gpu.workspace", "w", "needs a url"), ("keys.retyr", "F5", "Did you mean retry?"),
    ] {
      let refused = try await sandbox.run(["config", "set", key, value])
      #expect(refused.status == 65)
      #expect(refused.errors.contains(word), "\(key): \(refused.errors)")
      #expect(try text(sandbox) == after)
    }
    await sandbox.remove()
  }

  @Test("a wrong file is told with what opens it, a value that was just typed without")
  func adviceForWrongFile() async throws {
    let sandbox = try Sandbox()
    let typed = try await sandbox.run(["config", "set", "downloads", "0"])
    #expect(typed.status == 65)
    #expect(typed.errors.split(separator: "\n").count == 1, "\(typed.errors)")
    try sandbox.configure("downloads: 0\n")
    for command in [["ls"], ["config", "show"], ["config", "set", "theme", "dark"]] {
      let wrong = try await sandbox.run(command)
      #expect(wrong.status == 65)
      #expect(wrong.errors.hasPrefix("\(sandbox.config.path()):1: downloads: "), "\(wrong.errors)")
      #expect(wrong.errors.contains("winch config edit opens the file."), "\(wrong.errors)")
      #expect(!wrong.errors.contains("config show"), "\(wrong.errors)")
    }
    await sandbox.remove()
  }

  @Test(
    "unset lets the default hold again, and says where a setting is from that is not in the file")
  func unset() async throws {
    let sandbox = try Sandbox()
    try sandbox.configure("# mine\ndownloads: 5\nprofiles:\n  gpu:\n    url: https://gpu:8189\n")
    let downloads = try await sandbox.run(["config", "unset", "downloads"])
    #expect(downloads.output.contains("3 holds (default)"))
    let profile = try await sandbox.run(["config", "unset", "profiles.gpu", "--json"])
    #expect(try json(profile.output)["value"] == .null)
    #expect(try text(sandbox) == "# mine\n")
    let again = try await sandbox.run(["config", "unset", "downloads"])
    #expect(again.status == 65)
    #expect(again.errors.contains("downloads is not set there."))
    #expect(again.errors.contains("winch config show"))
    await sandbox.remove()
  }

  @Test("use chooses a backend that there is, and warns when a variable wins")
  func use() async throws {
    let sandbox = try Sandbox()
    let url = try await sandbox.run(["config", "set", "profiles.my.box.url", "https://box:1"])
    #expect(url.status == 0, "\(url.errors)")
    let used = try await sandbox.run(
      ["config", "use", "my.box"], variables: ["WINCH_BACKEND": "local"])
    #expect(used.status == 0, "\(used.errors)")
    #expect(used.errors.contains("WINCH_BACKEND"))
    #expect(
      try text(sandbox) == "profiles:\n  my.box:\n    url: https://box:1\nbackend: my.box\n")
    let unknown = try await sandbox.run(["config", "use", "my.bux"])
    #expect(unknown.status == 65)
    #expect(unknown.errors.contains("Did you mean my.box?"), "\(unknown.errors)")
    await sandbox.remove()
  }

  @Test("edit takes over what is right, and keeps what is wrong for the next time")
  func edit() async throws {
    let sandbox = try Sandbox()
    func edit(_ command: String) async throws -> Sandbox.Finished {
      try await sandbox.run(["config", "edit"], variables: ["VISUAL": command])
    }
    let draft = sandbox.config.deletingLastPathComponent().appending(path: "config.draft.yaml")
    let nothing = try await edit("true")
    #expect(nothing.status == 0, "\(nothing.errors)")
    #expect(!FileManager.default.fileExists(atPath: sandbox.config.path()))

    let wrong = try await edit("sh -c 'echo them: dark >\"$1\"' sh")
    #expect(wrong.status == 65)
    #expect(wrong.errors.contains("\(draft.path()):1: them: "), "\(wrong.errors)")
    #expect(try String(contentsOf: draft, encoding: .utf8) == "them: dark\n")

    let mended = try await edit("sed -i s/them:/theme:/")
    #expect(mended.status == 0, "\(mended.errors)")
    #expect(try text(sandbox) == "theme: dark\n")
    #expect(!FileManager.default.fileExists(atPath: draft.path()))

    let failed = try await edit("sh -c 'echo downloads: 2 >>\"$1\"; exit 3' sh")
    #expect(failed.status == 1)
    #expect(try text(sandbox) == "theme: dark\n")
    #expect(try String(contentsOf: draft, encoding: .utf8) == "theme: dark\ndownloads: 2\n")
    #expect(failed.errors.contains("What you wrote is kept in \(draft.path())"))
    await sandbox.remove()
  }

  @Test(
    "an editor that failed without writing leaves no draft, which would take later settings back")
  func untouchedDraft() async throws {
    let sandbox = try Sandbox()
    try sandbox.configure("downloads: 2\n")
    let failed = try await sandbox.run(["config", "edit"], variables: ["VISUAL": "false"])
    #expect(failed.status == 1)
    #expect(failed.errors == "false ended with status 1.\nNothing was changed.\n")
    #expect(try await sandbox.run(["config", "set", "downloads", "6"]).status == 0)
    let next = try await sandbox.run(["config", "edit"], variables: ["VISUAL": "true"])
    #expect(next.output == "Nothing was changed.\n", "\(next.errors)")
    #expect(try text(sandbox) == "downloads: 6\n")
    await sandbox.remove()
  }

  @Test("a kept draft is put aside, and it is said where, once the file is another one")
  func outdatedDraft() async throws {
    let sandbox = try Sandbox()
    try sandbox.configure("downloads: 2\n")
    let wrong = try await sandbox.run(
      ["config", "edit"], variables: ["VISUAL": "sh -c 'echo them: dark >>\"$1\"' sh"])
    #expect(wrong.status == 65)
    #expect(try await sandbox.run(["config", "set", "downloads", "6"]).status == 0)
    let next = try await sandbox.run(
      ["config", "edit"], variables: ["VISUAL": "sh -c 'echo theme: light >>\"$1\"' sh"])
    #expect(next.status == 0, "\(next.errors)")
    #expect(try text(sandbox) == "downloads: 6\ntheme: light\n")
    let earlier = sandbox.config.deletingLastPathComponent().appending(path: "config.draft.1.yaml")
    #expect(next.errors.contains("the earlier is kept in \(earlier.path())."), "\(next.errors)")
    #expect(try String(contentsOf: earlier, encoding: .utf8) == "downloads: 2\nthem: dark\n")
    await sandbox.remove()
  }

  @Test("a running engine takes the file over, and a wrong one changes nothing there")
  func live() async throws {
    try await Sandbox.withLab { lab, sandbox in
      func limit() async throws -> String {
        try await sandbox.run(["limit"]).output.trimmingCharacters(in: .whitespacesAndNewlines)
      }
      #expect(try await limit() == "none")
      try sandbox.configure("limit_schedule: [{from: 00:00, to: 24:00, limit: 5M}]\n")
      #expect(try await eventually { try await limit().hasPrefix("5.0 MB/s") })
      try sandbox.configure("limit_schedul: []\n")
      let log = sandbox.root.appending(path: "state/winch/log")
      #expect(
        await eventually {
          (try? String(contentsOf: log, encoding: .utf8))?.contains("Did you mean limit_schedule?")
            == true
        })
      let elsewhere = ["XDG_CONFIG_HOME": sandbox.root.appending(path: "none").path()]
      let held = try await sandbox.run(["limit"], variables: elsewhere)
      #expect(held.output.hasPrefix("5.0 MB/s"), "\(held.errors)")
    }
  }

  @Test("a running engine begins more downloads as soon as the file allows them")
  func moreDownloads() async throws {
    try await Sandbox.withLab { lab, sandbox in
      try sandbox.configure("downloads: 1\n")
      for number in 1...3 {
        var file = LabFile.safetensors(size: 8 << 20, seed: UInt64(number))
        file.faults.bytesPerSecond = 1 << 14
        lab.addHuggingFace(repo: "org/repo", path: "m\(number).safetensors", file: file)
        let added = try await sandbox.run(
          [
            "add", "--folder", "vae",
            "\(lab.hubEndpoint)/org/repo/blob/main/m\(number).safetensors",
          ])
        #expect(added.status == 0, "\(added.errors)")
      }
      func running() async throws -> Int {
        let status = try await sandbox.run(["status", "--json"])
        let tasks = try json(status.output)["tasks"]?.object
        guard case .integer(let count)? = tasks?["running"] else { return 0 }
        return Int(count)
      }
      #expect(try await eventually { try await running() == 1 })
      let set = try await sandbox.run(["config", "set", "downloads", "3"])
      #expect(set.output.contains("takes it over at once"), "\(set.errors)")
      #expect(try await eventually { try await running() == 3 })
    }
  }
}
