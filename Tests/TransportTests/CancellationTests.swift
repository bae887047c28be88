import Foundation
import Testing
import Transport

@Suite("Cancellation", .timeLimit(.minutes(10)))
struct CancellationTests {
  let transport = HTTPTransport.forTests()

  @Test("cancelling while waiting for the head ends the transfer")
  func whileWaitingForTheHead() async throws {
    let gotRequest = Signal<Bool>()
    let sawClose = Signal<Bool>()
    let server = try TestServer { connection in
      gotRequest.send(connection.readRequest() != nil)
      sawClose.send(connection.waitForClose())
    }
    let task = Task { await transport.failure(of: HTTPRequest(url: server.url())) }
    #expect(await gotRequest.value() == true)
    task.cancel()
    #expect(await task.value == .cancelled)
    #expect(await sawClose.value() == true)
  }

  @Test("cancelling while waiting for the body ends the transfer")
  func whileWaitingForTheBody() async throws {
    let (server, sawClose) = try halfBodyServer()
    let stream = try await transport.stream(HTTPRequest(url: server.url()))
    let gotBytes = Signal<Bool>()
    let task = Task {
      await stream.body.collect { gotBytes.send(true) }.error?.kind
    }
    #expect(await gotBytes.value() == true)
    task.cancel()
    #expect(await task.value == .cancelled)
    #expect(await sawClose.value() == true)
  }

  @Test("a task cancelled beforehand sends no request that goes on")
  func beforehand() async throws {
    let server = try TestServer { connection in _ = connection.waitForClose() }
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return await transport.failure(of: HTTPRequest(url: server.url()))
    }
    #expect(await task.value == .cancelled)
  }

  @Test("leaving the loop ends the transfer although the body is still in scope")
  func leavingTheLoop() async throws {
    let (server, sawClose) = try halfBodyServer()
    let stream = try await transport.stream(HTTPRequest(url: server.url()))
    for try await _ in stream.body { break }
    #expect(await sawClose.value() == true)
    let (bytes, error) = await stream.body.collect()
    #expect(bytes.isEmpty)
    #expect(error?.kind == .cancelled)
  }

  @Test("dropping an unread body ends the transfer")
  func droppingTheBody() async throws {
    let (server, sawClose) = try halfBodyServer()
    #expect(try await transport.stream(HTTPRequest(url: server.url())).status == 200)
    #expect(await sawClose.value() == true)
  }

  /// Sends half a body, then waits for the client to close.
  private func halfBodyServer() throws -> (server: TestServer, sawClose: Signal<Bool>) {
    let sawClose = Signal<Bool>()
    let server = try TestServer { connection in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabcde")
      sawClose.send(connection.waitForClose())
    }
    return (server, sawClose)
  }
}
