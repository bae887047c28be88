import Downloads
import Foundation
import Origins
import Synchronization
import Testing

@testable import Engine

@Suite("A link that runs out") struct FreshLinkTests {
  /// A link and how often the source was asked for a new one.
  private final class Source: Sendable {
    let asked = Mutex(0)
    let passed = Mutex(0.0)
    private let start = ContinuousClock.now
    private static let date = Date(timeIntervalSince1970: 1000)

    var environment: EngineEnvironment {
      EngineEnvironment(
        now: { Self.date + self.passed.withLock(\.self) },
        instant: { self.start + .seconds(self.passed.withLock(\.self)) })
    }

    func file(lifetime: Double?) throws -> ResolvedFile {
      let url = try #require(HTTPURL("https://hub.example/m"))
      let reference = try ModelReference(
        "https://huggingface.co/acme/model/resolve/main/m.safetensors",
        hosts: try SourceHosts(environment: [:]))
      let now = environment.now()
      return ResolvedFile(
        reference: reference, name: "m.safetensors", size: 10, hashes: PublishedHashes(),
        identity: "one", link: ContentLink(url: url, expires: lifetime.map { now + $0 }))
    }

    func link(lifetime: Double?) throws -> FreshLink {
      FreshLink(
        try file(lifetime: lifetime), environment: environment,
        resolve: {
          self.asked.withLock { $0 += 1 }
          return try self.file(lifetime: lifetime)
        })
    }

    func pass(_ seconds: Double) { passed.withLock { $0 += seconds } }
    var questions: Int { asked.withLock(\.self) }
  }

  @Test("is used as long as it holds") func holds() async throws {
    let source = Source()
    let link = try source.link(lifetime: 3600)
    source.pass(3400)
    _ = try await link.current()
    #expect(source.questions == 0)
  }

  @Test("is replaced two minutes before its end") func before() async throws {
    let source = Source()
    let link = try source.link(lifetime: 3600)
    source.pass(3500)
    _ = try await link.current()
    _ = try await link.current()
    #expect(source.questions == 1)
  }

  @Test("of a short life is replaced in its last quarter") func short() async throws {
    let source = Source()
    let link = try source.link(lifetime: 60)
    source.pass(40)
    _ = try await link.current()
    #expect(source.questions == 0)
    source.pass(6)
    _ = try await link.current()
    #expect(source.questions == 1)
  }

  @Test("and was refused is replaced once for all that met it") func together() async throws {
    let source = Source()
    let link = try source.link(lifetime: 3600)
    let old = try await link.current().link
    source.pass(1)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask { try await link.renew(old, because: CancellationError()) }
      }
      try await group.waitForAll()
    }
    #expect(source.questions == 1)
  }

  @Test("and is refused again and again is given up") func givenUp() async throws {
    let source = Source()
    let link = try source.link(lifetime: nil)
    await #expect(throws: LinkRefused.self) {
      for _ in 0..<10 {
        try await link.renew(try await link.current().link, because: CancellationError())
      }
    }
    #expect(source.questions == 5)
  }

  @Test("and brought bytes in between is not") func worked() async throws {
    let source = Source()
    let link = try source.link(lifetime: nil)
    for _ in 0..<20 {
      try await link.renew(try await link.current().link, because: CancellationError())
      await link.worked()
    }
    #expect(source.questions == 20)
  }
}
