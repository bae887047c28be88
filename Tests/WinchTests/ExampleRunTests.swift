import ComfyAPI
import Foundation
import OriginLab
import TestTerminal
import Testing

@testable import winch

/// The examples of the help and the pages, done with the real binary: each must end well.
@Suite("Examples that are run", .serialized)
struct ExampleRunTests {
  /// Each line once.
  private static let all: [Example] = {
    var lines: Set<String> = []
    return (Example.ofHelp + Example.ofPages).filter { example in
      example.invocations.contains { !$0.isEmpty } && lines.insert(example.line).inserted
    }
  }()

  /// What needs more than this machine, or does not end.
  private static func isLeftOut(_ example: Example) -> Bool {
    let words = example.invocations.joined()
    return words.first == "serve" && !words.contains("--show-key")
      || words.contains("login") || words.contains("--watch") || words.contains("--exec")
      || words.starts(with: ["secrets", "set"]) && !example.line.contains("|")
      || words.contains { $0.hasPrefix("ssh://") } && !words.contains("config")
      || words.contains("gpu") && words.contains("stop")
  }

  private static func named(_ names: Set<String>) -> [Example] {
    all.filter { example in
      !isLeftOut(example) && example.invocations.contains { names.contains($0.first ?? "") }
    }
  }

  private static let settings = named(["config"])
  private static let queue = named(["show", "cancel", "retry", "pause", "resume", "move", "limit"])
  private static let others = all.filter { example in
    !isLeftOut(example) && !settings.contains { $0.line == example.line }
      && !queue.contains { $0.line == example.line }
  }

  @Test("those about settings, each with a config file of its own")
  func aboutSettings() async throws {
    #expect(Self.settings.count > 10)
    for example in Self.settings {
      let sandbox = try Sandbox(variables: ["EDITOR": "true"])
      do {
        try Self.addPrograms(to: sandbox)
        try sandbox.configure(
          """
          profiles: {gpu: {url: "https://gpu.example:8189"}}
          limit_schedule: [{from: "08:00", to: "18:00", limit: 5M}]

          """)
        let result = try await sandbox.shell(example.line)
        #expect(result.status == 0, "\(example): \(result.errors)")
      } catch {
        await sandbox.remove()
        throw error
      }
      await sandbox.remove()
    }
  }

  @Test("those about the queue, while the file in front of it never comes")
  func aboutTheQueue() async throws {
    #expect(Self.queue.count > 10)
    try await Sandbox.withLab { lab, sandbox in
      try Self.addPrograms(to: sandbox)
      try sandbox.configure("downloads: 1\n")
      var ids: [String] = []
      for number in 0..<3 {
        var file = LabFile.safetensors(size: 100_000, seed: UInt64(number))
        file.faults.silentRequests = Set(1...1000)
        lab.addHuggingFace(repo: "org/repo", path: "\(number).safetensors", file: file)
        let added = try await sandbox.run([
          "add", "--json", "https://huggingface.co/org/repo/resolve/main/\(number).safetensors",
        ])
        let download = try WireFormat.decode([String: JSONValue].self, from: added.output.utf8)
        ids.append(try #require(download["id"]?.string))
      }
      for example in Self.queue {
        let line = example.line.replacing("3f2a", with: ids[1]).replacing("91c0", with: ids[2])
        let result = try await sandbox.shell(line)
        #expect(result.status == 0, "\(example): \(result.errors)")
      }
    }
  }

  /// Tokens that must not be seen again, with a log that has everything.
  private static let secrets = [
    "HF_TOKEN": "hf_MARKED01", "CIVITAI_API_TOKEN": "MARKED02",
    "http_proxy": "http://me:MARKED03@127.0.0.1:9", "no_proxy": "*", "WINCH_LOG": "trace",
  ]

  @Test("all others, with a library that has what they name; no output and no file has a token")
  func others() async throws {
    #expect(Self.others.count > 30)
    try await Sandbox.withLab(variables: Self.secrets) { lab, sandbox in
      for token in ["hf_MARKED01", "MARKED02"] { lab.setAccount("ann", forToken: token) }
      try Self.addPrograms(to: sandbox)
      try await Self.fill(sandbox, from: lab)
      for example in Self.others {
        let line = example.line.replacing(/\bURL\b/, with: Self.link("m-fp16"))
        let result = try await sandbox.shell(line)
        #expect(result.status == 0, "\(example): \(result.output)\(result.errors)")
        #expect(!(result.output + result.errors).contains("MARKED"), "\(example)")
      }
      #expect(sandbox.filesContaining("MARKED") == [])
      #expect(
        lab.requests.contains { $0.headers["authorization"]?.contains("hf_MARKED01") == true })
    }
  }

  // MARK: What they find

  private static func link(_ name: String) -> String {
    "https://huggingface.co/org/repo/resolve/main/\(name).safetensors"
  }

  /// Stored files, a workflow and a list of models.
  private static func fill(_ sandbox: Sandbox, from lab: OriginLab) async throws {
    for (seed, name) in ["m", "model", "m-fp8", "m-fp16", "old"].enumerated() {
      lab.addHuggingFace(
        repo: "org/repo", path: "\(name).safetensors",
        file: .safetensors(size: 100_000, seed: UInt64(seed)))
    }
    lab.addCivitai(
      versionID: 827_183, fileName: "style.safetensors",
      file: .safetensors(size: 100_000, seed: 9))
    for (folder, link) in [
      ("checkpoints", link("model")), ("checkpoints", link("m-fp8")), ("vae", link("old")),
      ("loras", "https://civitai.com/api/download/models/827183"),
    ] {
      let added = try await sandbox.run([
        "add", "--wait", "--tag", "production", "--folder", folder, link,
      ])
      try #require(added.status == 0, "\(added.errors)")
    }
    try sandbox.write(link("model") + "\n", to: "urls.txt")
    let workflow = """
      {"nodes": [{"id": 1, "type": "CheckpointLoaderSimple", "mode": 0,
        "widgets_values": ["model.safetensors"],
        "properties": {"models": [{"name": "model.safetensors", "directory": "checkpoints",
          "url": "\(link("model"))"}]}}], "links": [], "version": 0.4}
      """
    try sandbox.write(workflow, to: "flux.json")
    try picture(of: workflow).write(to: sandbox.root.appending(path: "picture.png"))
    try sandbox.write(try await sandbox.run(["export"]).output, to: "models.yaml")
  }

  /// A PNG as ComfyUI saves it: what matters is the text.
  private static func picture(of workflow: String) -> Data {
    let text = Data("workflow\0\(workflow)".utf8)
    let start: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0]
    return Data(start) + Data([UInt8(text.count >> 8), UInt8(text.count & 0xFF)])
      + Data("tEXt".utf8) + text + Data([0, 0, 0, 0])
  }

  /// The programs that the examples name. The other machine is this one.
  private static func addPrograms(to sandbox: Sandbox) throws {
    let programs = [
      "pbpaste": "echo \(link("model"))", "pass": "echo token", "code": "exit 0", "jq": "cat",
      "ssh": "shift; exec \"$@\"",
      "curl":
        "for last; do :; done; case $last in */w.json) cat flux.json;; *) cat models.yaml;; esac",
      "make": "for word; do case $word in ARGS=*) exec winch ${word#ARGS=};; esac; done",
    ]
    for (name, script) in programs {
      try sandbox.write("#!/bin/sh\n\(script)\n", to: "bin/" + name)
      let path = sandbox.root.appending(path: "bin/" + name).path()
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
    try FileManager.default.createSymbolicLink(
      at: sandbox.root.appending(path: "bin/winch"), withDestinationURL: Sandbox.binary)
  }
}

extension Sandbox {
  fileprivate func write(_ text: String, to name: String) throws {
    let file = root.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
}
