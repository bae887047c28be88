import Foundation
import TestCertificates
import TestTerminal
import Testing

@testable import winch

@Suite("--listen")
struct ListenAddressTests {
  @Test(
    "what only this machine reaches needs no warning",
    arguments: ["127.0.0.1:8189", "127.1.2.3:1", "localhost:80", "LOCALHOST:80", "[::1]:8189"])
  func loopback(text: String) throws {
    let address = try #require(
      try ListenAddress(text, certificatePath: nil, keyPath: nil))
    #expect(address.warnings(port: 8189, machine: "me@box").isEmpty)
  }

  @Test(
    "any other address without TLS is warned of, with the command for a tunnel",
    arguments: [
      "0.0.0.0:8189", "[::]:8189", "192.0.2.7:8189", "gpu.example:8189", "127.evil.example:8189",
      "localhost.evil.example:8189", "127.0.0.1.evil.example:8189",
    ])
  func everywhere(text: String) throws {
    let address = try #require(
      try ListenAddress(text, certificatePath: nil, keyPath: nil))
    let warnings = address.warnings(port: 8189, machine: "me@box").joined(separator: "\n")
    #expect(warnings.contains("ssh -N -L 8189:127.0.0.1:8189 me@box"))
    #expect(warnings.contains("--tls-certificate"))
  }

  @Test(
    "what is no address, or half of what TLS needs, is a usage error",
    arguments: [
      ("8189", nil, nil), ("127.0.0.1", nil, nil), (":8189", nil, nil), ("h:70000", nil, nil),
      ("h:-1", nil, nil), ("h:1", "c", nil), ("h:1", nil, "k"), (nil, "c", "k"),
    ] as [(String?, String?, String?)])
  func usage(text: String?, certificate: String?, key: String?) throws {
    let exit = try #require(throws: CommandExit.self) {
      try ListenAddress(text, certificatePath: certificate, keyPath: key)
    }
    #expect(exit.status == .usage)
  }

  @Test("a certificate that cannot be read is bad input, told with its path")
  func missing() throws {
    let exit = try #require(throws: CommandExit.self) {
      try ListenAddress("h:1", certificatePath: "/nowhere/c.pem", keyPath: "/nowhere/k.pem")
    }
    #expect(exit.status == .badInput)
    #expect(exit.lines.joined().contains("/nowhere/c.pem"))
  }

  @Test("the engine warns on standard error, and says no key")
  func served() async throws {
    let sandbox = try Sandbox(variables: ["WINCH_API_KEY": "a-key-of-the-tests", "USER": "me"])
    let process = Process()
    let errors = Pipe()
    process.executableURL = Sandbox.binary
    process.arguments = ["serve", "--listen", "0.0.0.0:0"]
    process.environment = sandbox.environment
    process.standardError = errors
    try process.run()
    let isThere = try await eventually { try await sandbox.run(["status"]).status == 0 }
    #expect(isThere)
    process.terminate()
    process.waitUntilExit()
    let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(text.contains("ssh -N -L "))
    #expect(text.contains(" me@"))
    #expect(!text.contains("a-key-of-the-tests"))
    await sandbox.remove()
  }
}
