import ComfyClient
import Testing
import Transport

@testable import ComfyClient

@Suite("a backend's address")
struct BackendURLTests {
  @Test("trailing slashes of the base are left out")
  func trailingSlashes() {
    #expect(BackendURL("https://cloud.comfy.org/")?.text == "https://cloud.comfy.org")
    #expect(BackendURL("http://127.0.0.1:8188/base//")?.text == "http://127.0.0.1:8188/base")
  }

  @Test(
    "what is no absolute http URL is refused",
    arguments: [
      "", "cloud.comfy.org", "ftp://cloud.comfy.org", "https://", "https://user:pw@host",
      "https://host?x=1", "https://host#x", "https://ho st", "http://host:0", "http://host\r\nX: y",
    ])
  func invalid(text: String) {
    #expect(BackendURL(text) == nil)
  }

  @Test(
    "only names and addresses of this machine are loopback",
    arguments: [
      ("http://localhost:1", true), ("http://127.0.0.1", true), ("http://127.9.9.9", true),
      ("http://[::1]:8188", true), ("http://127.example.org", false),
      ("http://localhost.evil.example", false), ("http://10.0.0.1", false),
      ("http://127.0.0.1.evil.example", false),
    ])
  func loopback(text: String, expected: Bool) throws {
    #expect(try #require(BackendURL(text)).isLoopback == expected)
  }

  @Test("a key is not sent over plain http to another machine")
  func insecure() async throws {
    let client = ComfyClient(
      backend: Backend(
        name: "x", address: .http(base: "http://192.0.2.1", key: APIKey("comfyui-secret"))),
      transport: HTTPTransport())
    let error = try await #require(throws: ClientError.self) { try await client.features() }
    #expect(error.code == "INSECURE_BACKEND")
    #expect(!error.isRetriable)
    #expect(!"\(error)".contains("secret"))
  }

  @Test("a key goes over https and to loopback")
  func secure() throws {
    for base in ["https://cloud.comfy.org", "http://127.0.0.1:8188"] {
      let endpoint = try Endpoint(.http(base: base, key: APIKey("k")))
      #expect(endpoint.request("GET", "/api/features").headers["X-API-Key"] == "k")
    }
  }

  @Test("a key with a line break is refused before it becomes a header")
  func headerInjection() {
    #expect(throws: ClientError.self) {
      try Endpoint(.http(base: "https://host", key: APIKey("k\r\nX-Evil: 1")))
    }
  }

  @Test("a workspace is sent as a header, and refused when it would start another one")
  func workspace() throws {
    let endpoint = try Endpoint(.http(base: "https://host", key: nil, workspace: "ws-1"))
    #expect(endpoint.request("GET", "/api/user").headers["X-Comfy-Workspace-ID"] == "ws-1")
    let line = WebSocketLine(endpoint: endpoint, configuration: TransportConfiguration()).head
    #expect(line.headers["X-Comfy-Workspace-ID"] == ["ws-1"])
    let error = try #require(throws: ClientError.self) {
      try Endpoint(.http(base: "https://host", key: nil, workspace: "w\r\nX-Evil: 1"))
    }
    #expect(error.code == "INVALID_WORKSPACE")
  }

  @Test("whatever it is called, a backend at Comfy Cloud's address has the cloud's rules")
  func isCloud() {
    let team = Backend(name: "team", address: .http(base: "https://Cloud.comfy.org/", key: nil))
    #expect(team.isCloud)
    let other = Backend(
      name: "x", address: .http(base: "https://cloud.comfy.org.evil.example", key: nil))
    #expect(!other.isCloud)
  }

  @Test("a key shows itself in no description, dump or interpolation")
  func redaction() {
    let key = APIKey("comfyui-secret")
    var dumped = ""
    dump(Backend(name: "x", address: .http(base: "https://h", key: key)), to: &dumped)
    let texts = ["\(key)", String(reflecting: key), "\(Optional(key) as Any)", dumped]
    #expect(texts.allSatisfy { !$0.contains("secret") })
  }

  @Test("a Unix socket is asked as localhost")
  func unixSocket() throws {
    let request = try Endpoint(.unixSocket(path: "/run/x.sock")).request("GET", "/api/tasks")
    #expect(request.url == "http://localhost/api/tasks")
    #expect(request.unixSocketPath == "/run/x.sock")
  }

  @Test("identifiers are percent-encoded as one path segment")
  func percentEncoding() {
    #expect("a/../b?c d%ä".percentEncoded == "a%2F..%2Fb%3Fc%20d%25%C3%A4")
  }
}
