import Foundation
import OriginLab
import Synchronization
import Testing

@testable import Origins

@Suite("Watching a source")
struct ExchangeTests {
  private final class Log: Sendable {
    private let entries = Mutex<[SourceExchange]>([])

    var all: [SourceExchange] { entries.withLock { $0 } }

    func append(_ exchange: SourceExchange) { entries.withLock { $0.append(exchange) } }
  }

  @Test("tells of each answer its host, path, status and request id, and where it leads")
  func exchanges() async throws {
    try await OriginLab.withRunning { lab in
      lab.addHuggingFace(
        repo: "acme/model", path: "m.safetensors", file: .safetensors(size: 1000, seed: 1))
      let log = Log()
      let resolver = try lab.resolver().watched { log.append($0) }
      let file = try await resolver.resolve(try lab.hubReference("m.safetensors"))
      _ = try await resolver.content(of: file, from: 0).collected()
      let hub = String(lab.hubEndpoint.dropFirst("http://".count))
      let content = String(lab.contentEndpoint.dropFirst("http://".count))
      #expect(log.all.count == 2)
      #expect(log.all.first?.host == hub)
      #expect(log.all.first?.place == hub + "/acme/model/resolve/main/m.safetensors")
      #expect(log.all.first?.status == 302)
      #expect(log.all.first?.requestID == "Root=1-lab")
      #expect(log.all.first?.target?.hasPrefix(content + "/") == true)
      #expect(log.all.last?.host == content)
      #expect(log.all.last?.status == 206)
      #expect(log.all.last?.target == nil)
    }
  }

  @Test("shows no token and no signature, of either site")
  func noSecrets() async throws {
    try await OriginLab.withRunning { lab in
      let file = LabFile.safetensors(size: 1000, seed: 1)
      lab.addHuggingFace(
        repo: "acme/model", path: "m", file: file, access: .requiresToken("hf_MARKED"))
      lab.addCivitai(
        versionID: 7, fileName: "m", file: file, access: .requiresToken("civ_MARKED"))
      let log = Log()
      let resolver = try lab.resolver(huggingFaceToken: "hf_MARKED", civitaiKey: "civ_MARKED")
        .watched { log.append($0) }
      for reference in [try lab.hubReference("m"), try lab.civitaiReference(7)] {
        let file = try await resolver.resolve(reference)
        _ = try await resolver.content(of: file, from: 0).collected()
        #expect(file.link.url.query?.isEmpty == false)
      }
      #expect(log.all.count >= 5)
      for exchange in log.all {
        let text = String(reflecting: exchange)
        for secret in ["MARKED", "Signature", "?", "Bearer"] {
          #expect(!text.contains(secret), "\(text)")
        }
      }
    }
  }

  @Test("tells also of what got no answer")
  func unanswered() async throws {
    let lab = try await OriginLab.start()
    let log = Log()
    let resolver = try lab.resolver().watched { log.append($0) }
    let reference = try lab.hubReference("m")
    await lab.stop()
    await #expect(throws: OriginError.self) { _ = try await resolver.resolve(reference) }
    #expect(log.all.count == 1)
    #expect(log.all.first?.status == nil)
  }

  @Test("facts of a model come with its page, licence and words", arguments: [true, false])
  func facts(isHub: Bool) async throws {
    try await OriginLab.withRunning { lab in
      let file = LabFile.safetensors(size: 1000, seed: 1)
      lab.addHuggingFace(repo: "acme/model", path: "m", file: file)
      lab.addCivitai(versionID: 7, fileName: "m", file: file)
      let reference = isHub ? try lab.hubReference("m") : try lab.civitaiReference(7)
      let facts = try #require(await lab.resolver().facts(of: reference))
      #expect(facts.page.hasPrefix(isHub ? lab.hubEndpoint : lab.civitaiEndpoint))
      if isHub { #expect(facts.license == "apache-2.0") }
      let resolved = try await lab.resolver().resolve(reference)
      #expect(resolved.facts?.page == facts.page)
    }
  }
}
