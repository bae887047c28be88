import ComfyAPI
import ComfyClient
import Foundation
import Testing
import Transport

@Suite("calls of the contract")
struct ComfyClientTests {
  private let request = AssetDownloadRequest(sourceURL: "https://huggingface.co/a/b", tags: ["x"])

  @Test("the request carries method, path, key and JSON")
  func wire() async throws {
    try await ScriptedServer.answering("202 Accepted", body: #"{"task_id":"t","status":"created"}"#)
    { server in
      _ = try await server.client(key: APIKey("k-1"), path: "/base/").download(request)
      let sent = server.requests.first
      #expect(sent.hasPrefix("POST /base/api/assets/download HTTP/1.1\r\n"))
      #expect(sent.contains("X-API-Key: k-1\r\n"))
      #expect(sent.contains("Content-Type: application/json\r\n"))
    }
  }

  @Test("202 is a task")
  func accepted() async throws {
    try await ScriptedServer.answering("202 Accepted", body: #"{"task_id":"t","status":"running"}"#)
    { server in
      let answer = try await server.client().download(request)
      #expect(answer == .task(AssetDownloadResponse(taskID: "t", status: .running)))
    }
  }

  @Test("200 is an asset")
  func stored() async throws {
    let body = #"""
      {"id":"a","name":"x.safetensors","created_new":false,
       "created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z"}
      """#
    try await ScriptedServer.answering("200 OK", body: body) { server in
      guard case .asset(let created) = try await server.client().download(request) else {
        Issue.record("a task was answered")
        return
      }
      #expect(created.asset.name == "x.safetensors")
    }
  }

  @Test("the task list is asked for with all its parameters")
  func listing() async throws {
    let body = #"{"tasks":[],"pagination":{"offset":40,"limit":20,"total":0,"has_more":false}}"#
    try await ScriptedServer.answering("200 OK", body: body) { server in
      let page = try await server.client().tasks(
        statuses: [.created, .running], offset: 40, limit: 20, ascending: true)
      #expect(page.pagination.offset == 40)
      #expect(
        server.requests.first.hasPrefix(
          "GET /api/tasks?limit=20&offset=40&sort_order=asc&status=created,running HTTP/1.1\r\n"))
    }
  }

  @Test(
    "a cancel's answer tells what became of it",
    arguments: [
      ("204 No Content", CancelOutcome.accepted), ("200 OK", .accepted),
      ("404 Not Found", .missing), ("409 Conflict", .notCancellable),
    ])
  func cancelling(status: String, expected: CancelOutcome) async throws {
    try await ScriptedServer.answering(status) { server in
      let outcome = try await server.client().cancel("t/1")
      #expect(outcome == expected)
      #expect(server.requests.first.hasPrefix("DELETE /api/tasks/t%2F1 "))
    }
  }

  @Test(
    "both shapes of an error body are read",
    arguments: [
      #"{"code":"INVALID_URL","message":"No URL."}"#,
      #"{"error":{"type":"INVALID_URL","message":"No URL."}}"#,
    ])
  func errorShapes(body: String) async throws {
    try await ScriptedServer.answering("400 Bad Request", body: body) { server in
      let error = try await #require(throws: ClientError.self) {
        try await server.client().download(request)
      }
      #expect(error.kind == .refused(status: 400))
      #expect(error.code == "INVALID_URL")
      #expect(error.message == "No URL.")
    }
  }

  @Test(
    "a status decides the kind of error, and whether to try again",
    arguments: [
      ("401 Unauthorized", ClientError.Kind.unauthorized, false),
      ("403 Forbidden", .forbidden, false), ("404 Not Found", .notFound, false),
      ("422 Unprocessable", .refused(status: 422), false),
      ("503 Unavailable", .serverFault(status: 503), true),
      ("302 Found", .refused(status: 302), false),
    ])
  func kinds(status: String, kind: ClientError.Kind, isRetriable: Bool) async throws {
    try await ScriptedServer.answering(status, body: "<html>") { server in
      let error = try await #require(throws: ClientError.self) {
        try await server.client().features()
      }
      #expect(error.kind == kind)
      #expect(error.isRetriable == isRetriable)
      #expect(error.code == "HTTP_\(status.prefix(3))")
    }
  }

  @Test("a redirect is an error in words, and nothing is sent to where it leads")
  func redirect() async throws {
    try await ScriptedServer.answering("200 OK", body: #"{"status":"active"}"#) { other in
      let location = "Location: http://127.0.0.1:\(other.port)/api/user?token=t"
      try await ScriptedServer.answering("307 Temporary Redirect", headers: [location]) { server in
        let error = try await #require(throws: ClientError.self) {
          try await server.client(key: APIKey("k-1")).user()
        }
        #expect(error.message.contains("127.0.0.1"))
        #expect(!error.message.contains("token"))
        #expect(error.hint != nil)
        #expect(server.requests.first.contains("X-API-Key: k-1"))
        #expect(other.requests.all.isEmpty)
      }
    }
  }

  @Test("a 429 carries the seconds the server asked for")
  func rateLimited() async throws {
    try await ScriptedServer.answering("429 Slow down", headers: ["Retry-After: 7"]) { server in
      let error = try await #require(throws: ClientError.self) {
        try await server.client().features()
      }
      #expect(error.kind == .rateLimited(after: 7))
      #expect(error.isRetriable)
    }
  }

  @Test("so does a 503")
  func unavailable() async throws {
    try await ScriptedServer.answering("503 Busy", headers: ["Retry-After: 7"]) { server in
      let error = try await #require(throws: ClientError.self) {
        try await server.client().features()
      }
      #expect(error.kind == .serverFault(status: 503, after: 7))
    }
  }

  @Test("a long message of a server is cut")
  func longMessage() async throws {
    let body = #"{"code":"X","message":"\#(String(repeating: "e\u{301}", count: 5000))"}"#
    try await ScriptedServer.answering("400 Bad Request", body: body) { server in
      let error = try await #require(throws: ClientError.self) {
        try await server.client().features()
      }
      #expect(error.message.unicodeScalars.count == 500)
    }
  }

  @Test("a success that is not the contract's is malformed and names the field")
  func malformed() async throws {
    try await ScriptedServer.answering("202 Accepted", body: #"{"task_id":1,"status":"created"}"#) {
      server in
      let error = try await #require(throws: ClientError.self) {
        try await server.client().download(request)
      }
      #expect(error.kind == .malformed)
      #expect(error.message.contains("task_id"))
    }
  }

  @Test("a socket nobody listens on is unreachable")
  func unreachable() async throws {
    let client = ComfyClient(
      backend: Backend(name: "local", address: .unixSocket(path: "/nonexistent/x.sock")),
      transport: HTTPTransport())
    let error = try await #require(throws: ClientError.self) { try await client.features() }
    #expect(error.kind == .unreachable)
    #expect(error.isRetriable)
    #expect(error.wasNeverSent)
  }

  @Test("a connection that ends without an answer leaves it open whether the request arrived")
  func unanswered() async throws {
    try await ScriptedServer.answering("200 OK", headers: ["Content-Length: 9"], body: "{") {
      server in
      let error = try await #require(throws: ClientError.self) {
        try await server.client().features()
      }
      #expect(!error.wasNeverSent)
    }
  }
}
