import Foundation
import Testing
import Transport

@Suite("What goes wrong", .timeLimit(.minutes(10)))
struct FailureTests {
  let transport = HTTPTransport.forTests()

  @Test(
    "what is no http or https URL is refused",
    arguments: [
      "", "not a url", "huggingface.co/a", "http://", "http://host/with space", "http://höst/",
      "ftp://host/file", "file:///etc/passwd", "https://user:secret@host/", "http://host:99999/",
      "http://host/\r\nX-Injected: 1",
    ])
  func invalidURL(url: String) async {
    #expect(await transport.failure(of: HTTPRequest(url: url)) == .invalidURL)
  }

  @Test(
    "what would end a header line is refused",
    arguments: [("X-A", "b\r\nX-C: d"), ("X-A\n", "b"), ("", "b"), ("X A", "b"), ("X-A", "b\0")])
  func injectedHeader(name: String, value: String) async {
    var request = HTTPRequest(url: "http://127.0.0.1:1/")
    request.headers.append(name, value)
    #expect(await transport.failure(of: request) == .invalidRequest)
  }

  @Test("a method that is no word is refused")
  func invalidMethod() async {
    let request = HTTPRequest(method: "GET / HTTP/1.1\r\n", url: "http://127.0.0.1:1/")
    #expect(await transport.failure(of: request) == .invalidRequest)
  }

  @Test("a port where nobody listens is a connection that may work later")
  func connectionRefused() async throws {
    let listener = try ListeningSocket.open(at: nil)
    let port = try ListeningSocket.port(of: listener)
    close(listener)
    let error = await #expect(throws: TransportError.self) {
      try await transport.send(HTTPRequest(url: "http://127.0.0.1:\(port)/?token=secret"))
    }
    #expect(error?.kind == .couldNotConnect)
    #expect(error?.isRetriable == true)
    #expect(error?.message == "could not connect to 127.0.0.1: Connection refused")
  }

  @Test("a socket that does not exist could not be connected to")
  func missingSocket() async {
    var request = HTTPRequest(url: "http://localhost/")
    request.unixSocketPath = TestServer.temporarySocketPath()
    #expect(await transport.failure(of: request) == .couldNotConnect)
  }

  @Test("a name that does not exist could not be resolved")
  func unknownName() async {
    // RFC 6761 reserves .invalid for names that never resolve.
    let request = HTTPRequest(url: "http://nowhere.invalid/")
    #expect(await transport.failure(of: request) == .couldNotResolve)
  }

  @Test("a server without TLS is not a secure one")
  func plainServerAskedForTLS() async throws {
    let server = try TestServer { connection in
      connection.write("HTTP/1.1 400 Bad Request\r\n\r\n")
    }
    let url = server.url().replacingOccurrences(of: "http:", with: "https:")
    #expect(await transport.failure(of: HTTPRequest(url: url)) == .couldNotConnect)
  }

  @Test("a body that ends before its length is an error, after its bytes were handed out")
  func prematureEnd() async throws {
    let server = try TestServer { connection in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabcd")
    }
    let stream = try await transport.stream(HTTPRequest(url: server.url()))
    let (body, error) = await stream.body.collect()
    #expect(body == Array("abcd".utf8))
    #expect(error?.kind == .interrupted(receivedBytes: 4))
    #expect(error?.isRetriable == true)
  }

  @Test("a chunked body that ends before its last chunk is an error")
  func prematureEndOfChunks() async throws {
    let server = try TestServer { connection in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n")
    }
    let kind = await transport.failure(of: HTTPRequest(url: server.url()))
    #expect(kind == .interrupted(receivedBytes: 4))
  }

  @Test("a connection closed without an answer is an error")
  func noAnswer() async throws {
    let server = try TestServer { connection in _ = connection.readRequest() }
    let kind = await transport.failure(of: HTTPRequest(url: server.url()))
    #expect(kind == .interrupted(receivedBytes: 0))
  }

  @Test("silence in the middle of a body is a stall, after its bytes were handed out")
  func stalledBody() async throws {
    let server = try TestServer { connection in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabcd")
      _ = connection.waitForClose()
    }
    var request = HTTPRequest(url: server.url())
    request.stallTimeout = .milliseconds(100)
    let (body, error) = await (try transport.stream(request)).body.collect()
    #expect(body == Array("abcd".utf8))
    #expect(error?.kind == .stalled)
  }

  @Test("silence instead of an answer is a stall")
  func stalledHead() async throws {
    let server = try TestServer { connection in _ = connection.waitForClose() }
    var request = HTTPRequest(url: server.url())
    request.stallTimeout = .milliseconds(50)
    #expect(await transport.failure(of: request) == .stalled)
  }

  @Test("a total timeout ends a transfer that still moves")
  func totalTimeout() async throws {
    let server = try TestServer { connection in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\n\r\n")
      while connection.write("x") {}
    }
    var request = HTTPRequest(url: server.url())
    request.totalTimeout = .milliseconds(100)
    #expect(await transport.failure(of: request, limit: .max) == .timedOut)
  }

  @Test("a body over the limit is refused and its transfer ended")
  func bodyTooLarge() async throws {
    let sawClose = Signal<Bool>()
    let server = try TestServer { connection in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n0123456789")
      sawClose.send(connection.waitForClose())
    }
    let kind = await transport.failure(of: HTTPRequest(url: server.url()), limit: 9)
    #expect(kind == .bodyTooLarge)
    #expect(await sawClose.value() == true)
  }

  @Test("a body of exactly the limit is taken")
  func bodyAtTheLimit() async throws {
    let server = try TestServer { connection in
      _ = connection.readRequest()
      connection.respond(body: "0123456789")
    }
    let response = try await transport.send(HTTPRequest(url: server.url()), limit: 10)
    #expect(response.body.count == 10)
  }

  @Test("a head without end is refused")
  func endlessHead() async throws {
    let server = try TestServer { connection in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\n")
      let line = "X-Filler: " + String(repeating: "x", count: 1000) + "\r\n"
      while connection.write(line) {}
    }
    let kind = await transport.failure(of: HTTPRequest(url: server.url()))
    guard case .other = kind else {
      Issue.record("ended with \(String(describing: kind))")
      return
    }
  }
}
