import CloudLab
import Downloads
import Foundation
import Testing

@testable import Model

@Suite("The cloud's answers at their worst", .serialized)
struct AnswerQuirkTests {
  private static let faults: [CloudFault.Effect] = [
    .loseAnswer, .loseRequest, .delay(.milliseconds(300)), .truncate, .body("{"), .body("[]"),
    .body(#"{"task_id":7,"tasks":{},"id":null}"#), .enormous(20_000_000),
    .refuse(500), .refuse(502), .refuse(503), .refuse(429), .refuse(503, retryAfter: "0"),
  ]

  @Test(
    "a download request that goes wrong makes one task in the end",
    arguments: faults.indices)
  func downloads(index: Int) async throws {
    try await LiveBoard.withRunning { live in
      live.lab.inject(Self.faults[index], on: "POST /api/assets/download", times: 2)
      _ = try await live.start(3)
      #expect(await live.isTrue(), "\(Self.faults[index])")
      #expect(live.lab.tasks.map(\.url).sorted() == LiveBoard.links(3))
    }
  }

  @Test(
    "a list or a task that cannot be read is asked for again",
    arguments: faults.indices, ["GET /api/tasks?", "GET /api/tasks/", "GET /api/features"])
  func reading(index: Int, target: String) async throws {
    try await LiveBoard.withRunning { live in
      live.lab.inject(Self.faults[index], on: target, times: 2)
      let tasks = try await live.start(3)
      live.lab.complete(tasks[0].id)
      live.lab.move(tasks[1].id, to: "failed")
      #expect(await live.isTrue(), "\(Self.faults[index])")
    }
  }

  @Test("a 202 that says completed is completed, though no message follows")
  func completedAtOnce() async throws {
    try await LiveBoard.withRunning { live in
      live.lab.set(\.completesAtOnce, true)
      let tasks = try await live.start(2)
      #expect(await live.isTrue())
      let asset = try await live.download(tasks[0]).assetID
      #expect(asset != nil)
    }
  }

  @Test(
    "content that is stored already is completed, by the names of either contract",
    arguments: [false, true])
  func stored(usesOlderNames: Bool) async throws {
    try await LiveBoard.withRunning { live in
      live.lab.set(\.usesOlderAssetFields, usesOlderNames)
      let asset = live.lab.store(LiveBoard.links(1)[0])
      try await live.queue(1)
      #expect(await eventually { await live.downloads.first?.status == .completed })
      #expect(await live.downloads.first?.hash == asset.hash)
      #expect(live.lab.tasks.isEmpty)
    }
  }

  @Test("folders are tagged as the features say, also when those are learnt late")
  func folderTags() async throws {
    try await CloudLab.withRunning { lab in
      // Before anything asks for them.
      lab.set(\.supportsModelTypeTags, true)
      lab.inject(.refuse(503), on: "GET /api/features", times: 2)
      try await LiveBoard.withRunning(lab) { live in
        try await live.queue(1, folder: Folder("loras"))
        #expect(await eventually { lab.tasks.count == 1 })
        #expect(lab.tasks.first?.tags == ["models", "model_type:loras"])
      }
    }
  }

  @Test("a link that the cloud cannot digest fails, and lets the others pass")
  func indigestible() async throws {
    try await LiveBoard.withRunning { live in
      live.lab.inject(
        .refuse(500, code: "INTERNAL_ERROR"), on: "POST /api/assets/download", times: 3)
      try await live.queue(1)
      #expect(
        await eventually {
          await live.downloads.first?.failure?.code == "INTERNAL_ERROR"
        })
    }
  }

  @Test(
    "what is wrong with the account fails no download, and is said",
    arguments: [
      (401, "UNAUTHORIZED", false), (402, "HTTP_402", false),
      (403, "workspace_access_denied", false), (403, "no_workspace_access", false),
      (403, "sso_required", false), (403, "auth_type_not_allowed", true),
      (400, "workspace_id_invalid", false),
    ])
  func account(status: Int, code: String, isNested: Bool) async throws {
    try await LiveBoard.withRunning { live in
      live.lab.set(\.nestsErrors, isNested)
      live.lab.inject(.refuse(status, code: code, message: code), on: "POST", times: .max)
      try await live.queue(2)
      #expect(await live.says(\.isRefused))
      guard case .refused(let failure) = await live.board.snapshot.backend.connection else {
        Issue.record("nothing is said")
        return
      }
      let words = FailureWords.completing(DownloadFailure(code: code, message: ""))
      #expect(failure.message == words.message)
      #expect(failure.hint == words.hint)
      #expect(await live.downloads.allSatisfy { $0.status == .queued })
      live.lab.heal()
      #expect(await live.isTrue())
    }
  }

  @Test("what the account may not send does not hide how the rest gets on")
  func inactiveAccount() async throws {
    try await LiveBoard.withRunning { live in
      live.lab.feed.quirks.isMuted = true
      let task = try await live.start()[0]
      live.lab.inject(.refuse(402), on: "POST", times: .max)
      try await live.queue(1)
      #expect(await live.says(\.isRefused))
      live.lab.complete(task.id)
      #expect(try await eventually { try await live.download(task).status == .completed })
    }
  }

  @Test(
    "a refusal of the link fails it, in words and with a hint",
    arguments: [
      (400, "INVALID_URL"), (400, "INVALID_URL_FORMAT"), (400, "UNSUPPORTED_SOURCE"),
      (403, "FORBIDDEN"), (422, "USER_TOKEN_INVALID"), (422, "USER_TOKEN_ACCESS_DENIED"),
      (422, "UNAUTHORIZED_SOURCE"), (422, "ACCESS_FORBIDDEN"), (422, "RESOURCE_NOT_FOUND"),
      (422, "RATE_LIMITED"), (422, "SOURCE_SERVER_ERROR"), (422, "NETWORK_TIMEOUT"),
      (422, "CONNECTION_REFUSED"), (422, "INVALID_HOST"), (422, "NETWORK_ERROR"),
      (422, "DOWNLOAD_CANCELLED"), (422, "METADATA_FETCH_FAILED"), (422, "HTTP_ERROR"),
      (422, "FILE_TOO_LARGE"), (422, "FORMAT_NOT_ALLOWED"), (422, "UNSAFE_PICKLE_SCAN"),
      (422, "UNSAFE_VIRUS_SCAN"), (422, "MODEL_TYPE_NOT_SUPPORTED"),
    ])
  func refusals(status: Int, code: String) async throws {
    try await LiveBoard.withRunning { live in
      live.lab.set(\.nestsErrors, code.hasPrefix("U"))
      live.lab.inject(.refuse(status, code: code, message: ""), on: "POST")
      try await live.queue(1)
      #expect(await eventually { await live.downloads.first?.status == .failed })
      let failure = await live.downloads.first?.failure
      #expect(failure?.code == code)
      #expect(failure?.message.isEmpty == false)
      #expect(failure?.hint?.isEmpty == false)
      #expect(live.lab.sentURLs.count == 1)
    }
  }
}
