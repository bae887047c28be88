import ComfyAPI
import Foundation
import Testing
import Transport

@testable import EngineServer

@Suite("requests that are not the contract's")
struct StrictRequestTests {
  private static let id = "0b0e7a12-0000-4000-8000-000000000001"

  @Test(
    "a field that nobody knows is refused by its name",
    arguments: [
      ("POST", "/api/assets/download", #"{"source_url":"u","usermetadata":{}}"#, "usermetadata"),
      ("POST", "/api/assets/from-hash", #"{"hash":"x","tags":["a"],"x":null}"#, "x"),
      ("PUT", "/api/assets/\(id)", #"{"name":"a","size":1}"#, "size"),
      ("POST", "/api/assets/\(id)/tags", #"{"tags":["a"],"tag":"b"}"#, "tag"),
      ("DELETE", "/api/assets/\(id)/tags", #"{"tags":["a"],"all":true}"#, "all"),
      ("POST", "/api/secrets", #"{"name":"a","secret_value":"b","value":"c"}"#, "value"),
      ("PATCH", "/api/secrets/\(id)", #"{"provider":"civitai"}"#, "provider"),
    ])
  func unknownField(method: String, path: String, body: String, field: String) async throws {
    let engine = FakeEngine()
    try await RunningServer.onSocket(engine) { server in
      let answer = try await server.send(method, path, body: body)
      #expect(answer.status == 400)
      #expect(answer.error?.details?["field"]?.string == field)
    }
    #expect(await engine.downloads.isEmpty)
  }

  @Test("every field of the web page's and of ComfyUI's own download request is taken")
  func knownFields() async throws {
    let engine = FakeEngine()
    try await RunningServer.onSocket(engine) { server in
      let answer = try await server.send(
        "POST", "/api/assets/download",
        body: #"{"source_url":"u","tags":[],"user_metadata":{"source":"civitai","any":[1]},"#
          + #""preview_id":null,"filename":"x.safetensors"}"#)
      #expect(answer.status == 202)
    }
    #expect(await engine.downloads.first?.filename == "x.safetensors")
  }

  @Test(
    "a body that is no JSON of the right kind is 400",
    arguments: [
      "null", "1", #""x""#, "{\"source_url\":\"u\"", #"{"source_url":"u"}}"#, "{'source_url':'u'}",
      #"{"source_url":{}}"#, #"{"source_url":null}"#, #"{"source_url":"\ud800"}"#,
      #"{"source_url":"u","user_metadata":{"n":1e999}}"#, "\u{0}", "{\"source_url\":\"\u{0}\"}",
    ])
  func badJSON(body: String) async throws {
    try await RunningServer.onSocket { server in
      let answer = try await server.send("POST", "/api/assets/download", body: body)
      #expect(answer.status == 400)
      #expect(answer.error?.code == "INVALID_BODY")
    }
  }

  @Test("bytes that are not UTF-8 are 400")
  func badUTF8() async throws {
    try await RunningServer.onSocket { server in
      let body = Array(#"{"source_url":""#.utf8) + [0xC3, 0x28, 0xFF] + Array(#""}"#.utf8)
      let head =
        "POST /api/assets/download HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + "Content-Length: \(body.count)\r\n\r\n"
      let answer = try await server.exchange(Array(head.utf8) + body)
      #expect(answer.status == 400)
      #expect(answer.error?.code == "INVALID_BODY")
    }
  }

  @Test("nesting without end is 400 and metadata nested deep 422")
  func nesting() async throws {
    try await StoredLibrary.with { library in
      func send(_ depth: Int) async throws -> HTTPResponse {
        let value = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        return try await library.server.send(
          "POST", "/api/assets/download",
          body: "{\"source_url\":\"\(library.lab.hubEndpoint)/a/b/resolve/main/c.sft\","
            + "\"user_metadata\":{\"k\":\(value)}}")
      }
      #expect(try await send(100_000).status == 400)
      let deep = try await send(400)
      #expect(deep.status == 422)
      #expect(deep.error?.code == "INVALID_METADATA")
      #expect(deep.error?.details?["field"] == "user_metadata")
    }
  }

  @Test(
    "a bad query is refused by the parameter's name",
    arguments: [
      ("/api/tasks?limit=1&limit=2", "limit"), ("/api/tasks?%6cimit=1&limit=2", "limit"),
      ("/api/tasks?status=%ff", "status"), ("/api/tasks?status=%", "status"),
      ("/api/tasks?task_name=a%00b", "task_name"), ("/api/tasks?limit=1.0", "limit"),
      ("/api/tasks?limit=0x10", "limit"), ("/api/tasks?limit=+1", "limit"),
      ("/api/tasks?created_before=2026-02-31T25:00:00Z", "created_before"),
      ("/api/tasks?created_before=2026-01-01", "created_before"),
      ("/api/tasks?created_before=2026-01-01T12:00:00", "created_before"),
      ("/api/tags?limit=1001", "limit"), ("/api/tags?order=up", "order"),
      ("/api/tags?include_zero=yes", "include_zero"), ("/api/assets?limit=501", "limit"),
      ("/api/assets?offset=99999999999", "offset"),
      ("/api/assets?exclude_tags=a&tags_none=b", "tags_none"),
      (
        "/api/assets?tags_any=\(Array(repeating: "a", count: 101).joined(separator: ","))",
        "tags_any"
      ),
      ("/api/assets/tags/refine?limit=1001", "limit"),
      ("/api/assets/\(id)/content?disposition=up", "disposition"),
      ("/api/assets/remote-metadata", "url"), ("/api/assets/remote-metadata?url=", "url"),
    ])
  func badQuery(target: String, field: String) async throws {
    try await RunningServer.onSocket { server in
      let answer = try await server.send("GET", target)
      #expect(answer.status == 400)
      #expect(answer.error?.details?["field"]?.string == field)
    }
  }

  @Test("a query is read as forms write it, and foreign parameters are passed over")
  func query() async throws {
    let engine = FakeEngine()
    try await RunningServer.onSocket(engine) { server in
      let target =
        "/api/tasks?task%5Fname=a+b%2Bc&created_after=2026-01-31T12:00:00+01:00"
        + "&workspace_id=w&&rand=0.5"
      let answer = try await server.send("GET", target)
      #expect(answer.status == 200)
    }
    let query = await engine.queries.first
    #expect(query?.taskName == "a b+c")
    #expect(query?.createdAfter == Timestamp.date(from: "2026-01-31T11:00:00Z"))
  }

  @Test(
    "a bad path is refused",
    arguments: [
      ("/api/assets/%zz", 400), ("/api/assets/%00", 400), ("/api/assets/nope", 400),
      ("/api/tasks/1", 400), ("/api/tasks/\(id)%ff", 400), ("/api/secrets/x", 400),
      ("/api/experiment/models/%c3%28", 400), ("/api/experiment/models/a%00b", 400),
      ("/api/tasks/", 404), ("/api//tasks", 404), ("//api/tasks", 404), ("/api/tasks/\(id)/", 404),
      ("/api/assets//content", 404), ("/API/tasks", 404), ("/api/tasks;x", 404),
      ("/api/assets/seed", 404), ("/api/assets/seed/status", 404), ("/api/assets/prune", 404),
      ("/api/view?filename=x", 404), ("/api/experiment/models/preview/loras/0/x", 404),
      ("/internal/folder_paths", 404),
    ])
  func badPath(target: String, status: Int) async throws {
    try await RunningServer.onSocket { server in
      let answer = try await server.exchange(
        "GET \(target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
      #expect(answer.status == status)
      #expect(answer.error != nil)
    }
  }

  @Test(
    "other forms of a target are answered",
    arguments: [
      ("GET http://localhost/api/features HTTP/1.1", 200), ("OPTIONS * HTTP/1.1", 404),
      ("GET http:// HTTP/1.1", 404), ("GET http://a:b/api/features HTTP/1.1", 200),
      ("GET ?x HTTP/1.1", 404), ("GET /api/features#x HTTP/1.1", 404),
      ("GET /\(String(repeating: "a", count: 8000)) HTTP/1.1", 404),
    ])
  func targets(line: String, status: Int) async throws {
    try await RunningServer.onSocket { server in
      let answer = try await server.exchange(
        "\(line)\r\nHost: localhost\r\nConnection: close\r\n\r\n")
      #expect(answer.status == status || answer.status == 400)
    }
  }

  @Test("HEAD tells of a GET without its body, also of one that fails")
  func head() async throws {
    try await RunningServer.onSocket { server in
      func head(_ path: String) async throws -> RawAnswer {
        try await server.exchange(
          "HEAD \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
      }
      let get = try await server.send("GET", "/api/tasks")
      let good = try await head("/api/tasks")
      #expect(good.status == 200)
      #expect(good.body.isEmpty)
      #expect(good.head.contains("Content-Length: \(get.body.count)"))
      for (path, status) in [("/api/tasks?limit=0", 400), ("/nope", 404), ("/api/secrets/x", 400)] {
        let bad = try await head(path)
        #expect(bad.status == status)
        #expect(bad.body.isEmpty)
      }
    }
  }

  @Test("OPTIONS tells the methods of a path")
  func options() async throws {
    try await RunningServer.onSocket { server in
      let answer = try await server.send("OPTIONS", "/api/assets")
      #expect(answer.status == 204)
      #expect(answer.headers["Allow"] == "GET, HEAD, OPTIONS, POST")
      #expect(try await server.send("OPTIONS", "/api/nope").status == 404)
    }
  }

  @Test("tags are counted over a filter")
  func refine() async throws {
    try await StoredLibrary.with { library in
      let all: AssetTagHistogramResponse = try await library.get("/api/assets/tags/refine")
      #expect(all.tagCounts == ["models": 3, "mine": 3, "loras": 2, "checkpoints": 1])
      let some: AssetTagHistogramResponse = try await library.get(
        "/api/assets/tags/refine?tags_all=loras&name_contains=beta")
      #expect(some.tagCounts == ["models": 1, "mine": 1, "loras": 1])
      let first: AssetTagHistogramResponse = try await library.get(
        "/api/assets/tags/refine?limit=2")
      #expect(first.tagCounts == ["models": 3, "mine": 3])
    }
  }
}
