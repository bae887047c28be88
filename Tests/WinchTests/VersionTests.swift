import ComfyAPI
import Foundation
import TestTerminal
import Testing

@testable import winch

@Suite("The version")
struct VersionTests {
  @Test("is one word, and the newest of the changelog")
  func plain() async throws {
    let sandbox = try Sandbox()
    #expect(try await sandbox.run(["--version"]).output == Version.text + "\n")
    await sandbox.remove()
    let changelog = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../Sources/Installation/changelog")
    let text = try String(contentsOf: changelog, encoding: .utf8)
    #expect(text.hasPrefix("winch (\(Version.text)) "))
  }

  @Test(
    "for programs it has the libraries', and nothing is read or made",
    arguments: [["--version", "--json"], ["--json", "--version"]])
  func json(arguments: [String]) async throws {
    let sandbox = try Sandbox()
    try sandbox.configure("no: [config")
    let result = try await sandbox.run(arguments)
    #expect(result.status == 0)
    let report = try WireFormat.decode([String: JSONValue].self, from: result.output.utf8)
    #expect(report["version"] == .string(Version.text))
    for name in ["swift", "libcurl", "ncurses", "sqlite"] {
      #expect(report[name]?.string?.contains(/^\d+\.\d/) == true, "\(name)")
    }
    #expect(!FileManager.default.fileExists(atPath: sandbox.root.appending(path: "state").path()))
    await sandbox.remove()
  }
}
