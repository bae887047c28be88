import ComfyAPI
import Foundation
import TestTerminal
import Testing

/// The real binary, its keys and its config file.
@Suite("Keys and places", .serialized)
struct LoginTests {
  private func with(
    _ body: (AccountServer, Sandbox) async throws -> Void
  ) async throws {
    try await AccountServer.withRunning { account in
      let sandbox = try Sandbox(variables: ["COMFY_CLOUD_BASE_URL": account.address])
      do {
        try await body(account, sandbox)
      } catch {
        await sandbox.remove()
        throw error
      }
      await sandbox.remove()
    }
  }

  @Test("a key from standard input is checked, stored for its owner alone, and then used")
  func login() async throws {
    try await with { account, sandbox in
      let login = try await sandbox.run(["config", "login"], input: "  \(AccountServer.key)\n")
      #expect(login.status == 0, "\(login.errors)")
      #expect(login.output.contains(sandbox.credentials.path()))
      #expect(login.output.contains("--backend local"))
      #expect(account.received("X-API-Key") == [AccountServer.key])
      let attributes = try FileManager.default.attributesOfItem(
        atPath: sandbox.credentials.path())
      #expect(attributes[.posixPermissions] as? Int == 0o600)

      let list = try await sandbox.run(["ls", "--json"])
      #expect(list.status == 0, "\(list.errors)")
      #expect(account.received("X-API-Key").count > 1, "the cloud is the default now")
      let show = try await sandbox.run(["config", "show"])
      #expect(show.output.contains("key set, from \(sandbox.credentials.path())"))
      let json = try await sandbox.run(["config", "show", "--json"])
      let shown = try WireFormat.decode([String: JSONValue].self, from: json.output.utf8)
      #expect(shown["backend"]?.object?["value"] == "cloud")

      let logout = try await sandbox.run(["config", "logout"])
      #expect(logout.status == 0)
      #expect(!FileManager.default.fileExists(atPath: sandbox.credentials.path()))
      let after = try await sandbox.run(["config", "show", "--json"])
      #expect(after.output.contains(#""value":"local""#))
    }
  }

  @Test("no key is printed or written down but where it is stored")
  func secret() async throws {
    try await with { _, sandbox in
      var printed = ""
      for (arguments, input) in [
        (["config", "login", "--json"], AccountServer.key), (["config", "login"], "SECRETwrong"),
        (["config", "login"], "SECRET two words"), (["config", "login", "SECRETname"], "x"),
        (["config", "login", "comfyui-SECRETname"], "x"),
        (["config", "show"], ""), (["config", "show", "--json"], ""),
        (["add", "--wait", "--json", "https://huggingface.co/o/r/blob/main/m.safetensors"], ""),
        (["ls", "--json"], ""), (["config", "logout", "gpu"], ""),
      ] {
        let result = try await sandbox.run(arguments, input: input)
        printed += result.output + result.errors
      }
      #expect(!printed.contains("SECRET"), "\(printed)")
      #expect(sandbox.filesContaining("SECRET") == ["config/winch/credentials.yaml"])
    }
  }

  @Test("a key that the backend refuses is not stored, and the status is 77")
  func refused() async throws {
    try await with { _, sandbox in
      let result = try await sandbox.run(["config", "login"], input: "comfyui-other")
      #expect(result.status == 77)
      #expect(result.errors.contains("Nothing was stored."))
      #expect(!FileManager.default.fileExists(atPath: sandbox.credentials.path()))
    }
  }

  @Test("a key that is refused later ends a command with status 77, and says how to mend it")
  func revoked() async throws {
    try await with { _, sandbox in
      _ = try await sandbox.run(["config", "login", "--no-check"], input: "comfyui-old")
      let list = try await sandbox.run(["ls"])
      #expect(list.status == 77)
      #expect(list.errors.contains("Bad key."))
      #expect(list.errors.contains("winch config login"))
      let link = "https://huggingface.co/o/n/resolve/main/m.safetensors"
      let add = try await sandbox.run(["add", link])
      #expect(add.status == 77)
      #expect(add.errors.contains("The downloads are kept"))
    }
  }

  @Test("a backend that does not answer is said with status 69, and --no-check stores all the same")
  func unreachable() async throws {
    try await with { _, sandbox in
      let away = ["COMFY_CLOUD_BASE_URL": "http://127.0.0.1:9"]
      let result = try await sandbox.run(["config", "login"], input: "k", variables: away)
      #expect(result.status == 69)
      #expect(result.errors.contains("--no-check"))
      let unchecked = try await sandbox.run(
        ["config", "login", "--no-check"], input: "k", variables: away)
      #expect(unchecked.status == 0, "\(unchecked.errors)")
    }
  }

  @Test("a backend that redirects is no place for a key: the other host hears nothing")
  func redirect() async throws {
    try await with { other, sandbox in
      try await AccountServer.withRunning(redirectingTo: other.address) { account in
        let result = try await sandbox.run(
          ["config", "login"], input: AccountServer.key,
          variables: ["COMFY_CLOUD_BASE_URL": account.address])
        #expect(result.status == 69)
        #expect(result.errors.contains("127.0.0.1"), "\(result.errors)")
        #expect(account.received("X-API-Key") == [AccountServer.key])
        #expect(other.received("X-API-Key") == [])
      }
    }
  }

  @Test("a key is neither asked for nor sent over plain http to another machine")
  func insecure() async throws {
    try await with { _, sandbox in
      let result = try await sandbox.run(
        ["config", "login", "http://192.0.2.1:8189"], input: AccountServer.key)
      #expect(result.status == 77)
      #expect(result.errors.contains("https"))
      #expect(sandbox.filesContaining("SECRET") == [])
    }
  }

  @Test("a profile has its own address, workspace and key")
  func profile() async throws {
    try await with { account, sandbox in
      try sandbox.configure(
        """
        backend: team
        profiles:
          team: {url: "\(account.address)", workspace: ws-1}
          other: {url: "\(account.address)", workspace: ws-2}
        """)
      let login = try await sandbox.run(["config", "login", "team"], input: AccountServer.key)
      #expect(login.status == 0, "\(login.errors)")
      #expect(account.received("X-Comfy-Workspace-ID") == ["ws-1"])
      let list = try await sandbox.run(["ls"])
      #expect(list.status == 0, "\(list.errors)")
      let wrong = try await sandbox.run(["config", "login", "other"], input: AccountServer.key)
      #expect(wrong.status == 77)
      #expect(wrong.errors.contains("workspace"))
    }
  }

  @Test("a key in the environment wins, and login says so")
  func environment() async throws {
    try await with { account, sandbox in
      let variables = ["COMFY_API_KEY": "another"]
      let login = try await sandbox.run(
        ["config", "login"], input: AccountServer.key, variables: variables)
      #expect(login.status == 0)
      #expect(login.errors.contains("COMFY_API_KEY"))
      let before = account.received("X-API-Key").count
      _ = try await sandbox.run(["ls"], variables: variables)
      #expect(account.received("X-API-Key").dropFirst(before).allSatisfy { $0 == "another" })
    }
  }

  @Test(
    "bad input stores nothing",
    arguments: [("", 65), ("\n", 65), ("two words", 65), ("k\u{301}", 65)])
  func badInput(input: String, status: Int32) async throws {
    try await with { _, sandbox in
      let result = try await sandbox.run(["config", "login", "--no-check"], input: input)
      #expect(result.status == status)
      #expect(!FileManager.default.fileExists(atPath: sandbox.credentials.path()))
    }
  }

  @Test("a wrong config file stops a command with status 65, and path still says where it is")
  func wrongFile() async throws {
    try await with { _, sandbox in
      try sandbox.configure("backends: cloud\n")
      let list = try await sandbox.run(["ls"])
      #expect(list.status == 65)
      #expect(list.errors.contains("config.yaml:1: backends: "))
      #expect(list.errors.contains("Did you mean backend?"))
      let path = try await sandbox.run(["config", "path"])
      #expect(path.output == sandbox.config.path() + "\n")
      let help = try await sandbox.run(["config"])
      #expect(help.status == 0)
      #expect(help.output.contains("login"))
    }
  }

  @Test("keys that others may read are not used, and the status is 77")
  func exposed() async throws {
    try await with { account, sandbox in
      _ = try await sandbox.run(["config", "login", "--no-check"], input: "k")
      chmod(sandbox.credentials.path(), 0o644)
      let list = try await sandbox.run(["ls"])
      #expect(list.status == 77)
      #expect(list.errors.contains("chmod 600"))
      #expect(account.received("X-API-Key") == [])
    }
  }

  @Test("the engine does not get Comfy's keys from whoever starts it")
  func engineEnvironment() async throws {
    try await with { _, sandbox in
      _ = try await sandbox.run(
        ["add", "--backend", "local", "--folder", "vae", "https://huggingface.co/o/r/blob/main/m"],
        variables: [
          "COMFY_CLOUD_API_KEY": "SECRET-1", "COMFY_API_KEY": "SECRET-2", "HF_TOKEN": "hf-1",
          "HF_ENDPOINT": "http://127.0.0.1:9",
        ])
      let engine = try #require(try await sandbox.enginePID())
      let environment = try Data(contentsOf: URL(filePath: "/proc/\(engine)/environ"))
      #expect(environment.range(of: Data("HF_TOKEN=hf-1".utf8)) != nil)
      #expect(environment.range(of: Data("SECRET".utf8)) == nil)
    }
  }
}
