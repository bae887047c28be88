import ComfyClient
import Foundation
import Testing
import Transport

@testable import EngineServer

@Suite("a socket that was passed to the engine")
struct InheritedSocketTests {
  /// A listening socket at a path of its own, private unless a mode is given.
  private func withSocket(
    isListening: Bool = true, mode: mode_t = 0o600,
    _ use: (BoundSocket, String) async throws -> Void
  ) async throws {
    try await withTemporaryDirectory { directory in
      let path = directory + "/e.sock"
      let socket = try BoundSocket(path, isListening: isListening)
      defer { socket.close() }
      chmod(path, mode)
      try await use(socket, path)
    }
  }

  /// The server closes what it is given; whoever passes it keeps its own.
  private func inherited(_ socket: BoundSocket) throws -> InheritedSocket {
    try InheritedSocket(descriptor: dup(socket.descriptor))
  }

  private func client(_ path: String) -> ComfyClient {
    ComfyClient(
      backend: Backend(name: "local", address: .unixSocket(path: path)), transport: HTTPTransport())
  }

  @Test("clients reach the server, also one that came before it, and find nothing else")
  func serves() async throws {
    try await withSocket { socket, path in
      let early = try RawSocket(unixSocket: path)
      defer { early.close() }
      try await RunningServer.running(FakeEngine(), .inherited(try inherited(socket))) { _, _ in
        let features = try await client(path).features()
        #expect(features.winch != nil)
        await early.write("GET /api/features HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        #expect(String(decoding: await early.readToEnd(), as: UTF8.self).hasPrefix("HTTP/1.1 200"))
        let names = try FileManager.default.contentsOfDirectory(
          atPath: (path as NSString).deletingLastPathComponent)
        #expect(names == ["e.sock"])
      }
    }
  }

  @Test("is left as it was, and serves the next server")
  func stays() async throws {
    try await withSocket { socket, path in
      for _ in 1...2 {
        let address = EngineServer.Address.inherited(try inherited(socket))
        try await RunningServer.running(FakeEngine(), address) { _, _ in
          let features = try await client(path).features()
          #expect(features.winch != nil)
        }
        #expect(FileManager.default.fileExists(atPath: path))
      }
    }
  }

  @Test("one that others may open is refused")
  func openToOthers() async throws {
    try await withSocket(mode: 0o660) { socket, _ in
      let error = #expect(throws: EngineServerError.self) { try inherited(socket) }
      #expect(error?.message.contains("SocketMode=0600") == true)
    }
  }

  @Test("what does not listen, or is no Unix socket, is refused")
  func otherKinds() async throws {
    try await withSocket(isListening: false) { socket, _ in
      _ = #expect(throws: EngineServerError.self) { try inherited(socket) }
    }
    let port = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(port) }
    listen(port, 1)
    #expect(throws: EngineServerError.self) { try InheritedSocket(descriptor: port) }
    #expect(throws: EngineServerError.self) { try InheritedSocket(descriptor: -1) }
  }

  @Test(
    "nothing is taken that was passed to another process, or not at all",
    arguments: [[:], ["LISTEN_PID": "1", "LISTEN_FDS": "1"], ["LISTEN_FDS": "1"]])
  func othersSockets(environment: [String: String]) throws {
    #expect(try InheritedSocket(environment: environment) == nil)
  }

  @Test("several are too many")
  func several() {
    #expect(throws: EngineServerError.self) {
      try InheritedSocket(environment: ["LISTEN_PID": "\(getpid())", "LISTEN_FDS": "2"])
    }
  }
}
