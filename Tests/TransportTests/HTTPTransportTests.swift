import Foundation
import Synchronization
import Testing
import Transport

@Suite("HTTPTransport", .timeLimit(.minutes(10)))
struct HTTPTransportTests {
  let transport = HTTPTransport.forTests()

  @Test("status, headers and body arrive")
  func simpleResponse() async throws {
    let server = try TestServer { connection in
      _ = connection.readRequest()
      connection.respond(
        "404 Not Found", headers: ["X-One: a ", "X-One: b", "Content-Type: text/plain"],
        body: "hello")
    }
    let response = try await transport.send(HTTPRequest(url: server.url("/file?x=1")))
    #expect(response.status == 404)
    #expect(response.headers["content-type"] == "text/plain")
    #expect(response.headers.values(of: "x-one") == ["a", "b"])
    #expect(response.head.url == server.url("/file?x=1"))
    #expect(response.text == "hello")
  }

  @Test("the request goes out as written and with nothing unasked")
  func requestOnTheWire() async throws {
    let server = try TestServer { connection in
      let request = connection.readRequest()
      connection.respond(body: request?.head ?? "")
    }
    var request = HTTPRequest(url: server.url("/a/../b%20c?q=%2F"), headers: ["X-Empty": ""])
    request.headers.append("Range", "bytes=5-")
    let lines = try await transport.send(request).text.components(separatedBy: "\r\n")
    #expect(lines.first == "GET /a/../b%20c?q=%2F HTTP/1.1")
    #expect(lines.contains("Range: bytes=5-"))
    #expect(lines.contains("X-Empty:"))
    #expect(lines.contains("User-Agent: winch/0.1"))
    #expect(!lines.contains { $0.hasPrefix("Accept-Encoding") })
  }

  @Test("a body is posted with its length, without Expect and without a guessed type")
  func postedBody() async throws {
    let server = try TestServer { connection in
      let request = connection.readRequest()
      connection.respond(
        headers: ["X-Size: \(request?.body.count ?? -1)"], body: request?.head ?? "")
    }
    let body = [UInt8](repeating: 7, count: 2 << 20)
    let response = try await transport.send(
      HTTPRequest(method: "POST", url: server.url(), body: body))
    #expect(response.headers["X-Size"] == "\(2 << 20)")
    #expect(response.text.hasPrefix("POST / HTTP/1.1"))
    #expect(!response.text.contains("Expect:"))
    #expect(!response.text.contains("Content-Type:"))
  }

  @Test("a POST without body announces the length 0")
  func emptyPost() async throws {
    let server = try TestServer { connection in
      connection.respond(body: connection.readRequest()?.head ?? "")
    }
    let response = try await transport.send(HTTPRequest(method: "POST", url: server.url()))
    #expect(response.text.contains("Content-Length: 0"))
  }

  @Test("a HEAD answer has a length and no body")
  func headRequest() async throws {
    let server = try TestServer { connection in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    }
    let response = try await transport.send(HTTPRequest(method: "HEAD", url: server.url()))
    #expect(response.headers["Content-Length"] == "1000")
    #expect(response.body.isEmpty)
  }

  @Test("a redirect is an answer and is not followed")
  func redirect() async throws {
    let connections = Atomic(0)
    try await withServer { connection in
      connections.add(1, ordering: .relaxed)
      _ = connection.readRequest()
      connection.respond("302 Found", headers: ["Location: /elsewhere"])
    } check: { server in
      let response = try await transport.send(HTTPRequest(url: server.url()))
      #expect(response.status == 302)
      #expect(response.headers["Location"] == "/elsewhere")
    }
    #expect(connections.load(ordering: .relaxed) == 1)
  }

  @Test("interim answers are skipped")
  func interimAnswer() async throws {
    let server = try TestServer { connection in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
      connection.respond(body: "final")
    }
    let response = try await transport.send(HTTPRequest(url: server.url()))
    #expect(response.status == 200)
    #expect(response.headers["Link"] == nil)
    #expect(response.text == "final")
  }

  @Test("a Unix socket is spoken to")
  func unixSocket() async throws {
    let path = TestServer.temporarySocketPath()
    let server = try TestServer(socketPath: path) { connection in
      _ = connection.readRequest()
      connection.respond(body: "by socket")
    }
    var request = HTTPRequest(url: server.url())
    request.unixSocketPath = path
    #expect(try await transport.send(request).text == "by socket")
  }

  @Test("a connection is used again for the next request")
  func keptConnection() async throws {
    let connections = Atomic(0)
    try await withServer { connection in
      connections.add(1, ordering: .relaxed)
      while connection.readRequest() != nil { connection.respond(body: "ok") }
    } check: { server in
      for _ in 0..<3 { _ = try await transport.send(HTTPRequest(url: server.url())) }
    }
    #expect(connections.load(ordering: .relaxed) == 1)
  }

  @Test("64 requests are under way at the same time")
  func manyRequests() async throws {
    let arrived = Arrivals(expected: 64)
    let server = try TestServer { connection in
      let request = connection.readRequest()
      arrived.waitForAll()
      connection.respond(body: request?.head.components(separatedBy: " ")[1] ?? "")
    }
    let answers = try await withThrowingTaskGroup(of: String.self) { group in
      for index in 0..<64 {
        group.addTask { try await transport.send(HTTPRequest(url: server.url("/\(index)"))).text }
      }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(answers == Set((0..<64).map { "/\($0)" }))
  }

  @Test("a running body outlives the transport")
  func bodyOutlivesTransport() async throws {
    let goOn = DispatchSemaphore(value: 0)
    let server = try TestServer { connection in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n")
      goOn.wait()
      connection.write("body")
    }
    var short: HTTPTransport? = .forTests()
    let stream = try #require(try await short?.stream(HTTPRequest(url: server.url())))
    short = nil
    goOn.signal()
    var body: [UInt8] = []
    for try await chunk in stream.body { body += chunk }
    #expect(body == Array("body".utf8))
  }

  private func withServer(
    _ handler: @escaping TestServer.Handler, check: (TestServer) async throws -> Void
  ) async throws {
    try await check(TestServer(handler))
  }
}

/// Lets threads wait until all have come, for ten seconds at most.
final class Arrivals: Sendable {
  private let group = DispatchGroup()
  private let expected: Int
  private let count = Mutex(0)

  init(expected: Int) {
    self.expected = expected
    group.enter()
  }

  func waitForAll() {
    let isLast = count.withLock { count in
      count += 1
      return count == expected
    }
    if isLast { group.leave() }
    _ = group.wait(timeout: .now() + 10)
  }
}
