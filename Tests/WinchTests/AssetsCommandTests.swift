import ComfyAPI
import Foundation
import OriginLab
import TestTerminal
import Testing

/// `winch assets`, in the real binary.
@Suite("Commands for what is stored", .serialized)
struct AssetsCommandTests {
  /// An engine's library: a checkpoint and two LoRAs with a tag.
  private func withLibrary(_ body: (Sandbox) async throws -> Void) async throws {
    try await Sandbox.withLab { lab, sandbox in
      let files = [("checkpoints", "base"), ("loras", "ink"), ("loras", "oil")]
      for (seed, (folder, name)) in files.enumerated() {
        lab.addHuggingFace(
          repo: "org/repo", path: "\(name).safetensors",
          file: .safetensors(size: 100_000 * (seed + 1), seed: UInt64(seed)))
        let added = try await sandbox.run([
          "add", "--wait", "--folder", folder, "--tag", "mine",
          "\(lab.hubEndpoint)/org/repo/resolve/main/\(name).safetensors",
        ])
        try #require(added.status == 0, "\(added.errors)")
      }
      try await body(sandbox)
    }
  }

  /// The names that are listed.
  private func names(_ sandbox: Sandbox, _ arguments: String...) async throws -> [String] {
    let result = try await sandbox.run(["assets", "ls"] + arguments)
    #expect(result.status == 0, "\(result.errors)")
    return result.output.matches(of: /\/(\w+)\.safetensors/).map { String($0.1) }
  }

  private func objects(_ output: String) throws -> [[String: JSONValue]] {
    try output.split(separator: "\n").map {
      try WireFormat.decode([String: JSONValue].self, from: $0.utf8)
    }
  }

  /// The users' metadata of each file that is printed, as JSON.
  private func given(_ output: String) throws -> [String] {
    try objects(output).map { try WireFormat.encodeText($0["user_metadata"] ?? .null) }
  }

  @Test("lists what words choose, what matches filters, and in the order of a column")
  func list() async throws {
    try await withLibrary { sandbox in
      #expect(try await names(sandbox) == ["oil", "ink", "base"])
      #expect(try await names(sandbox, "--reverse") == ["base", "ink", "oil"])
      #expect(try await names(sandbox, "--sort", "name") == ["base", "ink", "oil"])
      #expect(try await names(sandbox, "loras") == ["oil", "ink"])
      #expect(try await names(sandbox, "i*", "checkpoints") == ["ink", "base"])
      #expect(try await names(sandbox, "size>150k") == ["oil", "ink"])
      #expect(try await names(sandbox, "tag:mine", "size<250k & !name:base") == ["ink"])
      #expect(try await names(sandbox, "--filter", "tag:mine", "state:unverified") == [])
      let plain = try await sandbox.run(["assets", "ls", "ink.safetensors"])
      #expect(
        plain.output.contains(/^[0-9a-f]{8}  verified  200 kB  mine  loras\/ink\.safetensors\n$/),
        "\(plain.output)")
      let json = try await sandbox.run(["assets", "ls", "--json", "ink.safetensors"])
      guard case .array(let assets)? = try objects(json.output).first?["assets"] else {
        Issue.record("\(json.output)")
        return
      }
      #expect(assets.count == 1)
      #expect(assets.first?.object?["path"] == "models/loras/ink.safetensors")
      #expect(assets.first?.object?["verified"] == true)
    }
  }

  @Test("a word that means nothing, or more than one file, is answered with what there is")
  func unknown() async throws {
    try await withLibrary { sandbox in
      let unknown = try await sandbox.run(["assets", "ls", "lorsa"])
      #expect(unknown.status == 65)
      #expect(unknown.errors == "Nothing stored is called lorsa.\nDid you mean loras?\n")
      let far = try await sandbox.run(["assets", "rm", "--yes", "something-else"])
      #expect(far.status == 65)
      #expect(far.errors.contains("winch assets ls lists what there is"), "\(far.errors)")
      let several = try await sandbox.run(["assets", "show", "loras"])
      #expect(several.status == 65)
      #expect(several.errors.contains("loras could be any of 2 stored files."))
      #expect(several.errors.contains(/\n  [0-9a-f]{8}  loras\/ink\.safetensors\n/))
      #expect(try await sandbox.run(["assets", "rm", "--yes", ""]).status == 64)
      #expect(try await sandbox.run(["assets", "ls", "--sort", "speed"]).status == 64)
      #expect(try await sandbox.run(["assets", "ls", "siz>5G"]).status == 64)
      #expect(try await names(sandbox).count == 3)
    }
  }

  @Test("shows all that is known of one file, by its name or the beginning of its id")
  func show() async throws {
    try await withLibrary { sandbox in
      let json = try await sandbox.run(["assets", "show", "--json", "ink.safetensors"])
      let asset = try #require(try objects(json.output).first)
      let id = try #require(asset["id"]?.string)
      #expect(asset["source_url"]?.string?.hasSuffix("ink.safetensors") == true)
      let text = try await sandbox.run(["assets", "show", String(id.prefix(8))])
      #expect(text.status == 0, "\(text.errors)")
      #expect(text.output.contains("Name              ink.safetensors\n"), "\(text.output)")
      #expect(text.output.contains("Asset             \(id)\n"))
      let path = sandbox.root.appending(path: "models/loras/ink.safetensors").path()
      #expect(text.output.contains("Path              \(path)\n"), "\(text.output)")
    }
  }

  @Test("adds and takes away tags, and --dry-run only says where")
  func tag() async throws {
    try await withLibrary { sandbox in
      let rehearsal = try await sandbox.run(
        ["assets", "tag", "--dry-run", "loras", "--add", "style"])
      #expect(rehearsal.output.contains("would be tagged: loras/ink.safetensors"))
      #expect(rehearsal.errors.contains("Nothing was done"))
      #expect(try await names(sandbox, "--filter", "tag:style") == [])
      let tagged = try await sandbox.run(
        ["assets", "tag", "loras", "--add", "style", "--add", "v2", "--remove", "mine"])
      #expect(tagged.status == 0, "\(tagged.errors)")
      #expect(tagged.output.contains("tagged: loras/ink.safetensors  (style, v2)\n"))
      #expect(try await names(sandbox, "tag:style") == ["oil", "ink"])
      #expect(try await names(sandbox, "tag:mine") == ["base"])
      let json = try await sandbox.run(
        ["assets", "tag", "--json", "ink.safetensors", "--remove", "v2"])
      let tags = try #require(try objects(json.output).first?["tags"])
      #expect(tags == .array(["models", "model_type:loras", "style"]))
    }
  }

  @Test(
    "tags that cannot be are refused before anything is asked",
    arguments: [
      (["loras"], 64), (["--add", "a"], 64), (["loras", "--add", "a", "--remove", "a"], 64),
      (["loras", "--add", "a,b"], 65), (["loras", "--add", "models"], 65),
    ] as [([String], Int32)])
  func badTags(arguments: [String], status: Int32) async throws {
    let sandbox = try Sandbox()
    #expect(try await sandbox.run(["assets", "tag"] + arguments).status == status)
    #expect(try await sandbox.run(["status"]).status == 69, "no engine was started")
    await sandbox.remove()
  }

  @Test("sets metadata and takes it away, keeps what is not named, and --dry-run only says where")
  func metadata() async throws {
    try await withLibrary { sandbox in
      let none = try await sandbox.run(["assets", "meta", "loras"])
      #expect(none.status == 0)
      #expect(none.output == "loras/oil.safetensors\nloras/ink.safetensors\n")
      #expect(none.errors == "There is no metadata: --set KEY=VALUE gives some.\n")
      let set = try await sandbox.run(
        ["assets", "meta", "ink.safetensors", "--set", "author=me", "--set", "note=a=b"])
      #expect(set.status == 0, "\(set.errors)")
      #expect(set.output == "changed: loras/ink.safetensors  (author=me, note=a=b)\n")
      let rehearsal = try await sandbox.run(
        ["assets", "meta", "--dry-run", "loras", "--set", "author=me"])
      #expect(
        rehearsal.output == "would be changed: loras/oil.safetensors\n", "\(rehearsal.errors)")
      #expect(rehearsal.errors == "Nothing was done, because of --dry-run.\n")
      let changed = try await sandbox.run(
        ["assets", "meta", "--json", "loras", "--json-value", "rating=5", "--unset", "note"])
      #expect(changed.status == 0, "\(changed.errors)")
      #expect(
        try given(changed.output) == [#"{"rating":5}"#, #"{"author":"me","rating":5}"#])
      let shown = try await sandbox.run(["assets", "meta", "loras"])
      #expect(
        shown.output == """
          loras/oil.safetensors
            rating=5
          loras/ink.safetensors
            author=me
            rating=5

          """)
      #expect(try await names(sandbox, "meta:author=me") == ["ink"])
    }
  }

  @Test("a key that no file has is said, with the one that may be meant, and a null takes one away")
  func unknownMetadata() async throws {
    try await withLibrary { sandbox in
      _ = try await sandbox.run(["assets", "meta", "loras", "--set", "author=me"])
      let unknown = try await sandbox.run(["assets", "meta", "loras", "--unset", "autor"])
      #expect(unknown.status == 0)
      #expect(
        unknown.errors == "There is no autor to take away.\nDid you mean author?\n",
        "\(unknown.errors)")
      let gone = try await sandbox.run(
        ["assets", "meta", "--json", "ink.safetensors", "--json-value", "author=null"])
      #expect(try given(gone.output) == ["{}"])
    }
  }

  @Test("metadata that an engine does not take ends with 65, and what was there stays")
  func tooMuchMetadata() async throws {
    try await withLibrary { sandbox in
      let long = String(repeating: "x", count: 70_000)
      let refused = try await sandbox.run(
        ["assets", "meta", "ink.safetensors", "--set", "note=\(long)"])
      #expect(refused.status == 65, "\(refused.errors)")
      #expect(refused.errors.contains("64 KiB"), "\(refused.errors)")
      let shown = try await sandbox.run(["assets", "meta", "--json", "ink.safetensors"])
      #expect(try given(shown.output) == ["{}"])
    }
  }

  @Test(
    "metadata that cannot be is refused before anything is asked",
    arguments: [
      ([], 64, "winch assets meta"), (["a", "--dry-run"], 64, "--set KEY=VALUE"),
      (["a", "--set", "x=1", "--unset", "x"], 64, "in one of"),
      (["a", "--set", "x=1", "--json-value", "x=1"], 64, "in one of"),
      (["a", "--set", "author"], 65, "key=value"), (["a", "--set", ""], 65, "--set KEY=VALUE"),
      (["a", "--unset", " "], 65, "--unset KEY"), (["a", "--json-value", "x"], 65, "rating=5"),
      (["a", "--json-value", "x=me"], 65, #"x='"text"'"#),
    ] as [([String], Int32, String)])
  func badMetadata(arguments: [String], status: Int32, advice: String) async throws {
    let sandbox = try Sandbox()
    let result = try await sandbox.run(["assets", "meta"] + arguments)
    #expect(result.status == status, "\(result.errors)")
    #expect(result.errors.contains(advice), "\(result.errors)")
    #expect(try await sandbox.run(["status"]).status == 69, "no engine was started")
    await sandbox.remove()
  }

  @Test("a name is one of the lists, and the file keeps its own")
  func rename() async throws {
    try await withLibrary { sandbox in
      let renamed = try await sandbox.run(["assets", "rename", "ink.safetensors", "Ink style"])
      #expect(renamed.status == 0, "\(renamed.errors)")
      #expect(renamed.output.contains("ink.safetensors is called Ink style from now on"))
      #expect(sandbox.model("loras/ink.safetensors") != nil)
      let shown = try await sandbox.run(["assets", "show", "--json", "Ink style"])
      #expect(try objects(shown.output).first?["path"] == "models/loras/ink.safetensors")
      #expect(try await sandbox.run(["assets", "rename", "Ink style", "a/../b"]).status == 65)
      #expect(try await sandbox.run(["assets", "rename", "Ink style", " "]).status == 65)
    }
  }

  @Test("deletes what is chosen with its file, only after a yes, and nothing else")
  func remove() async throws {
    try await withLibrary { sandbox in
      let asked = try await sandbox.run(["assets", "rm", "loras"], input: "y\n")
      #expect(asked.status == 64)
      #expect(asked.errors.contains("needs --yes"), "\(asked.errors)")
      let rehearsal = try await sandbox.run(["assets", "rm", "--dry-run", "loras"])
      #expect(rehearsal.output.contains("would be deleted: loras/ink.safetensors"))
      #expect(try await names(sandbox).count == 3)
      let removed = try await sandbox.run(["assets", "rm", "--yes", "ink.safetensors"])
      #expect(removed.status == 0, "\(removed.errors)")
      #expect(removed.output == "deleted: loras/ink.safetensors  (mine)\n")
      #expect(sandbox.model("loras/ink.safetensors") == nil)
      #expect(sandbox.model("loras/oil.safetensors") != nil)
      let forgotten = try await sandbox.run(["assets", "rm", "--yes", "--keep-file", "loras"])
      #expect(forgotten.output.hasPrefix("forgotten: loras/oil.safetensors"))
      #expect(sandbox.model("loras/oil.safetensors") != nil)
      #expect(try await names(sandbox) == ["base"])
    }
  }

  @Test("a file that somebody has changed is left alone, and the others go")
  func changed() async throws {
    try await withLibrary { sandbox in
      let file = sandbox.root.appending(path: "models/loras/ink.safetensors")
      try Data("mine now".utf8).write(to: file)
      let result = try await sandbox.run(["assets", "rm", "--yes", "--json", "loras"])
      #expect(result.status == 1)
      #expect(result.errors.hasPrefix("loras/ink.safetensors: "), "\(result.errors)")
      #expect(try objects(result.output).map { $0["name"] } == ["oil.safetensors"])
      #expect(try Data(contentsOf: file) == Data("mine now".utf8))
    }
  }

  @Test("on a terminal it shows what goes, and anything but yes deletes nothing")
  func question() async throws {
    try await withLibrary { sandbox in
      let terminal = try TmuxTerminal(sandbox)
      defer { terminal.close() }
      try terminal.type("'\(Sandbox.binary.path())' assets rm loras; echo status $?")
      try terminal.press("Enter")
      let question = "Delete these 2 files (500 kB) from the disk? [y/N]"
      #expect(await terminal.shows("loras/ink.safetensors", question), "\(terminal.text)")
      try terminal.press("Enter")
      #expect(await terminal.shows("Nothing was deleted.", "status 1"), "\(terminal.text)")
      #expect(try await names(sandbox).count == 3)
    }
  }

  @Test("Comfy Cloud's files are listed, tagged, renamed and deleted as well")
  func cloud() async throws {
    try await CloudBench.withRunning { bench in
      for link in CloudBench.links(2) { bench.lab.store(link) }
      let sandbox = bench.sandbox
      #expect(try await names(sandbox, "loras") == ["10001", "10000"])
      let tagged = try await sandbox.run(["assets", "tag", "10000*", "--add", "mine"])
      #expect(tagged.status == 0, "\(tagged.errors)")
      #expect(try await names(sandbox, "tag:mine") == ["10000"])
      let noted = try await sandbox.run(["assets", "meta", "tag:mine", "--set", "author=me"])
      #expect(noted.status == 0, "\(noted.errors)")
      #expect(noted.output.hasSuffix("(author=me)\n"), "\(noted.output)")
      let kept = try await sandbox.run(["assets", "rm", "--yes", "--keep-file", "loras"])
      #expect(kept.status == 69)
      #expect(kept.errors.contains("cloud cannot forget a file and keep it."), "\(kept.errors)")
      let renamed = try await sandbox.run(["assets", "rename", "tag:mine", "mine"])
      #expect(renamed.status == 0, "\(renamed.errors)")
      #expect(try await sandbox.run(["assets", "rm", "--yes", "mine"]).status == 0)
      #expect(try await names(sandbox) == ["10001"])
    }
  }

  @Test("a backend that does not answer, refuses, or keeps no library ends it with its status")
  func failures() async throws {
    try await CloudBench.withRunning { bench in
      let away = ["COMFY_CLOUD_BASE_URL": "http://127.0.0.1:9"]
      #expect(try await bench.sandbox.run(["assets", "ls"], variables: away).status == 69)
      let wrong = ["COMFY_CLOUD_API_KEY": "comfyui-other"]
      #expect(try await bench.sandbox.run(["assets", "ls"], variables: wrong).status == 77)
      bench.lab.inject(.refuse(404), on: "GET /api/assets")
      let none = try await bench.sandbox.run(["assets", "ls"])
      #expect(none.status == 69)
      #expect(none.errors.contains("cloud does not tell what it has stored."), "\(none.errors)")
    }
  }
}
