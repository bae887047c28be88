import ComfyAPI
import ComfyClient
import Foundation
import NIOCore
import NIOWebSocket
import TestCertificates
import Testing
import Transport

@Suite("messages of /ws")
struct MessagesTests {
  @Test("the handshake names the client and carries the key as token")
  func handshake() async throws {
    try await ScriptedServer.webSocket { inbound, _ in
      for try await _ in inbound { return }
    } _: { server in
      await #expect(throws: ClientError.self) {
        for try await _ in server.client(key: APIKey("k&1")).messages() {}
      }
      #expect(server.requests.first.hasPrefix("GET /ws?clientId="))
      #expect(server.requests.first.hasSuffix("&token=k%261"))
    }
  }

  @Test("feature flags are the first frame, masked")
  func greeting() async throws {
    let messages = try await received { inbound, outbound in
      for try await frame in inbound {
        let text = String(buffer: frame.unmaskedData)
        let isRight = frame.maskKey != nil && text.contains(#""type":"feature_flags""#)
        try await outbound.write(text: #"{"type":"\#(isRight ? "right" : "wrong")"}"#)
        return
      }
    }
    #expect(messages == [.other(type: "right")])
  }

  @Test("a message in fragments arrives whole")
  func fragments() async throws {
    let messages = try await received { inbound, outbound in
      try await inbound.awaitGreeting()
      try await outbound.write(
        WebSocketFrame(fin: false, opcode: .text, data: ByteBuffer(string: #"{"type":"#)))
      try await outbound.write(
        WebSocketFrame(fin: true, opcode: .continuation, data: ByteBuffer(string: #""x"}"#)))
    }
    #expect(messages == [.other(type: "x")])
  }

  @Test("binary frames and malformed messages are left out")
  func leftOut() async throws {
    let messages = try await received { inbound, outbound in
      try await inbound.awaitGreeting()
      try await outbound.write(
        WebSocketFrame(fin: true, opcode: .binary, data: ByteBuffer(repeating: 1, count: 40_000)))
      try await outbound.write(text: "{")
      try await outbound.write(text: #"{"type":"asset_download","data":{}}"#)
      try await outbound.write(text: #"{"type":"status","data":{"sid":"s"}}"#)
    }
    #expect(messages == [.status(sessionID: "s")])
  }

  @Test("a ping is answered with its data")
  func ping() async throws {
    let messages = try await received { inbound, outbound in
      try await outbound.write(
        WebSocketFrame(fin: true, opcode: .ping, data: ByteBuffer(string: "p")))
      for try await frame in inbound where frame.opcode == .pong {
        try await outbound.write(text: #"{"type":"\#(String(buffer: frame.unmaskedData))"}"#)
        return
      }
    }
    #expect(messages == [.other(type: "p")])
  }

  @Test("a message beyond the limit ends the line instead of filling memory")
  func tooLarge() async throws {
    let messages = try await received { inbound, outbound in
      try await outbound.write(
        WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(repeating: 32, count: 1 << 21)))
      for try await _ in inbound {}
    }
    #expect(messages.isEmpty)
  }

  @Test("a refused handshake tells why")
  func refused() async throws {
    try await ScriptedServer.answering("401 Unauthorized") { server in
      let error = try await #require(throws: ClientError.self) {
        for try await _ in server.client().messages() {}
      }
      #expect(error.kind == .unauthorized)
    }
  }

  @Test(
    "over TLS messages come from a server whose certificate is right",
    arguments: ["127.0.0.1", "localhost"])
  func secure(host: String) async throws {
    let messages = try await secureMessages(TestCertificates.loopback, host: host)
    let received = try messages.get()
    #expect(received == [.other(type: "x")])
  }

  @Test("no key reaches a server whose certificate is for another host")
  func foreignHost() async throws {
    let messages = try await secureMessages(TestCertificates.elsewhere, host: "localhost")
    #expect(throws: ClientError.self) { () throws in _ = try messages.get() }
  }

  @Test("no key reaches a server whose authority is unknown")
  func unknownAuthority() async throws {
    let messages = try await secureMessages(
      TestCertificates.loopback, host: "localhost", trusts: TestCertificates.elsewhere.certificate)
    #expect(throws: ClientError.self) { () throws in _ = try messages.get() }
  }

  @Test("a cancelled reader closes the line")
  func cancellation() async throws {
    let (closed, isClosed) = AsyncStream.makeStream(of: Void.self)
    try await ScriptedServer.webSocket { inbound, outbound in
      try await outbound.write(text: #"{"type":"hello"}"#)
      for try await _ in inbound {}
      isClosed.finish()
    } _: { server in
      for try await _ in server.client().messages() { break }
      for await _ in closed {}
    }
  }

  private typealias Inbound = NIOAsyncChannelInboundStream<WebSocketFrame>
  private typealias Outbound = NIOAsyncChannelOutboundWriter<WebSocketFrame>

  /// What a client receives over TLS; the error when nothing was.
  private func secureMessages(
    _ certificate: TestCertificate, host: String,
    trusts authority: String = TestCertificates.authority
  ) async throws -> Result<[WebSocketMessage], ClientError> {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).pem")
    try Data(authority.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try await ScriptedServer.webSocket(certificate: certificate) { inbound, outbound in
      try await inbound.awaitGreeting()
      try await outbound.write(text: #"{"type":"x"}"#)
    } _: { server in
      let client = server.client(key: APIKey("secret"), host: host, authority: file.path())
      var messages: [WebSocketMessage] = []
      do {
        for try await message in client.messages() { messages.append(message) }
      } catch let error as ClientError {
        guard !messages.isEmpty else {
          #expect(server.requests.all.isEmpty, "the key was sent")
          return .failure(error)
        }
      }
      #expect(server.requests.first.hasSuffix("token=secret"))
      return .success(messages)
    }
  }

  /// Everything a client receives until the scripted server has closed the line.
  private func received(
    _ script: @escaping @Sendable (Inbound, Outbound) async throws -> Void
  ) async throws -> [WebSocketMessage] {
    try await ScriptedServer.webSocket(script) { server in
      var messages: [WebSocketMessage] = []
      do {
        for try await message in server.client().messages() { messages.append(message) }
        Issue.record("the loss of the line was not told")
      } catch let error as ClientError {
        #expect(error.kind == .unreachable)
      }
      return messages
    }
  }
}

extension NIOAsyncChannelOutboundWriter<WebSocketFrame> {
  fileprivate func write(text: String) async throws {
    try await write(WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(string: text)))
  }
}

extension NIOAsyncChannelInboundStream<WebSocketFrame> {
  /// A server that closes with something unread resets the connection, and what it sent is lost.
  fileprivate func awaitGreeting() async throws {
    for try await _ in self { return }
  }
}
