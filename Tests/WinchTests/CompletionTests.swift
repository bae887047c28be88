import ArgumentParser
import Foundation
import OriginLab
import TestProcesses
import TestTerminal
import Testing

@testable import winch

/// What the shells' scripts get when they ask the binary.
@Suite("The Tab key", .serialized)
struct CompletionTests {
  /// The words offered for the last word of a line, which is empty.
  private func offered(
    _ sandbox: Sandbox, _ value: String, in line: [String], shell: String = "bash"
  ) async throws -> [String] {
    let commands = line.prefix { !$0.hasPrefix("-") }
    let words = ["winch"] + line + [""]
    let result = try await sandbox.run(
      ["---completion"] + commands + ["--", value, "\(words.count - 1)", "0"] + words,
      variables: ["SAP_SHELL": shell])
    #expect(result.status == 0)
    #expect(result.errors == "")
    return result.output.split(separator: "\n").map(String.init)
  }

  /// Queues a file that is there, with a tag, and one that is missing, and waits for both.
  private func queueTwo(_ lab: OriginLab, _ sandbox: Sandbox, tag: String) async throws {
    let file = LabFile.safetensors(size: 1000, seed: 1)
    lab.addHuggingFace(repo: "org/repo", path: "m.safetensors", file: file)
    for name in ["m", "missing"] {
      _ = try await sandbox.run([
        "add", "--wait", "--folder", "loras/mine", "--tag", tag,
        "\(lab.hubEndpoint)/org/repo/resolve/main/\(name).safetensors",
      ])
    }
  }

  @Test("ids are those that the command can act on, the newest first")
  func ids() async throws {
    try await Sandbox.withLab { lab, sandbox in
      try await queueTwo(lab, sandbox, tag: "style")
      let all = try await offered(sandbox, "positional@0", in: ["show"])
      #expect(all.count == 2)
      #expect(try await offered(sandbox, "positional@0", in: ["retry"]) == [all[0]])
      #expect(try await offered(sandbox, "positional@0", in: ["cancel"]) == [])
      let shown = try await sandbox.run(["show", all[1]])
      #expect(shown.output.contains("m.safetensors"))
    }
  }

  @Test("zsh and fish show what an id stands for")
  func meanings() async throws {
    try await Sandbox.withLab { lab, sandbox in
      try await queueTwo(lab, sandbox, tag: "style")
      let fish = try await offered(sandbox, "positional@0", in: ["retry"], shell: "fish")
      #expect(fish.first?.hasSuffix("\tmissing.safetensors, failed") == true)
      let zsh = try await offered(sandbox, "positional@0", in: ["retry"], shell: "zsh")
      #expect(zsh.first?.hasSuffix(":missing.safetensors, failed") == true)
    }
  }

  @Test("tags and folders are those in use, and the folders that ComfyUI knows")
  func tagsAndFolders() async throws {
    try await Sandbox.withLab { lab, sandbox in
      try await queueTwo(lab, sandbox, tag: "style")
      #expect(try await offered(sandbox, "--tag", in: ["add", "--tag"]) == ["style"])
      let folders = try await offered(sandbox, "--folder", in: ["add", "--folder"])
      #expect(folders.first == "checkpoints")
      #expect(folders.contains("loras/mine"))
    }
  }

  @Test("stored files are offered by folder, tag and name, and where one is meant by id")
  func storedFiles() async throws {
    try await Sandbox.withLab { lab, sandbox in
      try await queueTwo(lab, sandbox, tag: "style")
      for command in [
        ["assets", "ls"], ["assets", "rm"], ["assets", "tag"], ["assets", "meta"], ["verify"],
      ] {
        let words = try await offered(sandbox, "positional@0", in: command)
        #expect(Set(["loras/mine", "style", "m.safetensors"]).isSubset(of: words), "\(command)")
      }
      #expect(
        try await offered(sandbox, "--remove", in: ["assets", "tag", "--remove"]) == ["style"])
      _ = try await sandbox.run(["assets", "meta", "style", "--set", "author=me"])
      #expect(
        try await offered(sandbox, "--unset", in: ["assets", "meta", "--unset"]) == ["author"])
      let one = try await offered(sandbox, "positional@0", in: ["assets", "show"], shell: "fish")
      #expect(one.first == "m.safetensors")
      #expect(one.last?.contains(/^[0-9a-f]{8}\tm\.safetensors$/) == true, "\(one)")
      _ = try await sandbox.run(["stop"])
      #expect(try await offered(sandbox, "positional@0", in: ["assets", "show"]) == [])
    }
  }

  @Test("tokens are offered by name, those that are stored and for a new one the sites")
  func tokens() async throws {
    try await Sandbox.withLab { _, sandbox in
      #expect(
        try await offered(sandbox, "positional@0", in: ["secrets", "set"])
          == ["huggingface", "civitai"])
      #expect(try await offered(sandbox, "positional@0", in: ["secrets", "rm"]) == [])
      for name in ["work", "civitai"] {
        let site = name == "work" ? "huggingface" : name
        let set = try await sandbox.run(
          ["secrets", "set", name, "--provider", site], input: "SECRET\n")
        try #require(set.status == 0, "\(set.errors)")
      }
      #expect(
        Set(try await offered(sandbox, "positional@0", in: ["secrets", "rm"]))
          == ["work", "civitai"])
      let names = try await offered(sandbox, "positional@0", in: ["secrets", "set"])
      #expect(names.sorted() == ["civitai", "huggingface", "work"])
      #expect(names.last == "huggingface")
      let meant = try await offered(sandbox, "positional@0", in: ["secrets", "rm"], shell: "fish")
      #expect(meant.contains("work\thuggingface"), "\(meant)")
      #expect(!names.joined().contains("SECRET"))
    }
  }

  @Test("where nothing was queued, nothing is offered, made or started")
  func nothing() async throws {
    let sandbox = try Sandbox()
    #expect(try await offered(sandbox, "positional@0", in: ["cancel"]) == [])
    #expect(try await offered(sandbox, "--tag", in: ["add", "--tag"]) == [])
    let files = try FileManager.default.contentsOfDirectory(atPath: sandbox.root.path())
    #expect(files.filter { !$0.hasPrefix("out-") && !$0.hasPrefix("err-") } == [])
    await sandbox.remove()
  }

  @Test("a stopped engine is not started, and the journal tells")
  func stoppedEngine() async throws {
    try await Sandbox.withLab { lab, sandbox in
      try await queueTwo(lab, sandbox, tag: "style")
      _ = try await sandbox.run(["stop"])
      #expect(try await offered(sandbox, "positional@0", in: ["show"]).count == 2)
      #expect(try await offered(sandbox, "--tag", in: ["add", "--tag"]) == ["style"])
      #expect(try await sandbox.run(["status"]).status == 69)
    }
  }

  @Test("of a backend elsewhere only the journal is asked, and nothing is reached")
  func elsewhere() async throws {
    try await Sandbox.withLab { lab, sandbox in
      try await queueTwo(lab, sandbox, tag: "style")
      for backend in ["ssh://me@host.invalid", "https://host.invalid"] {
        let line = ["show", "--backend", backend]
        #expect(try await offered(sandbox, "positional@0", in: line) == [])
        #expect(
          try await offered(sandbox, "--tag", in: ["add"] + line.dropFirst() + ["--tag"]) == [])
      }
    }
  }

  @Test("backends are those of the config file, and the built-in ones where it is wrong")
  func backends() async throws {
    let sandbox = try Sandbox()
    try sandbox.configure("profiles:\n  gpu: {url: \"https://gpu:8189\"}\n")
    #expect(
      try await offered(sandbox, "--backend", in: ["ls", "--backend"]) == ["local", "cloud", "gpu"])
    #expect(
      try await offered(sandbox, "positional@0", in: ["config", "login"]) == ["cloud", "gpu"])
    try sandbox.configure("profiles: [")
    #expect(
      try await offered(sandbox, "--backend", in: ["ls", "--backend"]) == ["local", "cloud"])
    await sandbox.remove()
  }

  @Test("bash completes commands, options and ids, and runs nothing that a tag says")
  func bash() async throws {
    try await Sandbox.withLab { lab, sandbox in
      let trap = sandbox.root.appending(path: "trap")
      try await queueTwo(lab, sandbox, tag: "$(touch \(trap.path()))")
      #expect(try await bashOffers(sandbox, ["winch", "ret"]) == ["retry"])
      #expect(try await bashOffers(sandbox, ["winch", "add", "--fol"]) == ["--folder"])
      let list = sandbox.root.appending(path: "list.yaml").path()
      try Data().write(to: URL(filePath: list))
      try Data().write(to: sandbox.root.appending(path: "list.txt"))
      let begun = String(list.dropLast(6))
      #expect(try await bashOffers(sandbox, ["winch", "apply", begun]) == [list])
      let ids = try await offered(sandbox, "positional@0", in: ["retry"])
      #expect(try await bashOffers(sandbox, ["winch", "retry", String(ids[0].prefix(3))]) == ids)
      #expect(try await bashOffers(sandbox, ["winch", "add", "--tag", ""]) == [])
      #expect(!FileManager.default.fileExists(atPath: trap.path()))
    }
  }

  /// What bash would put in place of the last word.
  private func bashOffers(_ sandbox: Sandbox, _ words: [String]) async throws -> [String] {
    let script = sandbox.root.appending(path: "completion.bash")
    let result = try await sandbox.run(["--generate-completion-script", "bash"])
    #expect(result.status == 0, "\(result.output)")
    try Data(result.output.utf8).write(to: script)
    let output = sandbox.root.appending(path: "offers")
    try Data().write(to: output)
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["--norc", "-c", Self.driver, script.path(), Sandbox.binary.path()] + words
    process.environment = sandbox.environment
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardInput = FileHandle.nullDevice
    #expect(try await process.runToEnd() == 0)
    return try String(contentsOf: output, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  /// Calls the function as bash does when Tab is pressed behind the last word.
  private static let driver = """
    source "$0"; binary=$1; shift
    shift; COMP_WORDS=("$binary" "$@") COMP_CWORD=$#
    COMP_LINE="${COMP_WORDS[*]}"; COMP_POINT=${#COMP_LINE}
    _winch "$binary" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
    [ ${#COMPREPLY[@]} -eq 0 ] || printf '%s\\n' "${COMPREPLY[@]}"
    """
}

@Suite("A word for the shell")
struct CompletionWordTests {
  @Test(
    "what a shell could take for more than a word is not offered",
    arguments: [
      "", "-x", "~root", "$(id)", "`id`", "a b", "a;b", "a'b", "a\"b", "a\\b", "a*", "a\nb",
      "\u{1B}[31m", "a\u{202E}b", "a{b,c}", "a=b", String(repeating: "x", count: 256),
    ])
  func refused(text: String) {
    #expect(CompletionWord(text) == nil)
  }

  @Test(
    "names of models, folders and tags are",
    arguments: ["loras/mine", "v1.5_fp16", "Größe", "模型", "base:sdxl", "a@b+c"])
  func offered(text: String) {
    #expect(CompletionWord(text)?.line(for: .bash) == text)
  }

  @Test("its meaning is harmless and short, and zsh's colons are marked")
  func meaning() {
    let word = CompletionWord("a:b", meaning: "x\u{1B}[2J\ty" + String(repeating: "z", count: 99))
    let meaning = "x\u{FFFD}[2J y" + String(repeating: "z", count: 53)
    #expect(word?.line(for: .fish) == "a:b\t" + meaning)
    #expect(word?.line(for: .zsh) == "a\\:b:" + meaning)
  }

  @Test(
    "the backend that the line names is taken",
    arguments: [
      ["winch", "ls", "--backend", "gpu"], ["winch", "ls", "--backend=gpu"],
      ["winch", "ls", "--backend", "=", "gpu"], ["winch", "--backend", "gpu", "ls"],
    ])
  func backend(words: [String]) {
    #expect(CompletionSource.backend(in: words) == "gpu")
  }

  @Test("a line that ends at --backend names none")
  func noBackend() {
    #expect(CompletionSource.backend(in: ["winch", "ls", "--backend"]) == nil)
    #expect(CompletionSource.backend(in: ["winch", "ls", "--backend", ""]) == nil)
  }
}
