import ComfyAPI
import Foundation
import OriginLab
import TestTerminal
import Testing

/// `winch doctor`, in the real binary.
@Suite("The doctor", .serialized)
struct DoctorTests {
  private func checks(_ output: String) throws -> [String: [String: JSONValue]] {
    let object = try WireFormat.decode([String: JSONValue].self, from: output.utf8)
    guard case .array(let checks)? = object["checks"] else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: checks.compactMap(\.object).map { ($0["name"]?.string ?? "", $0) })
  }

  @Test("says that all is well where nothing runs yet, starts nothing and leaves nothing")
  func well() async throws {
    try await Sandbox.withLab { _, sandbox in
      let models = sandbox.root.appending(path: "models")
      try FileManager.default.createDirectory(at: models, withIntermediateDirectories: true)
      let result = try await sandbox.run(["doctor", "--json"])
      #expect(result.status == 0, "\(result.output)\(result.errors)")
      let checks = try checks(result.output)
      #expect(checks["backend"]?["status"] == "ok")
      #expect(checks["engine"]?["status"] == "skipped")
      #expect(checks["terminal"]?["status"] == "skipped")
      #expect(checks["locale"]?["status"] == "ok")
      #expect(checks["journal"]?["status"] == "ok")
      #expect(checks["database"]?["status"] == "ok")
      #expect(checks["models"]?["status"] == "ok")
      #expect(checks["links"]?["status"] == "ok")
      #expect(checks["clock"]?["status"] != "failed")
      #expect(checks["libraries"]?["message"]?.string?.contains("SQLite 3.") == true)
      #expect(try FileManager.default.contentsOfDirectory(atPath: models.path()).isEmpty)
      #expect(try await sandbox.enginePID() == nil)
    }
  }

  @Test("tells of a running engine, and of tokens by where they are from, never their value")
  func tokens() async throws {
    try await Sandbox.withLab { lab, sandbox in
      lab.setAccount("me", forToken: "hf_RIGHTTOKEN")
      #expect(try await sandbox.run(["limit"]).status == 0)
      let variables = ["HF_TOKEN": "hf_RIGHTTOKEN", "CIVITAI_API_TOKEN": "WRONGTOKEN"]
      let result = try await sandbox.run(["doctor"], variables: variables)
      #expect(result.status == 1)
      #expect(result.output.contains(/ok +engine +[0-9.]+, process \d+/), "\(result.output)")
      #expect(result.output.contains("accepts the token from HF_TOKEN, as me"))
      #expect(result.output.contains("refuses the token from CIVITAI_API_TOKEN (401)"))
      #expect(!(result.output + result.errors).contains("RIGHTTOKEN"))
      #expect(!(result.output + result.errors).contains("WRONGTOKEN"))
    }
  }

  @Test(
    "a database that is none is a failure, and everything says what to move away",
    arguments: [
      ("state/winch/journal.sqlite", "journal"), ("data/winch/engine.sqlite", "database"),
    ])
  func foreignDatabase(file: String, name: String) async throws {
    try await Sandbox.withLab { lab, sandbox in
      let path = sandbox.root.appending(path: file)
      try FileManager.default.createDirectory(
        at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
      let garbage = Data(String(repeating: "garbage ", count: 1000).utf8)
      try garbage.write(to: path)
      let result = try await sandbox.run(["doctor", "--json"])
      #expect(result.status == 1)
      let check = try checks(result.output)[name]
      #expect(check?["status"] == "failed", "\(result.output)")
      #expect(check?["message"]?.string?.contains("\(path.path()) is not an SQLite") == true)
      #expect(check?["remedy"]?.string?.contains("Move it away") == true)
      let link = "\(lab.hubEndpoint)/org/repo/resolve/main/m.safetensors"
      for command in [["add", "--wait", link], ["status", "--start"], ["serve"]] {
        guard name == "database" || command != ["serve"] else { continue }
        let ended = try await sandbox.run(command)
        #expect(ended.status == (name == "journal" ? 73 : 69), "\(command): \(ended.errors)")
        #expect(ended.errors.contains("\(path.path()) is not an SQLite"), "\(ended.errors)")
        #expect(ended.errors.contains("Move it away"), "\(ended.errors)")
        let said = ended.errors.components(separatedBy: "kept").count - 1
        #expect(said == (name == "database" && command[0] == "add" ? 1 : 0), "\(ended.errors)")
      }
      #expect(try Data(contentsOf: path) == garbage)
    }
  }

  @Test("a models folder that went while an engine has it, or is not its own, is told")
  func otherFolder() async throws {
    try await Sandbox.withLab { _, sandbox in
      let models = sandbox.root.appending(path: "models")
      try FileManager.default.createDirectory(at: models, withIntermediateDirectories: true)
      #expect(try await sandbox.run(["limit"]).status == 0)
      let other = sandbox.root.path() + "/other"
      let elsewhere = try await sandbox.run(
        ["doctor", "--json"], variables: ["WINCH_MODELS": other])
      let warning = try checks(elsewhere.output)["models"]
      #expect(warning?["status"] == "warning", "\(elsewhere.output)")
      #expect(
        warning?["message"]?.string
          == "The engine works on \(models.path()), these settings name \(other).")
      try FileManager.default.removeItem(at: models)
      let gone = try await sandbox.run(["doctor", "--json"])
      #expect(gone.status == 1)
      let failure = try checks(gone.output)["models"]
      #expect(failure?["status"] == "failed", "\(gone.output)")
      #expect(failure?["message"]?.string?.contains("not there any more") == true)
      #expect(failure?["remedy"]?.string?.hasPrefix("Mount its disk again") == true)
    }
  }

  @Test("a models folder that cannot be made is a failure, also where the rights would allow it")
  func unmakeable() async throws {
    try await Sandbox.withLab { _, sandbox in
      let result = try await sandbox.run(
        ["doctor", "--json"], variables: ["WINCH_MODELS": "/proc/foo"])
      #expect(result.status == 1)
      let check = try checks(result.output)["models"]
      #expect(check?["status"] == "failed", "\(result.output)")
      #expect(check?["message"]?.string?.hasPrefix("/proc/foo cannot be made") == true)
    }
  }

  @Test("looks at everything else when the config file is broken, and with TERM=dumb")
  func broken() async throws {
    try await Sandbox.withLab { _, sandbox in
      try sandbox.configure("backend: [")
      let result = try await sandbox.run(["doctor", "--json"], variables: ["TERM": "dumb"])
      #expect(result.status == 1)
      let checks = try checks(result.output)
      #expect(checks["config"]?["status"] == "failed")
      #expect(checks["config"]?["message"]?.string?.contains("config.yaml") == true)
      #expect(checks["models"]?["status"] == "ok")
      #expect(checks["huggingface"]?["status"] == "ok")
      try sandbox.configure("")
      let unwritable = try await sandbox.run(
        ["doctor", "--json"], variables: ["WINCH_MODELS": sandbox.config.path() + "/models"])
      #expect(unwritable.status == 1)
      #expect(try self.checks(unwritable.output)["models"]?["status"] == "failed")
    }
  }

  @Test("says what is wrong with a proxy, an endpoint and a backend that are none")
  func wrongSettings() async throws {
    let sandbox = try Sandbox()
    let result = try await sandbox.run(
      ["doctor", "--backend", "nowhere"],
      variables: ["HF_ENDPOINT": "hub", "https_proxy": "ftp://me:PASS@x"])
    #expect(result.status == 1)
    #expect(result.output.contains("HF_ENDPOINT is not an http or https URL."))
    #expect(result.output.contains("https_proxy is no address of a proxy."))
    #expect(result.output.contains("The backend is neither local, cloud, a profile nor a URL."))
    #expect(!result.output.contains("PASS"))
    await sandbox.remove()
  }

  @Test("a key of Comfy Cloud is tried, and a refused one said by where it is from")
  func cloudKey() async throws {
    try await AccountServer.withRunning { account in
      let sandbox = try Sandbox(variables: [
        "COMFY_CLOUD_BASE_URL": account.address, "HF_ENDPOINT": account.address,
        "CIVITAI_ENDPOINT": account.address,
      ])
      let right = try await sandbox.run(
        ["doctor", "--json"], variables: ["COMFY_CLOUD_API_KEY": AccountServer.key])
      let backend = try checks(right.output)["backend"]
      #expect(backend?["status"] == "ok", "\(right.output)")
      #expect(backend?["message"]?.string?.hasSuffix("the key from COMFY_CLOUD_API_KEY") == true)
      #expect(try checks(right.output)["models"]?["status"] == "skipped")
      let wrong = try await sandbox.run(
        ["doctor"], variables: ["COMFY_API_KEY": "comfyui-WRONGKEY0123456789"])
      #expect(wrong.output.contains("cloud refuses the key from COMFY_API_KEY"))
      #expect(!(wrong.output + right.output).contains("comfyui-"))
      await sandbox.remove()
    }
  }

  @Test("a site that never answers costs ten seconds at most, and says so") func hanging()
    async throws
  {
    let silent = try SilentPort()
    let address = "http://127.0.0.1:\(silent.port)"
    let sandbox = try Sandbox(variables: ["HF_ENDPOINT": address, "CIVITAI_ENDPOINT": address])
    let result = try await sandbox.run(["doctor", "--json"])
    #expect(try checks(result.output)["huggingface"]?["status"] == "failed")
    await sandbox.remove()
  }

  @Test("a bundle has settings, log and status, and none of the secrets that are everywhere")
  func bundle() async throws {
    try await Sandbox.withLab { lab, sandbox in
      try sandbox.configure(
        """
        # api_key: MARKED01
        profiles:
          gpu: {url: "https://gpu.example:8189"}
        """)
      let folder = sandbox.root.appending(path: "config/winch")
      try Data("gpu: {key: MARKED02-of-credentials}\n".utf8).write(to: sandbox.credentials)
      chmod(sandbox.credentials.path(), 0o600)
      try Data("MARKED03-of-the-engine\n".utf8).write(to: folder.appending(path: "engine-key"))
      let hub = sandbox.root.appending(path: "hub-token")
      try Data("MARKED04-of-the-hub\n".utf8).write(to: hub)
      let variables = [
        "CIVITAI_API_TOKEN": "MARKED05-of-civitai", "HF_TOKEN_PATH": hub.path(),
        "WINCH_API_KEY": "MARKED06-of-winch", "COMFY_API_KEY": "MARKED07-of-comfy",
        "http_proxy": "http://me:MARKED08@127.0.0.1:9", "no_proxy": "*",
        "WINCH_BACKEND": "local",
      ]
      #expect(try await sandbox.run(["limit"], variables: variables).status == 0)
      let log = sandbox.root.appending(path: "state/winch/log")
      let handle = try FileHandle(forWritingTo: log)
      try handle.seekToEnd()
      let lines = """
        info fetched url=https://h/f?X-Amz-Signature=MARKED09&x=1
        info said MARKED05-of-civitai
        info header Authorization: Bearer MARKED10
        info sent {\\"token\\":\\"MARKED11\\"}
        info proxy http://u:MARKED12@proxy

        """
      try handle.write(contentsOf: Data(lines.utf8))
      try handle.close()
      let path = sandbox.root.appending(path: "report.txt").path()
      let result = try await sandbox.run(["doctor", "--bundle", path], variables: variables)
      #expect(result.errors.contains("read it before you pass it on"), "\(result.errors)")
      let text = try String(contentsOfFile: path, encoding: .utf8)
      for section in ["doctor", "environment", "config.yaml", "engine status", "log"] {
        #expect(text.contains("== \(section) ==\n"))
      }
      #expect(text.contains("gpu.example"))
      #expect(text.contains("listening on"))
      #expect(text.contains("\"process_id\""))
      #expect(!text.contains("MARKED"), "\(text)")
      #expect(!(result.output + result.errors).contains("MARKED"))
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      let again = try await sandbox.run(["doctor", "--bundle", path], variables: variables)
      #expect(again.status == 73)
    }
  }
}

/// A port that takes connections and says nothing.
private final class SilentPort: Sendable {
  let port: UInt16
  private let descriptor: Int32

  init() throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = descriptor
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(descriptor, generic, length) == 0 && listen(descriptor, 8) == 0
          && getsockname(descriptor, generic, &length) == 0
      }
    }
    try #require(isBound)
    port = UInt16(bigEndian: address.sin_port)
  }

  deinit { close(descriptor) }
}
