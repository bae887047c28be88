import ComfyAPI
import ComfyClient
import Engine
import Foundation
import Testing
import Transport

@testable import EngineServer

@Suite("routes")
struct RouteTests {
  private let request = AssetDownloadRequest(
    sourceURL: "https://huggingface.co/a/b/resolve/main/c.safetensors", tags: ["models", "loras"],
    userMetadata: ["n": 1], previewID: "p")

  // MARK: Download

  @Test("a new download is answered with 202 and reaches the engine whole")
  func accepted() async throws {
    let engine = FakeEngine()
    try await RunningServer.onSocket(engine) { server in
      let answer = try await server.client.download(request)
      #expect(answer == .task(AssetDownloadResponse(taskID: "t1", status: .created)))
    }
    #expect(await engine.downloads == [request])
  }

  @Test("the place of a link reaches the engine, and one that cannot be read is refused")
  func queuePlace() async throws {
    let engine = FakeEngine()
    let place = QueuePlace(queue: UUID(), number: 12, unanswered: [10, 11])
    try await RunningServer.onSocket(engine) { server in
      _ = try await server.client.download(request, at: place)
      _ = try await server.client.download(request)
      let answer = try await server.send(
        "POST", "/api/assets/download", headers: [QueuePlace.header: "third"],
        body: #"{"source_url":"https://x"}"#)
      #expect(answer.status == 400)
      #expect(answer.error?.code == "INVALID_HEADER")
    }
    #expect(await engine.places == [place, nil])
  }

  @Test("content that is there is answered with 200 and the asset")
  func stored() async throws {
    let date = Date(timeIntervalSince1970: 1)
    let created = AssetCreated(
      asset: Asset(id: "a", name: "x", hash: "blake3:0", createdAt: date, updatedAt: date),
      createdNew: false)
    try await RunningServer.onSocket(FakeEngine(download: .success(.asset(created)))) { server in
      let answer = try await server.client.download(request)
      #expect(answer == .asset(created))
    }
  }

  @Test(
    "an engine's refusal keeps its code and gets its status",
    arguments: [
      (EngineError.Kind.invalidRequest, "UNSUPPORTED_SOURCE", 400),
      (.unprocessable, "RESOURCE_NOT_FOUND", 422), (.unavailable, "SERVICE_UNAVAILABLE", 503),
    ])
  func refused(kind: EngineError.Kind, code: String, status: Int) async throws {
    let engine = FakeEngine(download: .failure(.fake(kind, code)))
    try await RunningServer.onSocket(engine) { server in
      let answer = try await server.send(
        "POST", "/api/assets/download", body: #"{"source_url":"https://x"}"#)
      #expect(answer.status == status)
      #expect(answer.head.headers["Content-Type"] == "application/json")
      #expect(answer.error == ErrorResponse(code: code, message: "Text of \(code)."))
    }
  }

  @Test("the text of an internal error stays inside")
  func internalError() async throws {
    let engine = FakeEngine(download: .failure(.fake(.internalError, "SECRET_PATH")))
    try await RunningServer.onSocket(engine) { server in
      let answer = try await server.send(
        "POST", "/api/assets/download", body: #"{"source_url":"https://x"}"#)
      #expect(answer.status == 500)
      #expect(answer.error?.code == "INTERNAL_ERROR")
      #expect(!String(decoding: answer.body, as: UTF8.self).contains("SECRET_PATH"))
    }
  }

  @Test(
    "a body that is not the contract's is answered with 400 and names the field",
    arguments: [
      ("", nil), ("{", nil), ("[]", nil), ("{}", "source_url"),
      (#"{"source_url":1}"#, "source_url"),
      (#"{"source_url":"u","tags":"x"}"#, "tags"), (#"{"source_url":"u","tags":[1]}"#, "tags[0]"),
      (#"{"source_url":"u","user_metadata":[]}"#, "user_metadata"),
    ] as [(String, String?)])
  func badBody(body: String, field: String?) async throws {
    let engine = FakeEngine()
    try await RunningServer.onSocket(engine) { server in
      let answer = try await server.send("POST", "/api/assets/download", body: body)
      #expect(answer.status == 400)
      #expect(answer.error?.code == "INVALID_BODY")
      #expect(answer.error?.details?["field"]?.string == field)
    }
    #expect(await engine.downloads.isEmpty)
  }

  @Test("a body over 1 MiB is answered with 413")
  func largeBody() async throws {
    try await RunningServer.onSocket { server in
      let answer = try await server.send(
        "POST", "/api/assets/download", body: String(repeating: " ", count: (1 << 20) + 1))
      #expect(answer.status == 413)
      #expect(answer.error?.code == "BODY_TOO_LARGE")
    }
  }

  // MARK: Tasks

  @Test("the parameters of a listing reach the engine")
  func listing() async throws {
    let engine = FakeEngine()
    try await RunningServer.onSocket(engine) { server in
      _ = try await server.client.tasks(
        statuses: [.created, .running], offset: 7, limit: 100, ascending: true)
      _ = try await server.send("GET", "/api/tasks")
    }
    let queries = await engine.queries
    #expect(queries.map(\.statuses) == [[.created, .running], []])
    #expect(queries.map(\.limit) == [100, 20])
    #expect(queries.map(\.offset) == [7, 0])
    #expect(queries.map(\.ascending) == [true, false])
  }

  @Test(
    "a bad parameter of a listing is named",
    arguments: [
      ("limit=0", 400, "limit"), ("limit=101", 400, "limit"), ("limit=x", 400, "limit"),
      ("limit=99999999999999999999", 400, "limit"), ("offset=-1", 400, "offset"),
      ("offset=", 400, "offset"), ("sort_order=up", 400, "sort_order"),
      ("status=created,asleep", 422, "status"), ("status=COMPLETED", 422, "status"),
      ("created_after=yesterday", 400, "created_after"), ("status=%zz", 400, "status"),
    ])
  func badListing(query: String, status: Int, field: String) async throws {
    try await RunningServer.onSocket { server in
      let answer = try await server.send("GET", "/api/tasks?\(query)")
      #expect(answer.status == status)
      #expect(answer.error?.details?["field"]?.string == field)
      #expect(answer.error?.message.isEmpty == false)
    }
  }

  @Test("an unknown status is named in the message")
  func unknownStatus() async throws {
    try await RunningServer.onSocket { server in
      let answer = try await server.send("GET", "/api/tasks?status=asleep")
      #expect(answer.error?.message.contains("asleep") == true)
    }
  }

  @Test("a task is read, cancelled and retried by its id")
  func oneTask() async throws {
    let engine = FakeEngine()
    try await RunningServer.onSocket(engine) { server in
      let task = try await server.client.task(Self.id(1))
      #expect(task.id == Self.id(1))
      let outcome = try await server.client.cancel(Self.id(2))
      #expect(outcome == .accepted)
      try await server.client.retry(Self.id(3))
      let answers = [
        try await server.send("DELETE", "/api/tasks/\(Self.id(4))"),
        try await server.send("POST", "/api/winch/tasks/\(Self.id(5))/retry"),
      ]
      #expect(answers.map(\.status) == [204, 202])
    }
    #expect(await engine.cancelled == [Self.id(2), Self.id(4)])
    #expect(await engine.retried == [Self.id(3), Self.id(5)])
  }

  @Test("an unknown task is 404 on every path", arguments: Self.taskPaths)
  func unknownTask(method: String, path: String) async throws {
    let engine = FakeEngine(taskError: .fake(.notFound, "NOT_FOUND"))
    try await RunningServer.onSocket(engine) { server in
      let answer = try await server.send(method, path)
      #expect(answer.status == 404)
      #expect(answer.error?.code == "NOT_FOUND")
    }
  }

  @Test("what a task's state forbids is 409")
  func conflict() async throws {
    let engine = FakeEngine(taskError: .fake(.conflict, "CONFLICT"))
    try await RunningServer.onSocket(engine) { server in
      let outcome = try await server.client.cancel(Self.id(1))
      #expect(outcome == .notCancellable)
      let answers = [
        try await server.send("DELETE", "/api/tasks/\(Self.id(1))"),
        try await server.send("POST", "/api/winch/tasks/\(Self.id(1))/retry"),
      ]
      #expect(answers.map(\.status) == [409, 409])
    }
  }

  private static func id(_ number: Int) -> String {
    "0b0e7a12-0000-4000-8000-00000000000\(number)"
  }

  private static let taskPaths = [
    ("GET", "/api/tasks/\(Self.id(1))"), ("DELETE", "/api/tasks/\(Self.id(1))"),
    ("POST", "/api/winch/tasks/\(Self.id(1))/retry"),
    ("POST", "/api/winch/tasks/\(Self.id(1))/pause"),
    ("POST", "/api/winch/tasks/\(Self.id(1))/resume"),
    ("GET", "/api/winch/tasks/\(Self.id(1))"),
  ]

  // MARK: The queue

  @Test("pauses, resumes, moves and partial files reach the engine")
  func queue() async throws {
    let engine = FakeEngine()
    try await RunningServer.onSocket(engine) { server in
      let client = server.client
      try await client.pause(Self.id(1))
      try await client.move(Self.id(1), to: .top)
      try await client.resume(Self.id(1))
      #expect(try await client.cancel(Self.id(2), deletesPartial: true) == .accepted)
      #expect(try await client.trace(of: Self.id(3)) == TransferTrace(taskID: Self.id(3)))
    }
    #expect(await engine.orders == ["pause", "move top", "resume"])
    #expect(await engine.partialsDeleted == [Self.id(2)])
  }

  @Test("a limit is set, read and taken away")
  func limits() async throws {
    try await RunningServer.onSocket { server in
      let client = server.client
      #expect(try await client.limits() == TransferLimits())
      _ = try await client.setLimits(TransferLimits(bytesPerSecond: 5000))
      #expect(try await client.limits().bytesPerSecond == 5000)
      _ = try await client.setLimits(TransferLimits())
      #expect(try await client.limits() == TransferLimits())
    }
  }

  @Test("a limit of one task is set, read and taken away, and no other's is changed")
  func taskLimits() async throws {
    try await RunningServer.onSocket { server in
      let client = server.client
      let (id, other) = (Self.id(1), Self.id(2))
      let set = try await client.setLimits(TransferLimits(bytesPerSecond: 5000), of: id)
      #expect(set.bytesPerSecond == 5000)
      #expect(try await client.limits(of: id).bytesPerSecond == 5000)
      #expect(try await client.limits(of: other) == TransferLimits())
      _ = try await client.setLimits(TransferLimits(), of: id)
      #expect(try await client.limits(of: id) == TransferLimits())
    }
  }

  @Test("who set a limit and until when is the engine's to say")
  func limitsAreStrict() async throws {
    try await RunningServer.onSocket { server in
      for field in ["set_by", "until"] {
        let answer = try await server.send(
          "PUT", "/api/winch/limits", body: #"{"bytes_per_second":5000,"\#(field)":"x"}"#)
        #expect(answer.status == 400)
        #expect(answer.error?.details?["field"]?.string == field)
      }
    }
  }

  @Test(
    "an order that cannot be read is 400",
    arguments: [
      ("POST", "/api/winch/tasks/\(Self.id(1))/move", #"{"to":"left"}"#),
      ("POST", "/api/winch/tasks/\(Self.id(1))/move", "{}"),
      ("PUT", "/api/winch/limits", "{}"), ("PUT", "/api/winch/limits", #"{"bytes":1}"#),
      ("PUT", "/api/winch/limits", #"{"bytes_per_second":"1M"}"#),
      ("PUT", "/api/winch/tasks/\(Self.id(1))/limits", "{}"),
      ("POST", "/api/winch/assets/\(Self.id(1))/verify?at_once=0", ""),
      ("POST", "/api/winch/assets/\(Self.id(1))/verify?at_once=17", ""),
      ("DELETE", "/api/tasks/\(Self.id(1))?delete_partial=yes", ""),
    ])
  func badOrder(method: String, path: String, body: String) async throws {
    try await RunningServer.onSocket { server in
      let answer = try await server.send(method, path, body: body.isEmpty ? nil : body)
      #expect(answer.status == 400)
    }
  }

  // MARK: The rest

  @Test("features announce what is Winch's own")
  func features() async throws {
    try await RunningServer.onSocket { server in
      let features = try await server.client.features()
      #expect(features.supportsModelTypeTags)
      let winch = try #require(features.winch)
      #expect(winch["version"] == "0.1")
      let able = Set(winch.filter { $0.value == true }.keys)
      #expect(
        able == [
          "retry", "pause", "move", "limits", "task_limits", "trace", "verify", "delete_partial",
          "delete_file", "library_scan", "filename", "repair", "expected_hash",
        ])
    }
  }

  @Test("the status is the engine's")
  func status() async throws {
    try await RunningServer.onSocket { server in
      let status = try await server.client.status()
      #expect(status.modelsRoot == "/m")
    }
  }

  @Test("a scan of the library is begun by POST and told of by GET")
  func libraryScan() async throws {
    try await RunningServer.onSocket { server in
      let begun = try await server.send("POST", "/api/winch/library/scan")
      #expect(begun.status == 202)
      #expect(try await server.client.scanLibrary().isScanning)
      let status = try await server.client.libraryScan()
      #expect(status.files == 3)
      #expect(status.unhashedBytes == 2000)
    }
  }

  @Test("a shutdown is answered first and announced then")
  func shutdown() async throws {
    try await RunningServer.onSocket { server in
      try await server.client.shutdown()
      for await _ in server.shutdown {}
    }
  }

  @Test(
    "an unknown path is 404 as JSON",
    arguments: ["/", "/api", "/api/tasks/a/b", "/api/jobs", "/%00", "/api/../etc/passwd"])
  func unknownPath(path: String) async throws {
    try await RunningServer.onSocket { server in
      let answer = try await server.send("GET", path)
      #expect(answer.status == 404)
      #expect(answer.error?.code == "NOT_FOUND")
    }
  }

  @Test(
    "a wrong method is 405 as JSON and tells the right ones",
    arguments: [
      ("GET", "/api/assets/download", "OPTIONS, POST"),
      ("POST", "/api/tasks", "GET, HEAD, OPTIONS"),
      ("PUT", "/api/tasks/\(Self.id(1))", "DELETE, GET, HEAD, OPTIONS"),
      ("GET", "/api/winch/shutdown", "OPTIONS, POST"),
      ("PATCH", "/api/features", "GET, HEAD, OPTIONS"),
    ])
  func wrongMethod(method: String, path: String, allowed: String) async throws {
    try await RunningServer.onSocket { server in
      let answer = try await server.send(method, path)
      #expect(answer.status == 405)
      #expect(answer.head.headers["Allow"] == allowed)
      #expect(answer.error?.code == "METHOD_NOT_ALLOWED")
    }
  }
}
