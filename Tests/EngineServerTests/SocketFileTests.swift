import ComfyClient
import Foundation
import Testing
import Transport

@testable import EngineServer

@Suite("the socket file")
struct SocketFileTests {
  @Test("only its owner may open it, and its missing directory is private")
  func modes() async throws {
    try await withTemporaryDirectory { directory in
      let path = directory + "/a/b/e.sock"
      try await RunningServer.running(FakeEngine(), .unixSocket(path: path)) { _, _ in
        let modes = [path, directory + "/a/b", directory + "/a"].map(mode)
        #expect(modes == [0o600, 0o700, 0o700])
      }
    }
  }

  @Test("nothing but the lock is left after the end")
  func leftovers() async throws {
    try await withTemporaryDirectory { directory in
      let address = EngineServer.Address.unixSocket(path: directory + "/e.sock")
      try await RunningServer.running(FakeEngine(), address) { _, _ in
        let names = self.names(in: directory)
        #expect(names == ["e.sock", "e.sock.lock"])
      }
      let names = self.names(in: directory)
      #expect(names == ["e.sock.lock"])
    }
  }

  @Test("a second server on a live socket gives way and leaves the first alone")
  func alreadyRunning() async throws {
    try await RunningServer.onSocket { server in
      let path = try #require(server.socketPath)
      let error = try await #require(throws: EngineServerError.self) {
        try await RunningServer.running(FakeEngine(), .unixSocket(path: path)) { _, _ in }
      }
      #expect(error.kind == .alreadyRunning)
      let features = try await server.client.features()
      #expect(features.winch != nil)
    }
  }

  @Test("a socket another program listens on is not taken")
  func foreignListener() async throws {
    try await withTemporaryDirectory { directory in
      let listener = try BoundSocket(directory + "/e.sock", isListening: true)
      defer { listener.close() }
      #expect(throws: EngineServerError.alreadyRunning(directory + "/e.sock")) {
        try SocketFile(claiming: directory + "/e.sock")
      }
    }
  }

  @Test("a socket nobody answers on is replaced")
  func stale() async throws {
    try await withTemporaryDirectory { directory in
      let path = directory + "/e.sock"
      try BoundSocket(path, isListening: false).close()
      try await RunningServer.running(FakeEngine(), .unixSocket(path: path)) { _, _ in
        let client = ComfyClient(
          backend: Backend(name: "local", address: .unixSocket(path: path)),
          transport: HTTPTransport())
        let features = try await client.features()
        #expect(features.winch != nil)
      }
    }
  }

  @Test("a file that is no socket is not replaced")
  func inTheWay() async throws {
    try await withTemporaryDirectory { directory in
      let path = directory + "/e.sock"
      try Data("precious".utf8).write(to: URL(fileURLWithPath: path))
      let error = #expect(throws: EngineServerError.self) { try SocketFile(claiming: path) }
      #expect(error?.kind == .cannotListen)
      #expect(FileManager.default.contents(atPath: path) == Data("precious".utf8))
    }
  }

  @Test("a socket that has become another server's is left")
  func foreignAtTheEnd() async throws {
    try await withTemporaryDirectory { directory in
      let path = directory + "/e.sock"
      try await RunningServer.running(FakeEngine(), .unixSocket(path: path)) { _, _ in
        unlink(path)
        try BoundSocket(path, isListening: false).close()
      }
      #expect(FileManager.default.fileExists(atPath: path))
    }
  }

  @Test("a socket that was removed is made again", arguments: ["/a/b/e.sock", "/a"])
  func removed(_ part: String) async throws {
    try await withTemporaryDirectory { directory in
      let path = directory + "/a/b/e.sock"
      try await RunningServer.running(
        FakeEngine(), .unixSocket(path: path), limits: Self.watchful
      ) { _, _ in
        for _ in 0..<2 {
          try FileManager.default.removeItem(atPath: directory + part)
          let client = ComfyClient(
            backend: Backend(name: "local", address: .unixSocket(path: path)),
            transport: HTTPTransport())
          while (try? await client.features()) == nil {
            try await Task.sleep(for: .milliseconds(5))
          }
          let modes = [path, directory + "/a/b"].map(mode)
          #expect(modes == [0o600, 0o700])
        }
      }
      #expect(names(in: directory + "/a/b") == ["e.sock.lock"])
    }
  }

  @Test("a socket that another server has put in its place is left to that")
  func foreignInTheMiddle() async throws {
    try await withTemporaryDirectory { directory in
      let path = directory + "/e.sock"
      let log = LogLines()
      try await RunningServer.running(
        FakeEngine(), .unixSocket(path: path), logger: log.logger, limits: Self.watchful
      ) { _, _ in
        unlink(path)
        let other = try BoundSocket(path, isListening: true)
        defer { other.close() }
        while log.text.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        #expect(log.text.contains("An engine is already running at \(path)."))
        #expect(FileManager.default.fileExists(atPath: path))
      }
    }
  }

  /// Looks often enough for a test.
  private static var watchful: ServerLimits {
    var limits = ServerLimits()
    limits.socketPatience = .milliseconds(10)
    return limits
  }

  @Test("a path too long for a socket is refused with words")
  func longPath() {
    let error = #expect(throws: EngineServerError.self) {
      try SocketFile(claiming: "/tmp/" + String(repeating: "x", count: 110))
    }
    #expect(error?.kind == .cannotListen)
  }

  private func mode(of path: String) -> Int? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return (attributes?[.posixPermissions] as? NSNumber)?.intValue
  }

  private func names(in directory: String) -> [String]? {
    try? FileManager.default.contentsOfDirectory(atPath: directory).sorted()
  }
}
