import CloudLab
import ComfyClient
import Downloads
import Foundation
import TestCertificates
import Testing
import Transport

@testable import Model

@Suite("How much the cloud is asked, and who else is not", .serialized)
struct RequestCountTests {
  @Test("without a feed many tasks cost one list a hundred each second")
  func withoutFeed() async throws {
    try await CloudLab.withRunning { lab in
      for link in LiveBoard.links(130) { lab.startElsewhere(link) }
      lab.feed.quirks.refusal = 503
      let clock = StepClock()
      try await LiveBoard.withRunning(lab, intervals: .init(), speed: 1, clock: clock) { live in
        #expect(await live.isTrue())
        for _ in 1...3 {
          #expect(await eventually { clock.sleepers == 1 })
          lab.forgetRequests()
          clock.advance(by: .milliseconds(999))
          #expect(clock.sleepers == 1)
          #expect(lab.requests("GET /api/tasks").isEmpty)
          clock.advance(by: .milliseconds(1))
          #expect(await eventually { lab.requests("GET /api/tasks?").count == 2 })
        }
        #expect(await eventually { clock.sleepers == 1 })
        #expect(lab.requests("GET /api/tasks?").count == 2)
        #expect(lab.requests("GET /api/tasks/").isEmpty)
      }
    }
  }

  @Test("with a feed the list is only a check")
  func withFeed() async throws {
    try await CloudLab.withRunning { lab in
      lab.startElsewhere(LiveBoard.links(1)[0])
      try await LiveBoard.withRunning(lab, intervals: .init(), speed: 1) { live in
        #expect(await live.isTrue())
        #expect(await eventually { lab.feed.listeners == 1 })
        try await Task.sleep(for: .milliseconds(1500))
        lab.forgetRequests()
        try await Task.sleep(for: .milliseconds(2500))
        #expect(lab.requests("GET /api/tasks").count <= 1)
      }
    }
  }

  @Test("nothing to do is asked about seldom")
  func idle() async throws {
    try await CloudLab.withRunning { lab in
      // At fifty times the pace, two seconds are a hundred.
      try await LiveBoard.withRunning(lab) { live in
        #expect(await live.says { $0 == .online })
        try await Task.sleep(for: .seconds(2))
        #expect((1...5).contains(lab.requests("GET /api/tasks").count))
      }
    }
  }

  @Test("a busy cloud is left alone for as long as it asks", arguments: [429, 503])
  func retryAfter(status: Int) async throws {
    try await CloudLab.withRunning { lab in
      lab.inject(.refuse(status, retryAfter: "2"), on: "POST")
      try await LiveBoard.withRunning(lab, speed: 1) { live in
        try await live.queue(1)
        #expect(await live.says(\.isOffline))
        // A new submission is no reason to come sooner.
        _ = try await live.board.submit(
          [Submission(url: "https://huggingface.co/o/n/resolve/main/x.safetensors")],
          hosts: SourceHosts(environment: [:]), now: Date())
        #expect(await live.isTrue())
      }
      let posts = lab.requests("POST").map(\.time)
      #expect(posts.count == 3)
      #expect(posts[1] - posts[0] >= .seconds(2))
      let between = lab.requests.filter { $0.time > posts[0] && $0.time < posts[1] }
      #expect(between.filter { $0.path.hasPrefix("/api/tasks") }.isEmpty)
    }
  }

  @Test("without a word from a busy cloud the pauses grow")
  func backsOff() async throws {
    try await CloudLab.withRunning { lab in
      lab.inject(.refuse(429), on: "POST", times: 3)
      try await LiveBoard.withRunning(lab, intervals: .init(), speed: 1) { live in
        _ = try await live.start()
      }
      let posts = lab.requests("POST").map(\.time)
      #expect(posts.count == 4)
      #expect(posts[1] - posts[0] >= .milliseconds(450))
      #expect(posts[2] - posts[1] >= .milliseconds(950))
      #expect(posts[3] - posts[2] >= .milliseconds(1950))
    }
  }

  @Test("a cloud that is away is said to be, and what is queued is sent when it is back")
  func offline() async throws {
    try await LiveBoard.withRunning { live in
      live.lab.inject(.loseRequest, on: "", times: .max)
      try await live.queue(2)
      #expect(await live.says(\.isOffline))
      live.lab.heal()
      #expect(await live.says { $0 == .online })
      #expect(await live.isTrue())
      #expect(live.lab.tasks.count == 2)
    }
  }

  @Test("a redirect is not followed, and the key reaches nobody else")
  func redirected() async throws {
    try await CloudLab.withRunning { elsewhere in
      try await LiveBoard.withRunning { live in
        let task = try await live.start()[0]
        live.lab.inject(.redirect(to: elsewhere.origin), on: "", times: .max)
        live.lab.feed.cut()
        live.lab.forgetRequests()
        try await live.queue(2)
        let id = try await live.download(task).id
        await #expect(throws: DownloadFailure.self) { try await live.board.cancel(id) }
        #expect(await live.says(\.isRefused))
        for asked in ["POST", "DELETE", "GET /api/tasks", "GET /ws"] {
          #expect(await eventually { !live.lab.requests(asked).isEmpty }, "\(asked)")
        }
        #expect(elsewhere.requests.isEmpty)
        live.lab.heal()
        #expect(await live.isTrue())
      }
    }
  }

  @Test("over TLS everything goes as it should, and nothing goes to a stranger")
  func encrypted() async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).pem")
    try Data(TestCertificates.authority.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    var configuration = TransportConfiguration(environment: [:])
    configuration.certificateFile = file.path()
    try await CloudLab.withRunning(certificate: TestCertificates.loopback) { [configuration] lab in
      let client = lab.client(transport: HTTPTransport(configuration: configuration))
      try await LiveBoard.withRunning(lab, client: client) { live in
        let task = try await live.start()[0]
        #expect(await eventually { lab.feed.listeners == 1 })
        lab.progress(task.id, 5, of: 10)
        #expect(try await eventually { try await live.download(task).bytesDownloaded == 5 })
        lab.complete(task.id)
        #expect(await live.isTrue())
      }
    }
    try await CloudLab.withRunning(certificate: TestCertificates.elsewhere) { [configuration] lab in
      let client = lab.client(transport: HTTPTransport(configuration: configuration))
      try await LiveBoard.withRunning(lab, client: client) { live in
        try await live.queue(1)
        #expect(await live.says(\.isOffline))
        #expect(lab.requests.isEmpty)
      }
    }
  }
}
