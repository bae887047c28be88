import ComfyAPI
import Downloads
import Foundation
import Origins
import Testing

@testable import Engine

@Suite("A download request") struct RequestTests {
  private func refusal(
    _ request: AssetDownloadRequest, offering file: ScriptedFile? = nil
  ) async throws -> EngineError? {
    let bench = try Bench()
    if let file { bench.source.offer(file, at: Bench.url) }
    let engine = try bench.engine()
    do throws(EngineError) {
      _ = try await engine.download(request)
      return nil
    } catch {
      return error
    }
  }

  @Test("that is no URL is invalid") func noURL() async throws {
    let error = try await refusal(AssetDownloadRequest(sourceURL: "nonsense"))
    #expect(error?.kind == .invalidRequest)
    #expect(error?.response.code == "INVALID_URL")
  }

  @Test("for another site is unsupported") func otherSite() async throws {
    let url = "http://huggingface.co.evil.example/a/b/resolve/main/c"
    let error = try await refusal(AssetDownloadRequest(sourceURL: url))
    #expect(error?.kind == .invalidRequest)
    #expect(error?.response.code == "UNSUPPORTED_SOURCE")
  }

  @Test(
    "with bad tags is refused",
    arguments: [
      [String](repeating: "t", count: 101), [String(repeating: "t", count: 256)], ["a\u{1B}[31m"],
      [""],
    ])
  func badTags(_ tags: [String]) async throws {
    let error = try await refusal(AssetDownloadRequest(sourceURL: Bench.url, tags: tags))
    #expect(error?.kind == .unprocessable)
    #expect(error?.response.code == "INVALID_TAGS")
  }

  @Test("with a preview that is no UUID is refused") func badPreview() async throws {
    let error = try await refusal(
      AssetDownloadRequest(sourceURL: Bench.url, previewID: "../etc"))
    #expect(error?.response.code == "INVALID_PREVIEW_ID")
  }

  @Test("with more than 64 KiB of metadata is refused") func bigMetadata() async throws {
    let error = try await refusal(
      AssetDownloadRequest(
        sourceURL: Bench.url,
        userMetadata: ["k": .string(String(repeating: "v", count: 70_000))]))
    #expect(error?.response.code == "INVALID_METADATA")
  }

  @Test("that the source refuses for good is unprocessable and tells what to do")
  func refused() async throws {
    var file = ScriptedFile(size: 1)
    file.resolveErrors = [.refusal("UNAUTHORIZED_SOURCE", .needsUser)]
    let error = try await refusal(AssetDownloadRequest(sourceURL: Bench.url), offering: file)
    #expect(error?.kind == .unprocessable)
    #expect(error?.response.code == "UNAUTHORIZED_SOURCE")
    #expect(error?.response.details?["hint"]?.string == "Do it.")
  }

  @Test("is taken although the source is down for the moment") func sourceDown() async throws {
    let bench = try Bench()
    var file = ScriptedFile(size: 1000)
    file.resolveErrors = [.refusal("CONNECTION_REFUSED", .retry(after: nil))]
    bench.source.offer(file, at: Bench.url)
    let task = try await bench.withEngine { engine in
      try await engine.ended(try await engine.queue())
    }
    #expect(task.status == .completed)
  }

  @Test("is taken although the source does not answer in time") func sourceSlow() async throws {
    let bench = try Bench()
    var file = ScriptedFile(size: 1000)
    file.resolveDelay = .seconds(60)
    bench.source.offer(file, at: Bench.url)
    let engine = try bench.engine(resolutionTimeout: .milliseconds(20))
    let id = try await engine.queue()
    #expect(try await engine.task(id).status == .created)
  }

  @Test("is in the database before it is answered") func durable() async throws {
    let bench = try Bench()
    bench.source.offer(ScriptedFile(size: 1000), at: Bench.url)
    let engine = try bench.engine()
    let id = try await engine.queue()
    let store = try Store(path: bench.directory + "/data/engine.sqlite")
    #expect(try store.task(id)?.url == Bench.url)
  }

  @Test("made many times at once gets one task") func concurrent() async throws {
    let bench = try Bench()
    bench.source.offer(ScriptedFile(size: 1000), at: Bench.url)
    let engine = try bench.engine()
    let ids = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<20 { group.addTask { try await engine.queue() } }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(ids.count == 1)
    #expect(bench.source.questions == 1)
  }

  @Test("spelled in another way gets the same task") func otherSpelling() async throws {
    let bench = try Bench()
    bench.source.offer(ScriptedFile(size: 1000), at: Bench.url)
    let engine = try bench.engine()
    let first = try await engine.queue()
    let second = try await engine.queue(
      "https://huggingface.co/acme/model/blob/main/model.safetensors?download=true")
    #expect(first == second)
  }
}
