import ComfyClient
import Downloads
import Foundation
import Testing

@testable import winch

@Suite("Stored keys")
struct CredentialsTests {
  private let entry = Credentials.Entry(key: APIKey("SECRET-1"), origin: "https://cloud.comfy.org")

  private func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  private func mode(_ url: URL) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: url.path())
    return try #require(attributes[.posixPermissions] as? Int)
  }

  @Test("both ways of writing a key are read")
  func forms() throws {
    let credentials = try Credentials(
      text: "cloud: k-1\nnone:\ngpu:\n  key: k-2\n  origin: https://gpu:8189\n", path: "/c")
    #expect(credentials.entries["cloud"] == .init(key: APIKey("k-1"), origin: nil))
    #expect(credentials.entries["gpu"] == .init(key: APIKey("k-2"), origin: "https://gpu:8189"))
  }

  @Test("what is stored is read again, whatever signs the key has")
  func roundTrip() throws {
    var credentials = Credentials()
    credentials.entries["cloud"] = entry
    credentials.entries["http://127.0.0.1:8189/"] = .init(key: APIKey(#"a:#"\b'[]{}&*!|>%@`"#))
    #expect(try Credentials(text: credentials.text, path: "/c") == credentials)
  }

  @Test(
    "an error holds no word of the file",
    arguments: [
      "cloud:\n  SECRET: x", "cloud: [SECRET]", "SECRET", "SECRET:\n  origin: https://h",
      "cloud: {key: k, origin: SECRET}", "cloud: \"SECRET", "SECRET: a\nSECRET: b",
      "cloud: *SECRET", "cloud: !SECRET {a: b}", "cloud: \"SECRET\\r\\nX: 1\"", "SECRET word: k",
    ])
  func silent(text: String) throws {
    let error = try #require(throws: ConfigError.self) {
      try Credentials(text: text, path: "/c.yaml")
    }
    #expect(!"\(error) \(error.failure)".contains("SECRET"))
    #expect(error.line != nil)
  }

  @Test("the file and its folder are for their owner alone, also where the folder was open")
  func modes() throws {
    try inFolder { folder in
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
      let url = folder.appending(path: "credentials.yaml")
      let file = CredentialsFile(path: url.path())
      try file.setEntry(entry, for: "cloud")
      #expect(try mode(url) == 0o600)
      #expect(try mode(folder) == 0o700)
      #expect(try file.read().entries["cloud"] == entry)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path()).count == 1)
      #expect(try file.setEntry(nil, for: "cloud") == entry)
      #expect(!FileManager.default.fileExists(atPath: url.path()))
    }
  }

  @Test(
    "a file that others may read is refused, with what to run", arguments: [0o640, 0o604, 0o660])
  func exposed(permissions: Int) throws {
    try inFolder { folder in
      let url = folder.appending(path: "credentials.yaml")
      let file = CredentialsFile(path: url.path())
      try file.setEntry(entry, for: "cloud")
      chmod(url.path(), mode_t(permissions))
      let failure = try #require(throws: DownloadFailure.self) { try file.read() }
      #expect(failure.code == "CREDENTIALS_EXPOSED")
      #expect(failure.hint?.contains("chmod 600 '\(url.path())'") == true)
      #expect(throws: DownloadFailure.self) { try file.setEntry(entry, for: "gpu") }
    }
  }

  @Test("a link to the file stays a link")
  func link() throws {
    try inFolder { folder in
      let real = folder.appending(path: "kept/keys.yaml")
      let link = folder.appending(path: "credentials.yaml")
      let file = CredentialsFile(path: link.path())
      try CredentialsFile(path: real.path()).setEntry(entry, for: "cloud")
      try FileManager.default.createSymbolicLink(at: link, withDestinationURL: real)
      try file.setEntry(entry, for: "gpu")
      #expect(try CredentialsFile(path: real.path()).read().entries.count == 2)
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path()) != "")
    }
  }

  @Test("what is no small file of text is refused, and nothing waits for it")
  func notAFile() throws {
    try inFolder { folder in
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let path = folder.appending(path: "config.yaml").path()
      mkfifo(path, 0o600)
      #expect(throws: DownloadFailure.self) { try SettingsFile.text(at: path) }
      unlink(path)
      #expect(try SettingsFile.text(at: path) == nil)
      try Data([0xFF, 0xFE, 0]).write(to: URL(filePath: path))
      #expect(throws: DownloadFailure.self) { try SettingsFile.text(at: path) }
      try Data(repeating: 0x20, count: SettingsFile.largestSize + 1).write(to: URL(filePath: path))
      #expect(throws: DownloadFailure.self) { try SettingsFile.text(at: path) }
      #expect(throws: DownloadFailure.self) { try SettingsFile.text(at: folder.path()) }
    }
  }
}
