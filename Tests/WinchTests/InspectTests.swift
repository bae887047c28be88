import ComfyAPI
import Foundation
import OriginLab
import TestTerminal
import Testing

@testable import winch

/// Links that mean several files, in the real binary.
@Suite("Inspecting and choosing", .serialized)
struct InspectTests {
  private func withRepository(
    _ body: (OriginLab, Sandbox) async throws -> Void
  ) async throws {
    try await Sandbox.withLab { lab, sandbox in
      lab.addHuggingFace(
        repo: "org/repo", path: "vae/ae-fp16.safetensors",
        file: .safetensors(size: 4000, seed: 1))
      lab.addHuggingFace(
        repo: "org/repo", path: "unet/model-Q4_K_M.safetensors",
        file: .safetensors(size: 5000, seed: 2))
      lab.addHuggingFace(repo: "org/repo", path: "README.md", file: LabFile(size: 10, seed: 3))
      try await body(lab, sandbox)
    }
  }

  @Test("inspect lists a repository with sizes, formats, precision and folders")
  func lists() async throws {
    try await withRepository { lab, sandbox in
      let result = try await sandbox.run(["inspect", "\(lab.hubEndpoint)/org/repo"])
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.output.contains("licence        apache-2.0"))
      #expect(
        result.output.contains(
          "  4.0 kB  safetensors  fp16    vae               vae/ae-fp16.safetensors"),
        "\(result.output)")
      #expect(lab.bytesSentByContentHost == 0)
    }
  }

  @Test("inspect --json of a file has the contract's fields, and reads its header")
  func json() async throws {
    try await withRepository { lab, sandbox in
      let link = "\(lab.hubEndpoint)/org/repo/blob/main/vae/ae-fp16.safetensors"
      let result = try await sandbox.run(["inspect", "--json", link])
      #expect(result.status == 0, "\(result.errors)")
      let json = try WireFormat.decode([String: JSONValue].self, from: result.output.utf8)
      #expect(json["content_length"] == 4000)
      #expect(json["filename"] == "ae-fp16.safetensors")
      #expect(json["folder_reason"] == "it stands in vae/")
      #expect(json["precision"] == "U8")
      #expect(json["reference"]?.string?.hasSuffix("/resolve/main/vae/ae-fp16.safetensors") == true)
    }
  }

  @Test("inspect refuses a web page in place of a model, after one small request")
  func webPage() async throws {
    try await withRepository { lab, sandbox in
      var page = LabFile(size: 500_000, seed: 4)
      page.faults.htmlInsteadOfFile = true
      lab.addHuggingFace(repo: "org/bad", path: "m.safetensors", file: page)
      let result = try await sandbox.run(
        ["inspect", "\(lab.hubEndpoint)/org/bad/resolve/main/m.safetensors"])
      #expect(result.status != 0)
      #expect(result.errors.contains("web page"), "\(result.errors)")
    }
  }

  @Test("a repository with several models is not guessed at: status 65, with the list")
  func ambiguous() async throws {
    try await withRepository { lab, sandbox in
      let result = try await sandbox.run(["add", "\(lab.hubEndpoint)/org/repo"])
      #expect(result.status == 65)
      #expect(result.errors.contains("vae/ae-fp16.safetensors"))
      #expect(result.errors.contains("--include"))
      #expect(try await sandbox.run(["ls", "--json"]).output == "{\"downloads\":[]}\n")
    }
  }

  @Test(
    "--include, --file and --all say which",
    arguments: [
      (["--include", "*fp16*"], 1), (["--file", "model-Q4_K_M.safetensors"], 1), (["--all"], 2),
    ])
  func chosen(options: [String], count: Int) async throws {
    try await withRepository { lab, sandbox in
      let result = try await sandbox.run(
        ["add", "--wait", "--json"] + options + ["\(lab.hubEndpoint)/org/repo"])
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.output.split(separator: "\n").count == count)
    }
  }

  @Test("a choice that matches nothing is refused with status 65")
  func nothing() async throws {
    try await withRepository { lab, sandbox in
      for options in [["--include", "*.gguf"], ["--file", "absent"]] {
        let result = try await sandbox.run(["add"] + options + ["\(lab.hubEndpoint)/org/repo"])
        #expect(result.status == 65, "\(result.errors)")
      }
    }
  }

  @Test("a model's page is its newest version's primary file")
  func civitaiPage() async throws {
    try await withRepository { lab, sandbox in
      let file = LabFile.safetensors(size: 3000, seed: 7)
      lab.addCivitai(versionID: 77, fileName: "s.safetensors", file: file, modelType: "LORA")
      lab.addCivitaiFile(
        to: 77, fileName: "o.safetensors", file: .safetensors(size: 2000, seed: 8))
      let result = try await sandbox.run(
        ["add", "--wait", "--json", "\(lab.civitaiEndpoint)/models/78"])
      #expect(result.status == 0, "\(result.errors)")
      #expect(sandbox.model("loras/s.safetensors")?.count == 3000)
      #expect(sandbox.model("loras/o.safetensors") == nil)
    }
  }

  @Test(
    "numbers are read as people write them",
    arguments: [
      ("1 3-5", [1, 3, 4, 5]), ("2,1,2", [2, 1]), ("6", [6]), ("0", nil), ("7", nil), ("3-1", nil),
      ("x", nil), ("", nil), ("1-", nil),
    ])
  func numbers(text: String, values: [Int]?) {
    #expect(NumberList(text, upTo: 6)?.values == values)
  }
}
