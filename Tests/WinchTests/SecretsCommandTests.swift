import ComfyAPI
import Foundation
import OriginLab
import TestTerminal
import Testing

/// `winch secrets`, in the real binary.
@Suite("Stored tokens", .serialized)
struct SecretsCommandTests {
  private static let token = "hf_SECRETtoken"

  @Test("an engine stores a token, replaces and removes it, and its downloads take it along")
  func engine() async throws {
    try await Sandbox.withLab { lab, sandbox in
      #expect(try await sandbox.run(["secrets", "ls"]).errors.contains("No token is stored"))
      let set = try await sandbox.run(["secrets", "set", "huggingface"], input: "SECRETold\n")
      #expect(set.status == 0, "\(set.errors)")
      #expect(set.output == "The token huggingface is stored at local.\n")
      let again = try await sandbox.run(
        ["secrets", "set", "huggingface"], input: " \(Self.token) \n")
      #expect(again.status == 0, "\(again.errors)")
      let list = try await sandbox.run(["secrets", "ls"])
      #expect(
        list.output.contains(/^huggingface  huggingface  set \d{4}-\d\d-\d\d\n$/), "\(list.output)")
      lab.addHuggingFace(
        repo: "org/repo", path: "m.safetensors", file: .safetensors(size: 1000, seed: 1),
        access: .requiresToken(Self.token))
      let added = try await sandbox.run([
        "add", "--wait", "--folder", "vae",
        "\(lab.hubEndpoint)/org/repo/resolve/main/m.safetensors",
      ])
      #expect(added.status == 0, "\(added.errors)")
      #expect(try await sandbox.run(["secrets", "rm", "huggingface"]).status == 0)
      #expect(try await sandbox.run(["secrets", "ls", "--json"]).output == "{\"data\":[]}\n")
    }
  }

  @Test("no token is printed or written down but in the file of the engine's secrets")
  func secret() async throws {
    let sandbox = try Sandbox()
    var printed = ""
    for (arguments, input) in [
      (["set", "huggingface"], Self.token), (["set", "--json", "huggingface"], Self.token),
      (["set", "civitai"], "SECRET two words"), (["set", "huggingface", Self.token], ""),
      (["set", Self.token], Self.token), (["set", "work", "--provider", "civitai"], Self.token),
      (["set", "more", "--provider", "civitai"], Self.token),
      (["set", "other"], Self.token), (["set", "other", "--provider", "githb"], Self.token),
      (["ls"], ""), (["ls", "--json"], ""), (["rm", "nothing"], ""), (["rm", "work"], ""),
    ] {
      let result = try await sandbox.run(["secrets"] + arguments, input: input)
      printed += result.output + result.errors
    }
    #expect(!printed.contains("SECRET"), "\(printed)")
    #expect(sandbox.filesContaining("SECRET").count == 1)
    _ = try await sandbox.run(["secrets", "rm", "huggingface"])
    #expect(sandbox.filesContaining("SECRET") == [])
    await sandbox.remove()
  }

  @Test(
    "what cannot be stored is said, and nothing is",
    arguments: [
      (["huggingface"], "", 65, "No token was given."),
      (["huggingface"], "two words", 65, "This is not a token"),
      (["work"], "x", 64, "--provider"), (["work", "--provider", "civitia"], "x", 65, "civitai?"),
      (["huggingface", "x"], "x", 64, "does not belong on the command line"),
    ] as [([String], String, Int32, String)])
  func refused(arguments: [String], input: String, status: Int32, words: String) async throws {
    let sandbox = try Sandbox()
    let result = try await sandbox.run(["secrets", "set"] + arguments, input: input)
    #expect(result.status == status)
    #expect(result.errors.contains(words), "\(result.errors)")
    #expect(try await sandbox.run(["secrets", "ls", "--json"]).output == "{\"data\":[]}\n")
    await sandbox.remove()
  }

  @Test("Comfy Cloud stores a token of any name for a site, and one for each site")
  func cloud() async throws {
    try await CloudBench.withRunning { bench in
      let sandbox = bench.sandbox
      let set = try await sandbox.run(
        ["secrets", "set", "work", "--provider", "huggingface"], input: Self.token)
      #expect(set.status == 0, "\(set.errors)")
      #expect(bench.lab.storedSecrets.map(\.value) == [Self.token])
      let second = try await sandbox.run(
        ["secrets", "set", "home", "--provider", "huggingface"], input: "other")
      #expect(second.status == 65)
      #expect(second.errors.contains("winch secrets set work replaces it."), "\(second.errors)")
      let bySite = try await sandbox.run(["secrets", "set", "huggingface"], input: "newer")
      #expect(bySite.output == "The token work is stored at cloud.\n", "\(bySite.errors)")
      #expect(bench.lab.storedSecrets.map(\.value) == ["newer"])
      let unknown = try await sandbox.run(["secrets", "rm", "wrok"])
      #expect(unknown.status == 65)
      #expect(unknown.errors.contains("There are: work."))
      #expect(try await sandbox.run(["secrets", "rm", "huggingface"]).status == 0)
      #expect(bench.lab.storedSecrets == [])
      #expect(sandbox.filesContaining(Self.token) == [])
    }
  }

  @Test("a token is not sent over plain http to another machine, and it is not asked for")
  func insecure() async throws {
    let sandbox = try Sandbox(variables: ["WINCH_API_KEY": "k"])
    let result = try await sandbox.run(
      ["secrets", "set", "huggingface", "--backend", "http://192.0.2.1:8189"], input: Self.token)
    #expect(result.status == 77, "\(result.errors)")
    #expect(sandbox.filesContaining("SECRET") == [])
    await sandbox.remove()
  }

  @Test("a backend that keeps no tokens says so with 69")
  func without() async throws {
    try await CloudBench.withRunning { bench in
      bench.lab.inject(.refuse(404), on: "GET /api/secrets")
      let result = try await bench.sandbox.run(["secrets", "ls"])
      #expect(result.status == 69)
      #expect(result.errors.contains("cloud keeps no tokens."), "\(result.errors)")
    }
  }

  @Test("on a terminal the token that is typed never appears on the screen")
  func hidden() async throws {
    let sandbox = try Sandbox()
    let terminal = try TmuxTerminal(sandbox)
    try terminal.type("'\(Sandbox.binary.path())' secrets set huggingface; echo status $?")
    try terminal.press("Enter")
    #expect(await terminal.shows("Token for huggingface:"), "\(terminal.text)")
    try terminal.type(Self.token)
    try terminal.press("Enter")
    #expect(await terminal.shows("is stored at local", "status 0"), "\(terminal.text)")
    #expect(!terminal.history.contains("SECRET"))
    terminal.close()
    await sandbox.remove()
  }
}
