import CloudLab
import Downloads
import Foundation
import Testing

@testable import Model

@Suite("The cloud's tasks at their worst", .serialized)
struct TaskQuirkTests {
  @Test(
    "a task without bytes ends as the cloud says", arguments: ["completed", "failed", "cancelled"])
  func withoutBytes(end: String) async throws {
    try await CloudLab.withRunning { lab in
      lab.feed.quirks.isMuted = true
      lab.set(\.taskName, "model_upload")
      try await LiveBoard.withRunning(lab) { live in
        let task = try await live.start()[0]
        lab.move(task.id, to: "running")
        #expect(await live.isTrue())
        #expect(try await live.download(task).bytesDownloaded == nil)
        end == "completed" ? lab.complete(task.id) : lab.move(task.id, to: end)
        #expect(await live.isTrue())
      }
    }
  }

  @Test("a failure that was premature is corrected by a later look")
  func lateCompletion() async throws {
    try await CloudLab.withRunning { lab in
      lab.feed.quirks.isMuted = true
      try await LiveBoard.withRunning(lab) { live in
        let task = try await live.start()[0]
        lab.move(task.id, to: "failed", error: "The site hung up.")
        #expect(await live.isTrue())
        #expect(try await live.download(task).failure?.message == "The site hung up.")
        lab.complete(task.id)
        #expect(await live.isTrue())
        #expect(try await live.download(task).failure == nil)
      }
    }
  }

  @Test("what is completed stays so, whatever the feed and the list say later")
  func completedIsFinal() async throws {
    try await LiveBoard.withRunning { live in
      let task = try await live.start()[0]
      live.lab.complete(task.id)
      #expect(await live.isTrue())
      for status in ["running", "failed", "cancelled"] {
        live.lab.move(task.id, to: status)
        try await Task.sleep(for: .milliseconds(150))
        #expect(try await live.download(task).status == .completed)
      }
    }
  }

  @Test("a status nobody has heard of is shown as it is, and costs no request of its own")
  func unknownStatus() async throws {
    try await CloudLab.withRunning { lab in
      lab.feed.quirks.isMuted = true
      try await LiveBoard.withRunning(lab) { live in
        let tasks = try await live.start(3)
        for task in tasks { lab.move(task.id, to: "thawing") }
        #expect(await live.isTrue())
        lab.forgetRequests()
        try await Task.sleep(for: .milliseconds(300))
        #expect(lab.requests("GET /api/tasks/").isEmpty)
        for task in tasks { lab.complete(task.id) }
        #expect(await live.isTrue())
      }
    }
  }

  @Test("a cancel is pending until the cloud confirms it")
  func cancelConfirmed() async throws {
    try await LiveBoard.withRunning { live in
      let task = try await live.start()[0]
      try await live.board.cancel(try await live.download(task).id)
      #expect(await live.isTrue())
      #expect(try await live.download(task).status == .cancelled)
    }
  }

  @Test("a cancel that nobody confirms is cancelled after six looks, unless it is completed")
  func cancelIgnored() async throws {
    try await LiveBoard.withRunning { live in
      live.lab.set(\.cancel, .ignored)
      let tasks = try await live.start(2)
      for task in tasks { try await live.board.cancel(try await live.download(task).id) }
      #expect(try await live.download(tasks[0]).status == .cancellationPending)
      #expect(try await eventually { try await live.download(tasks[0]).status == .cancelled })
      live.lab.complete(tasks[1].id)
      live.lab.repeatMessage(tasks[1].id)
      #expect(try await eventually { try await live.download(tasks[1]).status == .completed })
      #expect(live.lab.requests("DELETE").count == 2)
    }
  }

  @Test("a cancel of a task the cloud does not have is cancelled at once")
  func cancelMissing() async throws {
    try await LiveBoard.withRunning { live in
      live.lab.set(\.cancel, .refused(404, "TASK_NOT_FOUND"))
      let task = try await live.start()[0]
      try await live.board.cancel(try await live.download(task).id)
      #expect(try await live.download(task).status == .cancelled)
    }
  }

  @Test(
    "a cancel that comes too late shows how the task stands", arguments: ["running", "completed"])
  func cancelTooLate(status: String) async throws {
    try await LiveBoard.withRunning { live in
      live.lab.set(\.cancel, .refused(409, "TASK_NOT_CANCELLABLE"))
      let task = try await live.start()[0]
      live.lab.feed.quirks.isMuted = true
      status == "completed" ? live.lab.complete(task.id) : live.lab.move(task.id, to: status)
      try? await live.board.cancel(try await live.download(task).id)
      #expect(await live.isTrue())
    }
  }

  @Test("a cancel that the cloud cannot take now is said, and the download goes on")
  func cancelUnavailable() async throws {
    try await LiveBoard.withRunning { live in
      live.lab.set(\.cancel, .refused(503, "QUEUE_UNAVAILABLE"))
      let task = try await live.start()[0]
      let id = try await live.download(task).id
      let failure = await #expect(throws: DownloadFailure.self) { try await live.board.cancel(id) }
      #expect(failure?.code == "QUEUE_UNAVAILABLE")
      #expect(await live.isTrue())
    }
  }

  @Test("a cancel during the request is passed on once there is a task to cancel")
  func cancelWhileSending() async throws {
    try await LiveBoard.withRunning { live in
      live.lab.inject(.delay(.milliseconds(300)), on: "POST")
      live.lab.feed.quirks.refusal = 503
      try await live.queue(1)
      #expect(await eventually { live.lab.tasks.count == 1 })
      let id = try #require(await live.downloads.first?.id)
      try await live.board.cancel(id)
      #expect(await live.isTrue())
      #expect(live.lab.tasks.first?.status == "cancelled")
    }
  }

  @Test("a cancel that a killed program had asked for is asked for again")
  func cancelAfterRestart() async throws {
    let journal = try Journal()
    try await CloudLab.withRunning { lab in
      try await LiveBoard.withRunning(lab, journal: journal) { live in
        let task = try await live.start()[0]
        // Written, but never sent.
        await live.board.change(try await live.download(task).id) {
          $0.status = .cancellationPending
        }
      }
      try await LiveBoard.withRunning(lab, journal: journal) { live in
        #expect(await eventually { lab.tasks.first?.status == "cancelled" })
        #expect(await live.isTrue())
      }
    }
  }

  @Test("a retry asks the cloud for a new task, and for nothing that only an engine can do")
  func retry() async throws {
    try await CloudLab.withRunning { lab in
      try await LiveBoard.withRunning(lab, client: lab.client(name: "cloud")) { live in
        let first = try await live.start()[0]
        lab.move(first.id, to: "failed")
        #expect(await live.isTrue())
        try await live.board.retry(try await live.download(first).id)
        #expect(await eventually { lab.tasks.count == 2 })
        #expect(await eventually { await live.downloads.map(\.taskID) == [lab.tasks[1].id] })
        #expect(!lab.requests.contains { $0.path.contains("winch") })
      }
    }
  }

  @Test("two downloads that were given one task both follow it")
  func sharedTask() async throws {
    try await LiveBoard.withRunning { live in
      live.lab.set(\.sharesTasks, true)
      try await live.queue(1)
      try await live.queue(1)
      #expect(await eventually { await live.downloads.allSatisfy { $0.taskID != nil } })
      let task = try #require(live.lab.tasks.first)
      live.lab.progress(task.id, 4, of: 8)
      #expect(await eventually { await live.downloads.map(\.bytesDownloaded) == [4, 4] })
      live.lab.complete(task.id)
      #expect(await eventually { await live.downloads.allSatisfy { $0.status == .completed } })
    }
  }

  @Test("tasks that were started elsewhere are shown, each once, by two programs as well")
  func strangers() async throws {
    let folder = URL.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "journal.sqlite").path()
    try await CloudLab.withRunning { lab in
      for link in LiveBoard.links(12) { lab.startElsewhere(link) }
      try await LiveBoard.withRunning(lab, journal: Journal(path: path)) { screen in
        try await LiveBoard.withRunning(lab, journal: Journal(path: path)) { script in
          #expect(await screen.isTrue())
          #expect(await script.isTrue())
          try await script.queue(14)
          #expect(await eventually { lab.tasks.count == 26 })
          #expect(await screen.isTrue())
          #expect(await script.isTrue())
        }
      }
    }
  }
}
